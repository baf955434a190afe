"""Form fields for the data fields that our own side fills in."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.admin.value_widgets import widget
from wagtail_contracts.contracts.core import answers, masking
from wagtail_contracts.contracts.core.content import field as canonical_field
from wagtail_contracts.contracts.core.fields import files
from wagtail_contracts.contracts.core.fields.defining import suggestion
from wagtail_contracts.contracts.core.files import sorts
from wagtail_contracts.contracts.errors import AnswersRefused
from wagtail_contracts.contracts.models import StoredFile
from wagtail_contracts.contracts.rendering.file_inputs import file_input

PREFIX = "value-"
NEEDED = _("Needed before the contract is sent.")


class AsTyped(forms.Field):
    """Keeps what was typed: the flow reads it, and names what does not fit.

    One that `keeps` its stored value shows a mask of it, and keeps it as long as nothing is typed.
    """

    def __init__(
        self, definition: Mapping[str, Any], *, value: Any, seen: bool = True, hidden: bool = False
    ) -> None:
        field = canonical_field(definition)
        self.keeps = field["sensitive"] and not seen and value is not None
        super().__init__(
            required=False,
            label=field["label"],
            help_text=_help(field, masking.mask(field, value) if self.keeps else "", hidden=hidden),
            initial=answers.raw(field, None if self.keeps else value),
            widget=widget(field),
        )
        self.definition = field


class GivenFile(AsTyped):
    """A file: what was uploaded, or what is stored. What a post says of it proves nothing."""

    def clean(self, value: Any) -> str:
        """The line of a file that whoever is at work in the admin knows."""
        said = super().clean(value)
        try:
            told = json.loads(said) if said else None
        except ValueError:
            told = {}
        if told is None:
            return ""
        known = StoredFile.objects.facts(told.get("id")) if isinstance(told, dict) else None
        if known and known["sort"] == sorts.ANSWER:
            return files.line(known)
        if self.initial and isinstance(told, dict) and files.line(told) == self.initial:
            return str(self.initial)
        raise forms.ValidationError(_("Choose the file again."))


def fields_for(
    definitions: Iterable[Mapping[str, Any]],
    values: Mapping[str, Any],
    *,
    seen: bool = True,
    hidden: Collection[str] = (),
) -> dict[str, forms.Field]:
    """A form field for each definition, by name; unless `seen`, sensitive values are masked.

    Of those whose keys are `hidden` nothing is asked as long as the text does not show them.
    """
    return {
        f"{PREFIX}{item['key']}": _made(item, values, seen=seen, hidden=item["key"] in hidden)
        for item in definitions
    }


def _made(
    item: Mapping[str, Any], values: Mapping[str, Any], *, seen: bool, hidden: bool
) -> AsTyped:
    kind = GivenFile if item["kind"] == "file" else AsTyped
    return kind(item, value=values.get(item["key"]), seen=seen, hidden=hidden)


def suggested(definitions: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """The values that the template suggests; what can't be read is left empty."""
    found = {}
    for item in definitions:
        try:
            found[item["key"]] = answers.read(canonical_field(item), suggestion(item))
        except answers.Wrong:
            found[item["key"]] = None
    return found


def read(form: forms.BaseForm) -> dict[str, Any]:
    """The values of a cleaned form, by key; what does not fit becomes an error at its field.

    A masked value into which nothing was typed is not among them.
    """
    mine = {name: field for name, field in form.fields.items() if isinstance(field, AsTyped)}
    typed = {field.definition["key"]: form.cleaned_data.get(name) for name, field in mine.items()}
    asked = [
        field.definition
        for field in mine.values()
        if not (field.keeps and answers.is_empty(field.definition, typed[field.definition["key"]]))
    ]
    try:
        return contracts.read_values(asked, {item["key"]: typed[item["key"]] for item in asked})
    except AnswersRefused as refusal:
        for key, problem in refusal.problems.items():
            form.add_error(f"{PREFIX}{key}", problem)
        return {}


def _help(field: Mapping[str, Any], mask: str, *, hidden: bool) -> str:
    stored = _("Stored: %s. Leave it empty to keep it.") % mask if mask else ""
    needed: Any = ""
    if field["required"]:
        needed = _("Needed only where the text shows it.") if hidden else NEEDED
    chosen = file_input(field, "", get_language() or "en")
    limits = chosen.limits if chosen else ""
    return " ".join(str(part) for part in (field["help"], limits, stored, needed) if part)
