"""Places: for a data field, for clauses of one's own, for blocks under a condition, to sign."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from wagtail_contracts.contracts.core.kinds.base import (
    Kind,
    Node,
    Say,
    Scope,
    Tree,
    joined,
    title_text,
)
from wagtail_contracts.contracts.core.kinds.words import numbered
from wagtail_contracts.contracts.core.numbering import DEEPEST
from wagtail_contracts.contracts.core.text import normal


def _field_place(value: Mapping[str, Any]) -> Tree:
    return {"key": value["key"]}


def _titled(value: Mapping[str, Any]) -> Tree:
    return {"title": normal(value["title"]).strip()}


def _area(value: Mapping[str, Any]) -> Tree:
    place: Tree = {"level": 1, "style": None, "start": None}
    if value.get("numbered"):
        place = numbered(value)
    return {**_titled(value), **place, "empty": normal(value.get("empty") or "").strip()}


def _filled(block: Node, scope: Scope) -> Node | None:
    """An area in which nothing is says so, or isn't there."""
    return block if block["blocks"] or block["empty"] else None


def _area_text(block: Node, say: Say) -> str:
    """All that it may say: a comparison tells of the area alone, whatever is in it."""
    return joined(block["title"], block["empty"])


def _area_words(block: Node) -> Iterable[str]:
    return (block["title"], block["empty"])


def inside(block: Node, nested: Sequence[Tree]) -> list[Tree]:
    """What stands in a block: one level deeper than its number, if it has one."""
    deeper = block["level"] if block.get("style") else 0
    return [
        {**one, "level": min(one["level"] + deeper, DEEPEST)} if "level" in one else one
        for one in nested
    ]


def _title(block: Node) -> Iterable[str]:
    return (block["title"],)


def _label(block: Node, say: Say) -> str:
    return say.label(block["key"])


def _nothing(block: Node, say: Say) -> str:
    """The title of a group is for whoever edits."""
    return ""


KINDS = {
    "field_place": Kind(_field_place, _label),
    "area": Kind(_area, _area_text, printed=_area_words, resolved=_filled),
    "group": Kind(_titled, _nothing),
    "signatures": Kind(_titled, title_text, printed=_title),
}
