"""The contract that would be made of a template, without making one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from wagtail_contracts.contracts.blocks import definitions, expanded
from wagtail_contracts.contracts.core.content import field
from wagtail_contracts.contracts.core.fields.defining import suggestion
from wagtail_contracts.contracts.flows.drafting import (
    PartyDraft,
    kind_of,
    languages,
    rule_of,
    template_digest,
)
from wagtail_contracts.contracts.flows.reading import read_values
from wagtail_contracts.contracts.models import Contract, Participant, Party


def unsaved(
    template: Any,
    *,
    title: str,
    parties: Sequence[PartyDraft],
    values: Mapping[str, Any],
) -> Contract:
    """An instance that is never saved."""
    contract = Contract(
        title=title,
        workspace=template.workspace,
        **languages(template, template.workspace),
        template_digest=template_digest(template),
        roles=definitions(template.roles),
        fields=definitions(template.fields),
        values=dict(values),
        body=expanded(template.body),
    )
    roles = {role["key"]: role for role in contract.roles}
    imagined: Any = contract  # modelcluster takes a list
    imagined.parties = [_party(draft, roles[draft.role]) for draft in parties]
    return contract


def _party(draft: PartyDraft, role: Mapping[str, Any]) -> Party:
    party = Party(
        role=draft.role,
        kind=kind_of(draft, role),
        name=draft.name,
        organisation_number=draft.organisation_number,
        address=draft.address,
        **rule_of(draft, role),
    )
    imagined: Any = party
    imagined.people = [
        Participant(**{**vars(person), "role": str(person.role)}) for person in draft.people
    ]
    return party


def suggestions(template: Any) -> dict[str, Any]:
    """The value that each of its data fields begins with."""
    found = definitions(template.fields)
    typed = {item["key"]: suggestion(item) for item in found}
    return read_values([field(item) for item in found], typed)
