"""The blocks of a content tree as parts for templates: what each template needs, no HTML."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wagtail_contracts.contracts.core import references, trees
from wagtail_contracts.contracts.core.numbering import BULLET
from wagtail_contracts.contracts.rendering import widths
from wagtail_contracts.contracts.rendering.answers import Input
from wagtail_contracts.contracts.rendering.places import Places

Part = dict[str, Any]
FIRST_HEADING, LAST_HEADING = 2, 6


@dataclass(frozen=True)
class Standing:
    """Where somebody's signature stands: `state` is a word for styles, `words` a sentence."""

    state: str
    words: str


class Parts:
    """Makes the parts of one content tree, in order.

    Headings go down by one step at a time, whatever levels the text skips.
    """

    def __init__(
        self,
        content: trees.Content,
        inputs: Mapping[str, Input],
        signatures: Mapping[str, Standing],
    ) -> None:
        self.content = content
        self.places = Places(content, inputs)
        self.lines = self.places.lines
        self.signatures = signatures
        self._above = FIRST_HEADING - 1
        self._path = 1
        self._referred = {
            node["block"] for node in trees.all_nodes(content) if node["type"] == "reference"
        }

    def body(self) -> list[Part]:
        """The parts of the text."""
        return self._parts(self.content["body"])

    def whole(self) -> list[Part]:
        """The parts of the text, and before the signatures at its end all that has no place in it.

        That is inputs, and values that are part of what is agreed.
        """
        made, boxes = self.body(), self.places.rest()
        details = [{"id": "", "type": "details", "places": self._unplaced(), "boxes": boxes}]
        if not any(details[0][name] for name in ("places", "boxes")):
            return made
        at_end = len(made) - (bool(made) and made[-1]["type"] == "signatures")
        return [*made[:at_end], *details, *made[at_end:]]

    def _unplaced(self) -> list[Part]:
        return [
            self._place(key)
            for key, value in self.lines.values.items()
            if key not in self.lines.seen and value is not None
        ]

    def _parts(self, blocks: Sequence[trees.Node]) -> list[Part]:
        return [
            {
                "id": block["id"],
                "type": block["type"],
                "referred": block["id"] in self._referred,
                **MAKERS[block["type"]](self, block),
            }
            for block in blocks
        ]

    def _level(self, wanted: int) -> int:
        self._above = min(wanted + FIRST_HEADING - 1, self._above + 1, LAST_HEADING)
        return self._above

    # -- blocks ---------------------------------------------------------------------------------

    def _heading(self, block: trees.Node) -> Part:
        line = self._line(block["content"])
        return {"heading_level": self._level(block["level"]), **line}

    def _clause(self, block: trees.Node) -> Part:
        heading = self._line(block["heading"]) if block["heading"] else None
        return {
            **self._numbered(block),
            "heading": heading,
            "heading_level": self._level(block["level"]) if heading else None,
            "rich": self._rich(block["content"]),
        }

    def _definition(self, block: trees.Node) -> Part:
        term = self._line(block["term"])
        return {**self._numbered(block), "term": term, "rich": self._rich(block["content"])}

    def _numbered(self, block: trees.Node) -> Part:
        """Its number, and how many steps it stands within the last whole path of numbers."""
        level, number = block["level"], block["number"]
        if number and references.is_path(block):
            self._path = level
        steps = level - self._path if number and level > self._path else 0
        return {"level": level, "number": number, "steps": range(steps)}

    def _text(self, block: trees.Node) -> Part:
        return {"rich": self._rich(block["content"])}

    def _list(self, block: trees.Node) -> Part:
        return {"list": self._items(block["items"])}

    def _table(self, block: trees.Node) -> Part:
        rows = [[self._line(cell) for cell in row] for row in block["rows"]]
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

    def _field_place(self, block: trees.Node) -> Part:
        if block["key"] not in self.lines.fields:
            return {"place": None, "boxes": []}
        boxes = self.places.at_block(block["key"])
        return {"place": None if boxes else self._place(block["key"]), "boxes": boxes}

    def _area(self, block: trees.Node) -> Part:
        level = self._level(1)
        return {
            "title": block["title"],
            "heading_level": level,
            "parts": self._parts(block["blocks"]),
        }

    def _signatures(self, block: trees.Node) -> Part:
        level = self._level(1)
        parties = [self._party(party) for party in self.content["parties"]]
        return {"title": block["title"], "heading_level": level, "parties": parties}

    # -- what blocks are made of ----------------------------------------------------------------

    def _line(self, nodes: Sequence[trees.Node]) -> Part:
        return {"line": self.lines.line(nodes), "boxes": self.places.at_line(nodes)}

    def _rich(self, rich: Sequence[trees.Node]) -> list[Part]:
        return [
            {"type": "paragraph", **self._line(part["content"])}
            if part["type"] == "paragraph"
            else {"type": "list", "list": self._items(part["items"])}
            for part in rich
        ]

    def _items(self, items: Sequence[trees.Node]) -> Part | None:
        """Lists in lists, from items with a level each."""
        groups: list[tuple[trees.Node, list[trees.Node]]] = []
        for item in items:
            if groups and item["level"] > groups[-1][0]["level"]:
                groups[-1][1].append(item)
            else:
                groups.append((item, []))
        entries = [
            {"marker": item["number"], **self._line(item["content"]), "below": self._items(below)}
            for item, below in groups
        ]
        return {"ordered": items[0]["number"] != BULLET, "entries": entries} if items else None

    def _place(self, key: str) -> Part:
        field, value = self.lines.fields[key], self.lines.values.get(key)
        self.lines.seen.add(key)
        options = [
            {"chosen": option["key"] == value, "line": self.lines.line(option["content"])}
            for option in field["options"]
        ]
        return {"label": field["label"], "value": self.lines.value(key), "options": options}

    def _party(self, party: trees.Node) -> Part:
        people = [
            {**person, "standing": self.signatures.get(person["id"])}
            for person in party["people"]
            if person["role"] == "signatory"
        ]
        return {**party, "people": people}


MAKERS: dict[str, Callable[[Parts, trees.Node], Part]] = {
    "heading": Parts._heading,
    "clause": Parts._clause,
    "definition": Parts._definition,
    "text": Parts._text,
    "list": Parts._list,
    "table": Parts._table,
    "field_place": Parts._field_place,
    "area": Parts._area,
    "signatures": Parts._signatures,
}
