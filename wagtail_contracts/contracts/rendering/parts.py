"""The blocks of a content tree as parts for templates: what each template needs, no HTML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from wagtail_contracts.contracts.core import trees
from wagtail_contracts.contracts.core.fields.languages import called
from wagtail_contracts.contracts.rendering.kinds import MAKERS
from wagtail_contracts.contracts.rendering.kinds.base import Frame, Part, Shelf, Standing

__all__ = ["Part", "Parts", "Shelf", "Standing"]
TEMPLATES = "wagtail_contracts/contracts/html"


def _beside(kind: str, **given: object) -> Part:
    """A part that is no block."""
    return {"id": "", "type": kind, "template": f"{TEMPLATES}/{kind}.html", **given}


@dataclass(frozen=True)
class Rendered:
    """What became of a part.

    `after` is what the next headings and numbers go on from, where that is all that a block leaves
    behind: a field that it names would have its box there, for whoever fills it in.
    """

    text: SafeString
    after: tuple[int, int] | None = None


Known = Mapping[tuple[int | str, str], Rendered]


class Parts(Frame):
    """The parts of one content tree, in order."""

    def body(self) -> list[Part]:
        """The parts of the text."""
        return self.parts(self.content["body"])

    def whole(self, known: Known | None = None) -> list[Part]:
        """The parts of the text, and before the signatures at its end all that has no place in it.

        That is inputs, and values that are part of what is agreed. Two languages are told first.
        What is `known` has its text already, by position and id.
        """
        made = self._languages()
        for position, block in enumerate(self.content["body"], len(made)):
            made.append(self._again(block, (known or {}).get((position, block["id"]))))
        boxes = self.places.rest()
        details = _beside("details", places=self._unplaced(), boxes=boxes)
        if not any(details[name] for name in ("places", "boxes")):
            return made
        at_end = len(made) - (bool(made) and made[-1]["type"] == "signatures")
        return [*made[:at_end], details, *made[at_end:]]

    def _languages(self) -> list[Part]:
        """That there are two languages, and which of them governs, said in both."""
        first, second = self.content["language"], self.content["second_language"]
        if not second:
            return []
        codes = {"first": first, "second": second, "governing": self.content["governing"]}
        said = [
            {"language": language}
            | {name: called(code, language) if code else "" for name, code in codes.items()}
            for language in (first, second)
        ]
        return [_beside("languages", said=said)]

    def _unplaced(self) -> list[Part]:
        return [
            self.place(key)
            for key, value in self.lines.values.items()
            if key not in self.lines.seen and value is not None
        ]

    def parts(self, blocks: Sequence[trees.Node]) -> list[Part]:
        """The parts of blocks in their order."""
        return [self._part(block) for block in blocks]

    def _again(self, block: trees.Node, known: Rendered | None) -> Part:
        if known and known.after:
            self._above, self.path = known.after
            return {"id": block["id"], "type": block["type"], "text": known.text}
        made = self._part(block)
        return made if _names_fields(block) else {**made, "after": (self._above, self.path)}

    def _part(self, block: trees.Node) -> Part:
        self.said = {block["id"]}
        made = {
            "id": block["id"],
            "type": block["type"],
            "template": f"{TEMPLATES}/{block['type']}.html",
            "referred": block["id"] in self.referred,
            **MAKERS[block["type"]](self, block),
        }
        return {**made, "parts": self.parts(block["blocks"])} if "blocks" in block else made


def _names_fields(block: trees.Node) -> bool:
    waiting: list[Any] = [block]
    while waiting:
        node = waiting.pop()
        if isinstance(node, list):
            waiting += node
        elif isinstance(node, dict):
            if node.get("type") in ("field", "field_place"):
                return True
            waiting += node.values()
    return any(True for _ in trees.asked([block]))
