"""Inline nodes of a content tree as pieces for templates: references resolved, no HTML."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from wagtail_contracts.contracts.core import references, richtext, shown, trees
from wagtail_contracts.contracts.core.fields import choices
from wagtail_contracts.contracts.core.terms import Terms

TEXT, TERM, VALUE, BLANK, BREAK = "text", "term", "value", "blank", "break"


@dataclass(frozen=True)
class Piece:
    """A run of characters of one kind.

    `opens` is the address of a link that begins here, `to` the block that the whole run refers to.
    """

    text: str
    kind: str = TEXT
    bold: bool = False
    italic: bool = False
    opens: str = ""
    to: str = ""
    closes: bool = False

    def __str__(self) -> str:
        return "\n" if self.kind == BREAK else self.text


Line = list[Piece]


class Lines:
    """Makes lines of pieces for one content tree."""

    def __init__(self, content: trees.Content) -> None:
        self.content = content
        self.fields = trees.fields_by_key(content)
        self.values = trees.values_by_key(content)
        self.parties = trees.parties_by_role(content)
        self.seen: set[str] = set()  # keys of the fields that a reader gets to see

    @cached_property
    def cites(self) -> dict[str, str]:
        """The numbers that references print; few texts have any."""
        return references.cites(self.content)

    @cached_property
    def terms(self) -> Terms:
        """The terms that the text defines."""
        return Terms(self.content)

    def line(self, nodes: Sequence[trees.Node], said: set[str] | None = None) -> Line:
        """The pieces of inline nodes.

        With `said`, the definitions that are not to be pointed at, terms lead to their definition;
        those that are pointed at join them.
        """
        pieces = self._pieces(nodes)
        if said is None or not self.terms:  # most texts define nothing
            return list(pieces)
        return list(self._with_terms(pieces, said))

    def value(self, key: str) -> str:
        """The words for a field's value, those inside a chosen option too; "" for none."""
        if self.values.get(key) is None:
            return ""
        return shown.words([{"type": "field", "key": key, "marks": []}], self.content)

    def _pieces(
        self, nodes: Sequence[trees.Node], within: frozenset[str] = frozenset()
    ) -> Iterator[Piece]:
        for node in nodes:
            if node["type"] == "link":
                yield from self._link(node, within)
                continue
            marks = node.get("marks", ())
            for piece in self._plain(node, within):
                bold, italic = "bold" in marks or piece.bold, "italic" in marks or piece.italic
                plain = (bold, italic) == (piece.bold, piece.italic)
                yield piece if plain else replace(piece, bold=bold, italic=italic)

    def _with_terms(self, pieces: Iterator[Piece], said: set[str]) -> Iterator[Piece]:
        linked = False
        for piece in pieces:
            linked = linked or bool(piece.opens)
            if piece.kind != TEXT or piece.to or linked:
                yield piece
            else:
                for words, id in self.terms.split(piece.text, said):
                    yield replace(piece, text=words, to=id, kind=TERM if id else TEXT)
            linked = linked and not piece.closes

    def _link(self, node: trees.Node, within: frozenset[str]) -> Line:
        made = list(self._pieces(node["content"], within))
        if made and richtext.LINK.fullmatch(node["href"]):
            made[0] = replace(made[0], opens=node["href"])
            made[-1] = replace(made[-1], closes=True)
        return made

    def _plain(self, node: trees.Node, within: frozenset[str]) -> Line:
        kind = node["type"]
        if kind == "text":
            return [Piece(node["text"])]
        if kind == "break":
            return [Piece("", BREAK)]
        if kind == "title":
            return [Piece(self.content["title"], VALUE)]
        if kind == "reference":
            number = self.cites.get(node["block"], "")
            hidden = shown.left_out(self.content["language"])
            return [Piece(number, to=node["block"]) if number else Piece(hidden)]
        if kind == "party":
            party = self.parties.get(node["role"])
            named = shown.party(party, node["part"], self.content["language"])
            return [Piece(named, VALUE) if named else Piece(shown.BLANK, BLANK)]
        return self._field(node["key"], within)

    def _field(self, key: str, within: frozenset[str]) -> Line:
        field = self.fields.get(key)
        if field is None:
            return [Piece(shown.BLANK, BLANK)]
        if field["kind"] != "file":  # which has a place besides, where it is fetched
            self.seen.add(key)
        if self.values.get(key) is None:
            return [Piece(field["label"], BLANK)]
        options = choices.chosen(field, self.values[key])
        if not options or key in within or len(within) >= trees.DEEPEST:
            plain = shown.value(field, self.values[key], self.content["language"])
            return [Piece(plain, VALUE)]
        said = [list(self._pieces(option["content"], within | {key})) for option in options]
        links = choices.links(len(said), self.content["language"])
        made: Line = []
        for line, link in zip(said, links, strict=True):
            made += [_as_value(piece) for piece in (*line, *([Piece(link)] if link else []))]
        return made


def _as_value(piece: Piece) -> Piece:
    kind: Any = VALUE if piece.kind == TEXT else piece.kind
    return replace(piece, kind=kind)
