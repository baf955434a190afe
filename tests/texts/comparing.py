"""Compare what a reader found with what the source says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise, zip_longest

from tests.texts.source import Part


def difference(expected: Sequence[object], found: Sequence[object]) -> str:
    """Where two readings part, in words; "" if they are the same."""
    for place, (one, other) in enumerate(zip_longest(expected, found)):
        if one != other:
            before = expected[max(place - 3, 0) : place]
            return f"at {place}, after {before}: the source has {one}, the other has {other}"
    return ""


def stepped(parts: Sequence[Part]) -> list[Part]:
    """The parts with the levels of headings as they are shown: they go down one step at a time."""
    made, above = [], 0
    for part in parts:
        if part.kind == "heading":
            above = min(part.level, above + 1)
            part = replace(part, level=above)
        made.append(part)
    return made


def tagged(parts: Sequence[Part]) -> list[Part]:
    """The parts as tags have them: without spaces, and with all text in the part before it.

    A paragraph that goes on overleaf has two tags, and no tag says where a word ends.
    """
    made: list[Part] = []
    for part in parts:
        letters = "".join(part.words.split())
        if part.kind in ("text", "label") and made:
            made[-1] = replace(made[-1], words=made[-1].words + letters)
        else:
            made.append(replace(part, number="".join(part.number.split()), words=letters))
    return made


def heads(parts: Sequence[Part]) -> list[str]:
    """The words of the first row of each table, which is printed again on each further page."""
    rows: list[str] = []
    for before, part in pairwise(parts):
        if part.kind == "cell" and part.level == 1:
            begins = before.kind != "cell" or before.level > 1
            rows = [*rows, part.words] if begins else [*rows[:-1], f"{rows[-1]} {part.words}"]
    return [" ".join(row.split()) for row in rows]


def words(parts: Sequence[Part]) -> Iterator[str]:
    """The words in the order of the text, each item after its printed number."""
    for part in parts:
        yield from cut(
            f"{part.number} {part.words}" if part.kind in ("item", "term") else part.words
        )


def cut(text: str) -> list[str]:
    """The words of a text; where a line may end, a word may too."""
    return re.sub(r"([-–—/])", r"\1 ", text).split()
