"""The text of a contract as the stream of a plain page: the same words, fields filled in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.html import escape

from wagtail_contracts.contracts.core import shown, trees

Block = tuple[str, Any]


def blocks(content: trees.Content) -> list[Block]:
    """The blocks, with what an editor would have typed."""
    return list(_blocks(content["body"], content))


def _blocks(nodes: Sequence[trees.Node], content: trees.Content) -> Iterator[Block]:
    for node in nodes:
        if node["type"] == "area":
            yield "heading", node["title"]
            yield from _blocks(node["blocks"], content)
        else:
            yield node["type"] if node["type"] in PLAIN else "text", _value(node, content)


def _value(node: trees.Node, content: trees.Content) -> Any:
    kind = node["type"]
    if kind == "heading":
        return shown.words(node["content"], content)
    if kind == "clause":
        heading = shown.words(node["heading"] or [], content)
        return {
            "number": node["number"] or "",
            "heading": heading,
            "text": _rich(node["content"], content),
        }
    if kind == "list":
        return [shown.words(item["content"], content) for item in node["items"]]
    if kind == "table":
        rows = [[shown.words(cell, content) for cell in row] for row in node["rows"]]
        return {"caption": node["caption"], "rows": rows}
    return _other(node, content)


def _other(node: trees.Node, content: trees.Content) -> str:
    """Running text, what is filled in, and where the names stand."""
    if node["type"] == "text":
        return _rich(node["content"], content)
    if node["type"] == "field_place":
        label = trees.fields_by_key(content)[node["key"]]["label"]
        return f"<p>{escape(label)}</p>"
    names = [person["name"] for party in content["parties"] for person in party["people"]]
    return "".join(f"<p>{escape(words)}</p>" for words in (node["title"], *names))


def _rich(parts: Sequence[trees.Node], content: trees.Content) -> str:
    made = []
    for part in parts:
        items = part["items"] if part["type"] == "list" else [part]
        made += [f"<p>{escape(shown.words(item['content'], content))}</p>" for item in items]
    return "".join(made)


PLAIN = {"heading", "clause", "list", "table"}
