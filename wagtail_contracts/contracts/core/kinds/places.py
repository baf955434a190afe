"""Places: for a data field, for clauses of one's own, for blocks under a condition, to sign."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from wagtail_contracts.contracts.core.kinds.base import Kind, Node, Say, Tree, title_text
from wagtail_contracts.contracts.core.text import normal


def _field_place(value: Mapping[str, Any]) -> Tree:
    return {"key": value["key"]}


def _titled(value: Mapping[str, Any]) -> Tree:
    return {"title": normal(value["title"]).strip()}


def _title(block: Node) -> Iterable[str]:
    return (block["title"],)


def _label(block: Node, say: Say) -> str:
    return say.label(block["key"])


def _nothing(block: Node, say: Say) -> str:
    """The title of a group is for whoever edits."""
    return ""


KINDS = {
    "field_place": Kind(_field_place, _label),
    "area": Kind(_titled, title_text, printed=_title),
    "group": Kind(_titled, _nothing),
    "signatures": Kind(_titled, title_text, printed=_title),
}
