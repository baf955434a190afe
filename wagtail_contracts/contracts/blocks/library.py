"""A clause of a template whose words stand in the clause library."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from wagtail_contracts.contracts.blocks.clauses import Counted
from wagtail_contracts.contracts.blocks.known import KnownChooserBlock
from wagtail_contracts.contracts.blocks.locking import LockableBlock

LIBRARY = "library"


def taken(clause: int, version: int) -> str:
    """Which version of which clause a template has taken, as it is stored."""
    return f"{clause}:{version}"


def version_of(value: Any) -> int:
    """The version that a block value took of its clause, 0 for none."""
    clause, _colon, version = (value.get("taken") or "").partition(":")
    mine = value["clause"] and clause == str(value["clause"].pk)
    return int(version) if mine and version.isascii() and version.isdecimal() else 0


class LibraryBlock(Counted, LockableBlock):
    """A clause from the library; contracts made from the template have its words."""

    clause = KnownChooserBlock("wagtail_contracts.LibraryClause", label=_("Clause"))
    taken = blocks.CharBlock(required=False, max_length=40)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.child_blocks["taken"].field.widget = forms.HiddenInput()

    def clean(self, value: Any) -> Any:
        """Take the newest version of a clause that was just chosen."""
        cleaned = super().clean(value)
        if not (clause := cleaned["clause"]):
            return cleaned  # a draft may be unfinished
        if not clause.version:
            unwritten = ValidationError(_("This clause has no wording yet."))
            raise blocks.StructBlockValidationError({"clause": unwritten})
        if not 1 <= version_of(cleaned) <= clause.version:
            cleaned["taken"] = taken(clause.pk, clause.version)
        return cleaned

    def section_name(self, value: Any) -> str:
        """The clause's name."""
        return str(value.get("clause") or self.label)

    class Meta:
        icon = "snippet"
        label = _("Clause from the library")
        description = _("Its words are kept in one place for many templates.")
        group = _("Text")
        label_format = "{clause}"


def written(value: Any, entry: dict[str, Any]) -> dict[str, Any]:
    """The stored clause that contracts get; `value` is the block's, `entry` its stored form."""
    names = ("policy", "condition", "level", "style", "start")
    words = value["clause"].wording(version_of(value))
    kept = {name: entry["value"].get(name) for name in names}
    return {**entry, "type": "clause", "value": {**kept, **words}}
