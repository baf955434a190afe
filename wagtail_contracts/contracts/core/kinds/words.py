"""Text: headings, numbered clauses, definitions, paragraphs, lists and tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from wagtail_contracts.contracts.core import numbering, richtext
from wagtail_contracts.contracts.core.kinds.base import (
    Kind,
    Line,
    Node,
    Say,
    Tree,
    item_text,
    joined,
    rich_lines,
    rich_text,
    values_of,
)
from wagtail_contracts.contracts.core.numbering import BULLET, PATH, STYLE, Place
from wagtail_contracts.contracts.core.text import normal

Value = Mapping[str, Any]


def place(value: Value, style: str = PATH) -> Place:
    """Where a stored number stands; `style` is what it has unless told otherwise."""
    chosen = value.get("style") or style
    if chosen != BULLET and not STYLE.fullmatch(chosen):
        raise richtext.Unreadable("style", chosen)
    return Place(int(value["level"]), chosen, value.get("start"))


def numbered(value: Value) -> Tree:
    """The parts from which a block's number follows."""
    return place(value)._asdict()


def _heading(value: Value) -> Tree:
    return {"level": int(value["level"]), "content": richtext.inline(value["text"])}


def _clause(value: Value) -> Tree:
    return {
        **numbered(value),
        "heading": richtext.inline(value.get("heading") or ""),
        "content": richtext.rich(value.get("text") or ""),
    }


def _definition(value: Value) -> Tree:
    made = numbered(value)
    if not value.get("numbered"):
        made |= {"style": None, "start": None}
    return {
        **made,
        "term": richtext.inline(value["term"]),
        "content": richtext.rich(value["text"]),
    }


def _text(value: Value) -> Tree:
    return {"content": richtext.rich(value["text"])}


def _list(value: Value) -> Tree:
    items, ordered = values_of(value["items"]), bool(value["ordered"])
    places = [
        place(item, numbering.by_level(int(item["level"]), ordered=ordered)) for item in items
    ]
    marked = zip(items, places, numbering.numbers(places), strict=True)
    return {
        "ordered": ordered,
        "items": [
            {**at._asdict(), "number": mark, "content": richtext.inline(item["text"])}
            for item, at, mark in marked
        ],
    }


def _table(value: Value) -> Tree:
    rows = [values_of(row["cells"]) for row in values_of(value["rows"])]
    width = max(map(len, rows), default=0)
    return {
        "caption": normal(value.get("caption")).strip(),
        "header_row": bool(value["header_row"]),
        "header_column": bool(value["header_column"]),
        "rows": [
            [richtext.inline(cell) for cell in row] + [[] for _ in range(width - len(row))]
            for row in rows
        ],
    }


def _content_line(block: Node) -> Iterable[Line]:
    return (block["content"],)


def _content_lines(block: Node) -> Iterator[Line]:
    return rich_lines(block["content"])


def clause_lines(block: Node) -> Iterator[Line]:
    """Of whatever has a heading and a text."""
    yield block["heading"]
    yield from rich_lines(block["content"])


def _definition_lines(block: Node) -> Iterator[Line]:
    yield block["term"]
    yield from rich_lines(block["content"])


def _item_lines(block: Node) -> Iterable[Line]:
    return [item["content"] for item in block["items"]]


def _cells(block: Node) -> Iterable[Line]:
    return [cell for row in block["rows"] for cell in row]


def _heading_text(block: Node, say: Say) -> str:
    return say.words(block["content"])


def clause_text(block: Node, say: Say) -> str:
    """Of whatever has a heading and a text."""
    return joined(say.words(block["heading"]), *rich_text(block["content"], say))


def _definition_text(block: Node, say: Say) -> str:
    return joined(say.words(block["term"]), *rich_text(block["content"], say))


def _text_text(block: Node, say: Say) -> str:
    return joined(*rich_text(block["content"], say))


def _list_text(block: Node, say: Say) -> str:
    return "\n".join(item_text(item, say) for item in block["items"])


def _table_text(block: Node, say: Say) -> str:
    rows = [" | ".join(say.words(cell) for cell in row) for row in block["rows"]]
    return "\n".join([block["caption"], *rows]).strip("\n")


def _markers(block: Node) -> Iterable[str]:
    return [item["number"] for item in block["items"]]


def _caption(block: Node) -> Iterable[str]:
    return (block["caption"],)


KINDS = {
    "heading": Kind(_heading, _heading_text, _content_line),
    "clause": Kind(_clause, clause_text, clause_lines),
    "definition": Kind(_definition, _definition_text, _definition_lines),
    "text": Kind(_text, _text_text, _content_lines),
    "list": Kind(_list, _list_text, _item_lines, _markers),
    "table": Kind(_table, _table_text, _cells, _caption),
}
