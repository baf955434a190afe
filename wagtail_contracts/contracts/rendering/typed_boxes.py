"""The boxes in which somebody suggests other words, as a page shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wagtail_contracts.contracts.core import boxes, trees
from wagtail_contracts.contracts.core.typed_text import Written

LABELS = {
    "heading": gettext_lazy("Heading"),
    "content": gettext_lazy("Text"),
    "term": gettext_lazy("Term"),
    "other_heading": gettext_lazy("Heading in the other language"),
    "other_content": gettext_lazy("Text in the other language"),
}
A_LINE, A_CELL, MOST_LINES = 60, 24, 24
Words = Mapping[str, Any]


@dataclass(frozen=True)
class TypedBox:
    """One box: what it is called and what stands in it.

    `at` is the place of an item, after which another one may be added; `level` how deep it is.
    """

    name: str
    label: str
    text: str
    rows: int
    problem: str = ""
    at: str = ""
    level: int = 1
    is_gone: bool = False


@dataclass(frozen=True)
class TypedRow:
    """The cells of one row of a table."""

    label: str
    cells: list[TypedBox]


@dataclass(frozen=True)
class Sheet:
    """The boxes of a block: `kind` is "list", "table" or "parts"."""

    kind: str = "parts"
    boxes: list[TypedBox] = field(default_factory=list)
    rows: list[TypedRow] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)


def sheet(written: Written, typed: Words, problems: Words) -> Sheet:
    """What is in the boxes now, or what somebody typed; call it in the reader's language."""
    block, said = written.block, {**written.text(), **typed}
    names = boxes.ordered(block, typed)
    tokens, kind = list(written.tokens), block["type"]
    if kind == "table":
        return Sheet(kind, rows=_rows(block, said, problems), tokens=tokens)
    if kind == "list":
        made = [_item(written, name, said[name], problems) for name in names]
        return Sheet(kind, made, tokens=tokens)
    parts = [_part(written, name, said[name], problems) for name in names]
    return Sheet(boxes=parts, tokens=tokens)


def _part(written: Written, name: str, text: str, problems: Words) -> TypedBox:
    is_line = written.box(name).how == boxes.LINE
    column = _("Column %(number)s") % {"number": name.rpartition("-")[2]}
    rows = 1 if is_line else _lines(text, 4)
    return TypedBox(name, str(LABELS.get(name, column)), text, rows, problems.get(name, ""))


def _item(written: Written, name: str, text: str, problems: Words) -> TypedBox:
    at = name.split("-")[1]
    is_known = name in written.boxes
    label = _("Item %(now)s") % {"now": at} if is_known else _("New item")
    gone = is_known and not text.strip()
    problem, level = problems.get(name, ""), boxes.like(written.block, name)["level"]
    return TypedBox(name, label, text, _lines(text, 1), problem, at, level, gone)


def _rows(block: trees.Node, said: Words, problems: Words) -> list[TypedRow]:
    made = []
    for row, cells in enumerate(block["rows"], 1):
        found = []
        for column in range(1, len(cells) + 1):
            name, head = f"cell-{row}-{column}", said[f"cell-1-{column}"].strip()
            named = head if block["header_row"] and row > 1 else ""
            label = named or _("Column %(number)s") % {"number": column}
            lines = _lines(said[name], 1, A_CELL)
            found.append(TypedBox(name, label, said[name], lines, problems.get(name, "")))
        is_head = block["header_row"] and row == 1
        label = _("Headings") if is_head else _("Row %(row)s") % {"row": row}
        made.append(TypedRow(label, found))
    return made


def _lines(text: str, least: int, width: int = A_LINE) -> int:
    return min(max(text.count("\n") + len(text) // width + min(least, 2), least), MOST_LINES)
