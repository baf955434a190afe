"""What the makers of all kinds share: lines with their boxes, paragraphs, lists, places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.utils.safestring import SafeString

from wagtail_contracts.contracts.core import shown, trees
from wagtail_contracts.contracts.core.fields.choices import is_chosen
from wagtail_contracts.contracts.core.kinds.media import SEALED
from wagtail_contracts.contracts.core.numbering import BULLET
from wagtail_contracts.contracts.rendering.answers import Input
from wagtail_contracts.contracts.rendering.lines import Lines
from wagtail_contracts.contracts.rendering.places import Places

Part = dict[str, Any]
FIRST_HEADING, LAST_HEADING = 2, 6


@dataclass(frozen=True)
class Standing:
    """Where somebody's signature stands: `state` is a word for styles, `words` a sentence."""

    state: str
    words: str


@dataclass(frozen=True)
class Shelf:
    """What a reader has beside a text: where its files are, and what their page puts below blocks.

    `address` begins their addresses, `form` is the id of the form by which an exhibit is taken
    along; without one it is a link. `words` are those of each page of an exhibit, by its digest.
    What is `withheld` is read, and not taken along. `below` is by the id of a block of the body.
    """

    address: str
    form: str = ""
    words: Mapping[str, Sequence[str]] = field(default_factory=dict)
    withheld: bool = False
    below: Mapping[str, SafeString] = field(default_factory=dict)


class Frame:
    """Around the parts of one content tree, which are made in order.

    Headings go down by one step at a time, whatever levels the text skips. `path` is the level of
    the last whole path of numbers, `said` the definitions that need no link in this block.
    """

    def __init__(
        self,
        content: trees.Content,
        inputs: Mapping[str, Input],
        signatures: Mapping[str, Standing],
        words: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        self.content = content
        self.places = Places(content, inputs)
        self.lines = self.places.lines
        self.signatures = signatures
        self.words = words or {}
        self._above = FIRST_HEADING - 1
        self.path = 1
        self.said: set[str] = set()
        self.referred = self.lines.terms.ids | {
            node["block"] for node in trees.all_nodes(content) if node["type"] == "reference"
        }

    def level(self, wanted: int) -> int:
        """The level of the next heading."""
        self._above = min(wanted + FIRST_HEADING - 1, self._above + 1, LAST_HEADING)
        return self._above

    @contextmanager
    def second_language(self) -> Iterator[str]:
        """Show values in the contract's second language, whose code this gives."""
        first, content = self.lines, shown.in_second(self.content)
        self.lines = Lines(content)
        self.lines.seen = first.seen
        yield content["language"]
        self.lines = first

    def line(self, nodes: Sequence[trees.Node]) -> Part:
        """Inline nodes, and the boxes of the fields that they name first."""
        return {"line": self.lines.line(nodes), "boxes": self.places.at_line(nodes)}

    def _prose(self, nodes: Sequence[trees.Node]) -> Part:
        """A line in which each defined term leads to its definition, once in a block."""
        line = self.lines.line(nodes, self.said)
        return {"line": line, "boxes": self.places.at_line(nodes)}

    def rich(self, rich: Sequence[trees.Node]) -> list[Part]:
        """Paragraphs and lists."""
        return [
            {"type": "paragraph", **self._prose(part["content"])}
            if part["type"] == "paragraph"
            else {"type": "list", "list": self.items(part["items"])}
            for part in rich
        ]

    def items(self, items: Sequence[trees.Node]) -> Part | None:
        """Lists in lists, from items with a level each."""
        groups: list[tuple[trees.Node, list[trees.Node]]] = []
        for item in items:
            if groups and item["level"] > groups[-1][0]["level"]:
                groups[-1][1].append(item)
            else:
                groups.append((item, []))
        entries = [
            {"marker": item["number"], **self._prose(item["content"]), "below": self.items(below)}
            for item, below in groups
        ]
        return {"ordered": items[0]["number"] != BULLET, "entries": entries} if items else None

    def place(self, key: str) -> Part:
        """A data field in a place of its own."""
        field, value = self.lines.fields[key], self.lines.values.get(key)
        self.lines.seen.add(key)
        options = [
            {"chosen": is_chosen(value, option["key"]), "line": self.lines.line(option["content"])}
            for option in field["options"]
        ]
        made = {"label": field["label"], "value": self.lines.value(key), "options": options}
        if field["kind"] != "file" or not value:
            return made
        return {**made, "file": {**value, "sealed": value["media_type"] in SEALED}}

    def party(self, party: trees.Node) -> Part:
        """A party with where the signatures of its people stand."""
        people = [
            {**person, "standing": self.signatures.get(person["id"])}
            for person in party["people"]
            if person["role"] == "signatory"
        ]
        return {**party, "people": people}
