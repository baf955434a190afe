"""Text: headings, numbered clauses, definitions, paragraphs, lists and tables."""

from __future__ import annotations

from wagtail_contracts.contracts.core import references, trees
from wagtail_contracts.contracts.core.kinds.alternatives import chosen
from wagtail_contracts.contracts.rendering import widths
from wagtail_contracts.contracts.rendering.kinds.base import Frame, Part


def _heading(parts: Frame, block: trees.Node) -> Part:
    line = parts.line(block["content"])
    return {"heading_level": parts.level(block["level"]), **line}


def _clause(parts: Frame, block: trees.Node) -> Part:
    return {**numbered(parts, block), **headed(parts, block, block["level"])}


def _alternatives(parts: Frame, block: trees.Node) -> Part:
    held = chosen(block)
    made = headed(parts, held, block["level"]) if held else {"heading": None, "rich": []}
    return {**numbered(parts, block), **made}


def _definition(parts: Frame, block: trees.Node) -> Part:
    term = parts.line(block["term"])
    return {**numbered(parts, block), "term": term, "rich": parts.rich(block["content"])}


def headed(parts: Frame, block: trees.Node, level: int) -> Part:
    """A heading, if there is one, and the text below it."""
    heading = parts.line(block["heading"]) if block["heading"] else None
    return {
        "heading": heading,
        "heading_level": parts.level(level) if heading else None,
        "rich": parts.rich(block["content"]),
    }


def numbered(parts: Frame, block: trees.Node) -> Part:
    """Its number, and how many steps it stands within the last whole path of numbers."""
    level, number = block["level"], block["number"]
    if number and references.is_path(block):
        parts.path = level
    steps = level - parts.path if number and level > parts.path else 0
    return {"level": level, "number": number, "steps": range(steps)}


def _text(parts: Frame, block: trees.Node) -> Part:
    return {"rich": parts.rich(block["content"])}


def _list(parts: Frame, block: trees.Node) -> Part:
    return {"list": parts.items(block["items"])}


def _table(parts: Frame, block: trees.Node) -> Part:
    rows = [[parts.line(cell) for cell in row] for row in block["rows"]]
    words = [["".join(map(str, cell["line"])) for cell in row] for row in rows]
    head = rows[:1] if block["header_row"] else []
    return {
        "caption": block["caption"],
        "width": widths.fitting(words),
        "repeats": widths.may_repeat(words[0]) if head else False,
        "head": head,
        "rows": rows[len(head) :],
        "header_column": block["header_column"],
    }


MAKERS = {
    "heading": _heading,
    "clause": _clause,
    "alternatives": _alternatives,
    "definition": _definition,
    "text": _text,
    "list": _list,
    "table": _table,
}
