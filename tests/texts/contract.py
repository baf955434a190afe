"""What contract.json says, part by part, read from its values alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tests.texts.source import Part

Node = Mapping[str, Any]
LABELLED = re.compile(r"\S+ (\d+|[A-Z]+)\b")


def read(content: Node, shown: Mapping[str, str]) -> list[Part]:
    """All parts; `shown` is what people read for a value, by the key of its field."""
    return list(_Reader(content, shown).parts())


def numbers(blocks: Sequence[Node]) -> Iterator[tuple[str, str]]:
    """The number that people cite, for each block that has one: 3.2(a)."""
    above: list[tuple[int, str]] = []
    for block in blocks:
        words = "".join(node.get("text", "") for node in block.get("content", []))
        if block["type"] == "heading" and (found := LABELLED.match(words)):
            yield block["id"], found[1]
        if not block["number"]:
            continue
        own = block["number"].split(" ")[-1].strip("(.)")
        above = [outer for outer in above if outer[0] < block["level"]]
        whole = not above or own.count(".") == block["level"] - 1 > 0
        cited = own if whole else f"{above[-1][1]}({own})"
        above.append((block["level"], cited))
        yield block["id"], cited


class _Reader:
    def __init__(self, content: Node, shown: Mapping[str, str]) -> None:
        self.content, self.shown = content, shown
        self.fields = {item["key"]: item for item in content["fields"]}
        self.values = {item["key"]: item["value"] for item in content["values"]}
        self.numbers = dict(numbers(content["body"]))

    def parts(self) -> Iterator[Part]:
        yield Part("title", 0, "", self.content["title"])
        *body, last = self.content["body"]
        assert last["type"] == "signatures", last["type"]
        for block in body:
            yield from getattr(self, f"_{block['type']}")(block)

    def _heading(self, block: Node) -> Iterator[Part]:
        yield Part("heading", block["level"], "", self._words(block["content"]))

    def _clause(self, block: Node) -> Iterator[Part]:
        first, rest = block["heading"], block["content"]
        if not first:
            assert rest[0]["type"] == "paragraph"
            first, rest = rest[0]["content"], rest[1:]
        yield Part("item", block["level"], block["number"], self._words(first))
        yield from self._rich(rest)

    def _definition(self, block: Node) -> Iterator[Part]:
        yield Part("term", block["level"], block["number"] or "", self._words(block["term"]))
        yield from self._rich(block["content"])

    def _text(self, block: Node) -> Iterator[Part]:
        yield from self._rich(block["content"])

    def _list(self, block: Node) -> Iterator[Part]:
        for item in block["items"]:
            yield Part("item", item["level"], item["number"], self._words(item["content"]))

    def _table(self, block: Node) -> Iterator[Part]:
        assert len({len(row) for row in block["rows"]}) == 1
        for number, row in enumerate(block["rows"], 1):
            for column, cell in enumerate(row, 1):
                yield Part("cell", number, str(column), self._words(cell))

    def _field_place(self, block: Node) -> Iterator[Part]:
        field = self.fields[block["key"]]
        yield Part("label", 0, "", field["label"])
        for option in field["options"]:
            chosen = "x" if option["key"] == self.values[field["key"]] else ""
            yield Part("option", 0, chosen, self._words(option["content"]))
        if not field["options"]:
            yield Part("text", 0, "", self.shown[field["key"]])

    def _rich(self, rich: Sequence[Node]) -> Iterator[Part]:
        for part in rich:
            if part["type"] == "list":
                yield from self._list(part)
            else:
                yield Part("text", 0, "", self._words(part["content"]))

    def _words(self, nodes: Sequence[Node]) -> str:
        return " ".join("".join(map(self._said, nodes)).split())

    def _said(self, node: Node) -> str:
        if node["type"] == "link":
            return self._words(node["content"])
        if node["type"] == "reference":
            return self.numbers[node["block"]]
        if node["type"] == "field":
            key = node["key"]
            return str(self.fields[key]["label"] if self.values[key] is None else self.shown[key])
        return str(node.get("text", " "))
