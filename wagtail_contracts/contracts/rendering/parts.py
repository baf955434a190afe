"""The blocks of a content tree as parts for templates: what each template needs, no HTML."""

from __future__ import annotations

from collections.abc import Sequence

from wagtail_contracts.contracts.core import trees
from wagtail_contracts.contracts.core.fields.languages import called
from wagtail_contracts.contracts.rendering.kinds import MAKERS
from wagtail_contracts.contracts.rendering.kinds.base import Frame, Part, Shelf, Standing

__all__ = ["Part", "Parts", "Shelf", "Standing"]
TEMPLATES = "wagtail_contracts/contracts/html"


def _beside(kind: str, **given: object) -> Part:
    """A part that is no block."""
    return {"id": "", "type": kind, "template": f"{TEMPLATES}/{kind}.html", **given}


class Parts(Frame):
    """The parts of one content tree, in order."""

    def body(self) -> list[Part]:
        """The parts of the text."""
        return self.parts(self.content["body"])

    def whole(self) -> list[Part]:
        """The parts of the text, and before the signatures at its end all that has no place in it.

        That is inputs, and values that are part of what is agreed. Two languages are told first.
        """
        made, boxes = [*self._languages(), *self.body()], self.places.rest()
        details = _beside("details", places=self._unplaced(), boxes=boxes)
        if not any(details[name] for name in ("places", "boxes")):
            return made
        at_end = len(made) - (bool(made) and made[-1]["type"] == "signatures")
        return [*made[:at_end], details, *made[at_end:]]

    def _languages(self) -> list[Part]:
        """That there are two languages, and which of them governs, said in both."""
        first, second = self.content["language"], self.content["second_language"]
        codes = {"first": first, "second": second, "governing": self.content["governing"]}
        said = [
            {"language": language}
            | {name: called(code, language) if code else "" for name, code in codes.items()}
            for language in (first, second)
        ]
        return [_beside("languages", said=said)] if second else []

    def _unplaced(self) -> list[Part]:
        return [
            self.place(key)
            for key, value in self.lines.values.items()
            if key not in self.lines.seen and value is not None
        ]

    def parts(self, blocks: Sequence[trees.Node]) -> list[Part]:
        """The parts of blocks in their order."""
        return [self._part(block) for block in blocks]

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
