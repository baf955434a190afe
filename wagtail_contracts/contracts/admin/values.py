"""Form fields for the data fields that our own side fills in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.core import answers, shown
from wagtail_contracts.contracts.core.content import field as canonical_field
from wagtail_contracts.contracts.errors import AnswersRefused

PREFIX = "value-"
NOTHING = [("", _("– not chosen –"))]
YES_NO = [*NOTHING, ("yes", _("Yes")), ("no", _("No"))]


class AsTyped(forms.CharField):
    """Keeps what was typed: the flow reads it, and names what does not fit."""

    def __init__(self, definition: Mapping[str, Any], *, value: Any) -> None:
        field = canonical_field(definition)
        super().__init__(
            required=False,
            strip=False,
            label=field["label"],
            help_text=_help(field),
            initial=answers.raw(field, value),
            widget=_widget(field),
        )
        self.definition = field


def fields_for(
    definitions: Iterable[Mapping[str, Any]], values: Mapping[str, Any]
) -> dict[str, forms.Field]:
    """A form field for each definition, by name."""
    return {
        f"{PREFIX}{item['key']}": AsTyped(item, value=values.get(item["key"]))
        for item in definitions
    }


def suggested(definitions: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """The values that the template suggests; what can't be read is left empty."""
    found = {}
    for item in definitions:
        try:
            found[item["key"]] = answers.read(canonical_field(item), item.get("default"))
        except answers.Wrong:
            found[item["key"]] = None
    return found


def read(form: forms.BaseForm) -> dict[str, Any]:
    """The values of a cleaned form, by key; what does not fit becomes an error at its field."""
    mine = {name: field for name, field in form.fields.items() if isinstance(field, AsTyped)}
    typed = {field.definition["key"]: form.cleaned_data.get(name) for name, field in mine.items()}
    try:
        return contracts.read_values([field.definition for field in mine.values()], typed)
    except AnswersRefused as refusal:
        for key, problem in refusal.problems.items():
            form.add_error(f"{PREFIX}{key}", problem)
        return {}


def _help(field: Mapping[str, Any]) -> str:
    needed = _("Needed before the contract is sent.") if field["required"] else ""
    return " ".join(str(part) for part in (field["help"], needed) if part)


def _widget(field: Mapping[str, Any]) -> forms.Widget:
    kind = field["kind"]
    if kind == "long_text":
        return forms.Textarea(attrs={"rows": 4})
    if kind == "choice":
        options = [(item["key"], shown.plain(item["content"])) for item in field["options"]]
        return forms.Select(choices=[*NOTHING, *options])
    if kind == "yes_no":
        return forms.Select(choices=YES_NO)
    if kind == "date":
        return forms.DateInput(attrs={"type": "date"})
    attrs = {"number": {"inputmode": "decimal"}, "money": {"inputmode": "decimal"}}.get(kind, {})
    return forms.TextInput(attrs=attrs)
