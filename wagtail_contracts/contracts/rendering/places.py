"""Where the inputs of data fields stand: each once, at the field's first place in the text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from wagtail_contracts.contracts.core import trees
from wagtail_contracts.contracts.rendering.answers import Input
from wagtail_contracts.contracts.rendering.lines import Lines


@dataclass
class Places:
    """Hands out the box of a field once. A field place comes before the chips in the text."""

    content: trees.Content
    inputs: Mapping[str, Input]
    given: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.lines = Lines(self.content)
        self._in_text = trees.placed(self.content)
        self._own_block = {
            block["key"]
            for block in trees.blocks(self.content["body"])
            if block["type"] == "field_place"
        }

    def at_block(self, key: str) -> list[Input]:
        """The box for a field place."""
        return list(self._boxes([key]))

    def at_line(self, nodes: Sequence[trees.Node]) -> list[Input]:
        """The boxes that come after a line which names these fields first."""
        return list(self._boxes(key for key in _keys(nodes) if key not in self._own_block))

    def rest(self) -> list[Input]:
        """The boxes of fields that the text does not show."""
        return list(self._boxes(self.inputs))

    def _boxes(self, keys: Any) -> Iterator[Input]:
        for key in keys:
            if key in self.inputs and key not in self.given:
                self.given.add(key)
                self.lines.seen.add(key)
                yield self._filled(self.inputs[key])

    def _filled(self, box: Input) -> Input:
        """A choice shows its options as they are printed, with the inputs that they hold."""
        texts = {
            option["key"]: option["content"]
            for option in self.lines.fields.get(box.key, {}).get("options", ())
        }
        options = tuple(
            replace(
                option,
                line=self.lines.line(texts[option.key]),
                boxes=tuple(
                    replace(inner, inside=True)
                    for inner in self._boxes(self._only_here(texts[option.key]))
                ),
            )
            if option.key in texts
            else option
            for option in box.options
        )
        return replace(box, options=options)

    def _only_here(self, nodes: Sequence[trees.Node]) -> list[str]:
        return [key for key in _keys(nodes) if key not in self._in_text]


def _keys(nodes: Sequence[trees.Node]) -> list[str]:
    return [node["key"] for node in trees.inlines(nodes) if node["type"] == "field"]
