"""A conflict for people: what the two wordings are called, and how each of them reads.

A block is shown by its parts, from its own definition, so that a kind of block needs nothing here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.fields import StreamField

from wagtail_contracts.contracts.admin import words
from wagtail_contracts.contracts.blocks import definitions
from wagtail_contracts.contracts.blocks.locking import SETTINGS, name_of
from wagtail_contracts.contracts.core import masking, shown, wording
from wagtail_contracts.contracts.core.content import field as canonical_field
from wagtail_contracts.contracts.core.merging import MISSING, ORDER, Conflict, Path
from wagtail_contracts.contracts.core.richtext import ATTRIBUTE
from wagtail_contracts.contracts.core.text import words as plain

CHIP = re.compile(rf'<span {ATTRIBUTE}="([^"]+)">[^<]*</span>')
END = re.compile(r"</(?:p|li)>|<br/?>")
Rows = dict[str, tuple[str, str]]  # label and text by the name of the part
# What is told only where it differs.
QUIET = {*SETTINGS, "level"}
NONE = ("", "")


@dataclass(frozen=True)
class Row:
    """One part of a block in both wordings; what differs is marked in the runs."""

    label: str
    theirs: list[wording.Run]
    mine: list[wording.Run]


@dataclass(frozen=True)
class Card:
    """One choice. A side that removed the block says so."""

    key: str
    name: str
    rows: list[Row]
    theirs_removed: bool
    mine_removed: bool


class Names:
    """What people call the places of a state, and how what stands there reads."""

    def __init__(self, working: Any, state: Mapping[str, Any]) -> None:
        self.working, self.state = working, state
        self.chips = words.labels(
            *(_definitions(getattr(working, name)) for name in ("roles", "fields"))
        )

    def all(self, paths: Iterable[Path]) -> list[str]:
        """Each name once."""
        return list(dict.fromkeys(self.name(path) for path in paths))

    def name(self, path: Path, *entries: Any) -> str:
        """The name of a place; `entries` are wordings of it."""
        if path[-1] == ORDER:
            return _("Order of %s") % self.name(path[:-1])
        if len(path) == 1:
            return self._label(path[0])
        if path[0] == "values":
            return self.chips.get(path[1], path[1])
        found = [entry for entry in (*entries, _find(self.state, path)) if entry is not MISSING]
        return self._called(path, found[0]) if found else self._label(path[0])

    def card(self, conflict: Conflict) -> Card:
        """Both wordings, part by part."""
        mine, theirs = conflict.sides
        here, there = (self._rows(conflict.path, side) for side in (mine, theirs))
        parts = [
            (label, there.get(name, NONE)[1], here.get(name, NONE)[1])
            for name, (label, text) in {**here, **there}.items()
            if there.get(name) != here.get(name) or (text and name not in QUIET)
        ]
        return Card(
            key=conflict.key,
            name=self.name(conflict.path, theirs, mine, conflict.base),
            rows=[_row(*part) for part in parts],
            theirs_removed=theirs is MISSING,
            mine_removed=mine is MISSING,
        )

    def _label(self, name: str) -> str:
        if name == "values":
            return _("Data fields")
        try:
            field = self.working._meta.get_field(name)
        except FieldDoesNotExist:
            return name
        label = (
            getattr(field, "verbose_name", None) or field.related_model._meta.verbose_name_plural
        )
        return str(capfirst(label))

    def _called(self, path: Path, entry: Any) -> str:
        if "pk" in entry:
            return str(entry.get("name") or entry.get("email") or _("Person"))
        block = self._block(path, entry["type"])
        if block is None:
            return self._label(path[0])
        called = getattr(block, "section_name", None)
        named = called(entry["value"]) if called else name_of(entry["value"].get("label"))
        return f"{block.label}: {plain(self._chipped(named))}" if named else str(block.label)

    def _rows(self, path: Path, side: Any) -> Rows:
        if side is MISSING:
            return {}
        if path[-1] == ORDER:
            entries = [self.name((*path[:-1], id)) for id in side]
            return {ORDER: (_("Order"), "\n".join(entries))}
        if path[0] == "values" and len(path) > 1:
            return {path[1]: (self.name(path), self._value(path[1], side))}
        if isinstance(side, Mapping) and "pk" in side:
            return {name: (label, text) for name, label, text in self._cells(path, side)}
        block = self._block(path, side["type"]) if isinstance(side, Mapping) else None
        if block is None:
            return {path[0]: (self._label(path[0]), "" if side is None else str(side))}
        return self._parts(block, block.to_python(side["value"]))

    def _value(self, key: str, value: Any) -> str:
        found = next(item for item in self.working.fields if item["key"] == key)
        field = canonical_field(found)
        if field["sensitive"]:
            return masking.mask(field, value)
        return shown.value(field, value, self.working.language)

    def _cells(self, path: Path, row: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
        model = self.working._meta.model
        for relation in path[::2]:
            model = model._meta.get_field(relation).related_model
        for field in model._meta.concrete_fields:
            if field.editable and not field.primary_key and not field.remote_field:
                value = row.get(field.name)
                said = dict(field.flatchoices).get(value, "" if value is None else value)
                yield field.name, str(capfirst(field.verbose_name)), str(said)

    def _block(self, path: Path, kind: str) -> Any:
        field = self.working._meta.get_field(path[0])
        if not isinstance(field, StreamField):
            return None
        nested = len(path) > len(("stream", "id"))
        return _kinds(field.stream_block, nested=nested).get(kind)

    def _parts(self, block: Any, value: Any) -> Rows:
        return {
            name: (str(child.label), self._text(child, value.get(name)))
            for name, child in block.child_blocks.items()
            if not isinstance(child, blocks.StreamBlock)
        }

    def _text(self, block: Any, value: Any) -> str:
        if isinstance(block, blocks.StructBlock):
            parts = (
                self._text(child, value.get(name)) for name, child in block.child_blocks.items()
            )
            return " · ".join(part for part in parts if part)
        if isinstance(block, blocks.ListBlock):
            return "\n".join(self._text(block.child_block, item) for item in value)
        if isinstance(block, blocks.BooleanBlock):
            return _("Yes") if value else _("No")
        if isinstance(block, blocks.ChoiceBlock):
            return str(dict(block.field.choices).get(value, value or ""))
        source = getattr(value, "source", None)
        return ("" if value is None else str(value)) if source is None else self._prose(source)

    def _prose(self, html: str) -> str:
        lines = (plain(line) for line in END.split(self._chipped(html)))
        return "\n".join(line for line in lines if line)

    def _chipped(self, html: str) -> str:
        return CHIP.sub(lambda found: f"[{self.chips.get(found[1], found[1])}]", html)


def _row(label: str, theirs: str, mine: str) -> Row:
    runs = wording.runs(theirs, mine)
    return Row(
        label,
        [run for run in runs if run[0] != wording.ADDED],
        [run for run in runs if run[0] != wording.REMOVED],
    )


def _definitions(found: Any) -> list[Any]:
    """Of a contract they are plain data already."""
    return found if isinstance(found, list) else definitions(found)


def _find(state: Mapping[str, Any], path: Path) -> Any:
    """The entry at a place, or MISSING."""
    name, *rest = path
    part: Any = state.get(name, MISSING)
    while rest and isinstance(part, list):
        id, *rest = rest
        keys = (entry for entry in part if str(entry.get("id") or entry.get("pk")) == id)
        part = next(keys, MISSING)
        if rest and part is not MISSING:
            place, *rest = rest
            for name in place.split("."):
                part = part.get(name, MISSING)
    return part


def _kinds(stream: Any, *, nested: bool) -> dict[str, Any]:
    """Blocks by kind; `nested` ones are those of the streams inside."""
    if not nested:
        return dict(stream.child_blocks)
    inner: dict[str, Any] = {}
    for block in stream.child_blocks.values():
        for child in getattr(block, "child_blocks", {}).values():
            if isinstance(child, blocks.StreamBlock):
                inner |= child.child_blocks
    return inner
