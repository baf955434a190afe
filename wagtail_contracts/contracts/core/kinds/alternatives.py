"""A clause with wordings that were approved in advance, one of which holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from wagtail_contracts.contracts.core import richtext
from wagtail_contracts.contracts.core.kinds.base import Kind, Line, Node, Say, Scope, Tree
from wagtail_contracts.contracts.core.kinds.words import clause_lines, clause_text, numbered
from wagtail_contracts.contracts.core.text import normal


def _tree(value: Mapping[str, Any]) -> Tree:
    wordings = [_wording(item) for item in value["wordings"]]
    known = [wording["id"] for wording in wordings]
    chosen = value.get("chosen")
    made = {
        **numbered(value),
        "wordings": wordings,
        "chosen": chosen if chosen in known else next(iter(known), None),
    }
    # Only where it says so: an offer from before there was this choice keeps its digest.
    return {**made, "others": True} if value.get("others") else made


def _wording(item: Mapping[str, Any]) -> Tree:
    value = item["value"]
    return {
        "id": item["id"],
        "name": normal(value["name"]).strip(),
        "heading": richtext.inline(value.get("heading") or ""),
        "content": richtext.rich(value.get("text") or ""),
    }


def chosen(block: Node) -> Node | None:
    """The wording that holds."""
    return next((one for one in block["wordings"] if one["id"] == block["chosen"]), None)


def _resolved(block: Node, scope: Scope) -> Node | None:
    """The chosen wording alone."""
    held = chosen(block)
    kept = {name: part for name, part in block.items() if name != "others"}
    return {**kept, "wordings": [held]} if held else None


def _lines(block: Node) -> Iterator[Line]:
    for wording in block["wordings"]:
        yield from clause_lines(wording)


def _text(block: Node, say: Say) -> str:
    held = chosen(block)
    return clause_text(held, say) if held else ""


def _told(block: Node) -> Iterable[tuple[str, Tree]]:
    return [("alternatives", {"block": block["id"], "chosen": block["chosen"]})]


KINDS = {"alternatives": Kind(_tree, _text, _lines, resolved=_resolved, told=_told)}
