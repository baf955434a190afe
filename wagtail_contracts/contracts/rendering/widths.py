"""Whether a table fits the paper, so that no word of it is lost.

What is too wide would be cut off at the edge of the page, and a heading row that is taller than a
page would not be printed at all. Widths are estimated in em of the text's face.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

ORDINARY, SMALL, BROKEN = "", "small", "broken"
# What a page takes in em, and what parts two columns, at the sizes of print.css.
PAGE, GAP = 45.0, 0.9
SMALL_PAGE, SMALL_GAP = 57.0, 0.6
TALLEST, LINE = 12, 60  # lines; characters of a line across the page
BROAD = frozenset("mwæœ@%…—™©®")


def fitting(rows: Sequence[Sequence[str]]) -> str:
    """ORDINARY where all words fit, SMALL where small ones do, BROKEN where some are parted."""
    widest = [max(map(longest, column)) for column in zip(*rows, strict=True)]
    if sum(width + GAP for width in widest) <= PAGE:
        return ORDINARY
    return SMALL if sum(width + SMALL_GAP for width in widest) <= SMALL_PAGE else BROKEN


def may_repeat(row: Sequence[str]) -> bool:
    """Say whether a heading row is short enough to stand on top of every page."""
    return max((_lines(cell, len(row)) for cell in row), default=0) <= TALLEST


def _lines(cell: str, columns: int) -> int:
    return sum(1 + len(line) * columns // LINE for line in cell.split("\n"))


@lru_cache(maxsize=8192)
def longest(text: str) -> float:
    """The width of the longest word."""
    return max((_width(word) for word in text.split()), default=0.0)


def _width(word: Iterable[str]) -> float:
    return sum(map(_letter, word))


def _letter(letter: str) -> float:
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.1
    return 0.95 if letter.isupper() or letter in BROAD else 0.65
