"""What one types the value of a data field into, in the forms of the admin."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from wagtail_contracts.contracts.blocks.files import FileWidget
from wagtail_contracts.contracts.core import answers
from wagtail_contracts.contracts.core.fields import files
from wagtail_contracts.contracts.core.fields.choices import plain
from wagtail_contracts.contracts.core.files import sorts
from wagtail_contracts.contracts.rendering import file_inputs, several
from wagtail_contracts.contracts.rendering.answers import LINES

NOTHING = [("", _("– not chosen –"))]
YES_NO = [*NOTHING, ("yes", _("Yes")), ("no", _("No"))]


class AnswerFileWidget(FileWidget):
    """A file that our own side fills in: uploaded by itself, then told in one line."""

    def __init__(self, field: Mapping[str, Any]) -> None:
        super().__init__(sorts.ANSWER)
        self.field = field

    def format_value(self, value: Any) -> str:
        """Everything about the file, for the script to show."""
        facts = files.told(value or "")
        return json.dumps({**facts, "source": {}}) if facts else value or ""

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """What may be chosen."""
        offered = file_inputs.accept(self.field["accepts"])
        return {**super().get_context(name, value, attrs), "accept": offered}


class PartsWidget(forms.MultiWidget):
    """Several inputs for one field, each with a label of its own."""

    template_name = "wagtail_contracts/contracts/admin/parts_widget.html"

    def __init__(self, field: Mapping[str, Any]) -> None:
        self.field, self.parts = field, answers.KINDS[field["kind"]].parts
        made: dict[str, forms.Widget | type[forms.Widget]] = {}
        made |= {part: _part(field, part) for part in self.parts}
        super().__init__(made, attrs={"aria-label": field["label"]})
        self.widgets_names = [f".{part}" for part in self.parts]  # keys of fields have no dot

    def decompress(self, value: Any) -> list[Any]:
        """What stands in each."""
        given = answers.tidied(self.field, value)  # an address may suggest anything
        return [given.get(part) or several.preset(self.field, part) for part in self.parts]

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """What was typed, by part."""
        found = super().value_from_datadict(data, files, name)
        return dict(zip(self.parts, found, strict=True))

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Name each input."""
        context = super().get_context(name, value, attrs)
        for part, widget in zip(self.parts, context["widget"]["subwidgets"], strict=True):
            widget["label"] = several.LABELS[part]
            widget["attrs"].pop("aria-label", None)
        return context


def widget(field: Mapping[str, Any]) -> forms.Widget:
    """The widget for a canonical definition."""
    kind = field["kind"]
    options = [(item["key"], plain(item["content"])) for item in field["options"]]
    if answers.KINDS[kind].parts:
        return PartsWidget(field)
    if kind == "file":
        return AnswerFileWidget(field)
    if kind == "long_text":
        return forms.Textarea(attrs={"rows": 4})
    if kind == "multiple":
        return forms.CheckboxSelectMultiple(choices=options)
    if kind == "choice":
        return forms.Select(choices=[*NOTHING, *options])
    if kind == "yes_no":
        return forms.Select(choices=YES_NO)
    if kind == "date":
        return forms.DateInput(attrs={"type": "date"})
    return forms.TextInput(attrs=_helped(LINES.get(kind, LINES["number"])))


def _part(field: Mapping[str, Any], part: str) -> forms.Widget:
    attrs = _helped(LINES[f"{field['kind']}.{part}"])
    if picked := several.choices(part, get_language() or "en"):
        return forms.Select(choices=picked, attrs=attrs)
    return forms.Textarea({**attrs, "rows": 2}) if part == "street" else forms.TextInput(attrs)


def _helped(line: Mapping[str, str]) -> dict[str, str]:
    """Without what a browser knows of whoever types: the data are somebody else's."""
    return {**{name: line[name] for name in line if name != "type"}, "autocomplete": "off"}
