"""The content that a contract would have, without making one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.admin.values import suggested
from wagtail_contracts.contracts.blocks import definitions, plain
from wagtail_contracts.contracts.models import Contract, Participant, Party


def content(
    template: Any,
    *,
    title: str,
    parties: Sequence[contracts.PartyDraft],
    values: Mapping[str, Any],
) -> dict[str, Any]:
    """Compose an instance that is never saved."""
    contract = Contract(
        title=title,
        language=template.language or template.workspace.language,
        template_digest=contracts.template_digest(template),
        roles=definitions(template.roles),
        fields=definitions(template.fields),
        values=dict(values),
        body=plain(template.body),
    )
    roles = {role["key"]: role for role in contract.roles}
    imagined: Any = contract  # modelcluster takes a list
    imagined.parties = [_party(draft, roles[draft.role]) for draft in parties]
    return contracts.compose(contract)


def sample(template: Any) -> dict[str, Any]:
    """The content with suggested values, and parties called by what they are."""
    roles = definitions(template.roles)
    parties = [
        contracts.PartyDraft(role["key"], role["label"], people=[contracts.PersonDraft("…")])
        for role in roles
    ]
    return content(
        template,
        title=template.title,
        parties=parties,
        values=suggested(definitions(template.fields)),
    )


def _party(draft: contracts.PartyDraft, role: Mapping[str, Any]) -> Party:
    party = Party(
        role=draft.role,
        kind=role["kind"],
        name=draft.name,
        organisation_number=draft.organisation_number,
        rule=role["rule"],
        count=role["count"],
    )
    imagined: Any = party
    imagined.people = [Participant(**vars(person)) for person in draft.people]
    return party
