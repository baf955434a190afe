"""The contract that would be made of a template, without making one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.admin.values import suggested
from wagtail_contracts.contracts.blocks import definitions, expanded
from wagtail_contracts.contracts.core import answers
from wagtail_contracts.contracts.core.content import field as canonical_field
from wagtail_contracts.contracts.models import Contract, Participant, Party

NUMBER = "000 000 000"  # of an organisation in an example


def unsaved(
    template: Any,
    *,
    title: str,
    parties: Sequence[contracts.PartyDraft],
    values: Mapping[str, Any],
) -> Contract:
    """An instance that is never saved."""
    contract = Contract(
        title=title,
        workspace=template.workspace,
        **contracts.languages(template, template.workspace),
        template_digest=contracts.template_digest(template),
        roles=definitions(template.roles),
        fields=definitions(template.fields),
        values=dict(values),
        body=expanded(template.body),
    )
    roles = {role["key"]: role for role in contract.roles}
    imagined: Any = contract  # modelcluster takes a list
    imagined.parties = [_party(draft, roles[draft.role]) for draft in parties]
    return contract


def sample(template: Any) -> dict[str, Any]:
    """The content with suggested values, and parties called by what they are."""
    roles = definitions(template.roles)
    parties = [
        contracts.PartyDraft(role["key"], role["label"], people=[contracts.PersonDraft("…")])
        for role in roles
    ]
    values = suggested(definitions(template.fields))
    return contracts.compose(
        unsaved(template, title=template.title, parties=parties, values=values)
    )


def example(template: Any) -> Contract:
    """An instance with a value for each data field, the suggested one where there is one.

    What is made up is in the contract's language, which its people read, too.
    """
    language = contracts.languages(template, template.workspace)["language"]
    with translation.override(language):
        return _example(template, language)


def _example(template: Any, language: str) -> Contract:
    roles, fields = definitions(template.roles), definitions(template.fields)
    person = contracts.PersonDraft(_("Name"), capacity=_("Capacity"), language=language)
    parties = [
        contracts.PartyDraft(
            role["key"], role["label"], organisation_number=NUMBER, people=[person]
        )
        for role in roles
    ]
    given = suggested(fields)
    values = {
        item["key"]: _typical(item) if given[item["key"]] is None else given[item["key"]]
        for item in fields
    }
    return unsaved(template, title=template.title, parties=parties, values=values)


def _typical(definition: Mapping[str, Any]) -> Any:
    """The first of these answers that the field takes; None if it takes none."""
    field = canonical_field(definition)
    today = timezone.localdate().isoformat()
    options = [option["key"] for option in field["options"]]
    wordy = [_("Example")] if field["kind"] in ("text", "long_text") else []
    typed = (*wordy, *options, "yes", today, "12", "name@example.com")
    for raw in typed:
        try:
            if (value := answers.read(field, raw)) is not None:
                return value
        except answers.Wrong:
            continue
    return None


def _party(draft: contracts.PartyDraft, role: Mapping[str, Any]) -> Party:
    party = Party(
        role=draft.role,
        kind=contracts.kind_of(draft, role),
        name=draft.name,
        organisation_number=draft.organisation_number,
        address=draft.address,
        rule=role["rule"],
        count=role["count"],
    )
    imagined: Any = party
    imagined.people = [
        Participant(**{**vars(person), "role": str(person.role)}) for person in draft.people
    ]
    return party
