"""What a template would make, to be looked at: with suggested values, or an example."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.admin.values import suggested
from wagtail_contracts.contracts.blocks import definitions
from wagtail_contracts.contracts.core import answers
from wagtail_contracts.contracts.core.content import field as canonical_field
from wagtail_contracts.contracts.flows.imagining import unsaved
from wagtail_contracts.contracts.models import Contract

NUMBER = "000 000 000"  # of an organisation in an example


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
