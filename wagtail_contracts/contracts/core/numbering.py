"""Numbers of clauses and markers of list items, printed and stored as text.

A style is written as its first number looks. 1.1 is the whole path: 1, 1.1, 1.1.1. Every other one
counts for itself: 1. 1) (1) a. a) (a) A. i. (i) I. and so on, also after a word: § 1, Article I.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import count
from typing import NamedTuple

BULLET, PATH = "•", "1.1"
STYLE = re.compile(r"(?:(?P<word>\S{1,30}) )?(?P<before>\(?)(?P<kind>1\.1|[1aAiI])(?P<after>[.)]?)")
BY_LEVEL = ("1.", "a.", "i.", "1.")  # what lists count with unless told otherwise
DEEPEST = 4
ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)


class Place(NamedTuple):
    """Where a number stands: its level from 1, its style, and what it begins anew with."""

    level: int
    style: str = PATH
    start: int | None = None


class Numbering:
    """Numbers as they follow one another; `counts` are those of each level that is open."""

    def __init__(self) -> None:
        self.counts: list[int] = []
        self.styles: list[str] = []

    def next(self, place: Place) -> str:
        """The number of the next place.

        A level that was skipped counts as its own first: 3 after 1 is 1.1.1, and 2 after that is
        1.2. Another style begins anew.
        """
        level, style, start = place
        own = start or self.following(level, style)
        del self.counts[level:], self.styles[level:]
        while len(self.counts) < level:
            self.counts.append(1 if len(self.counts) < level - 1 else 0)
            self.styles.append(style)
        self.counts[-1], self.styles[-1] = own, style
        return printed(style, self.counts)

    def following(self, level: int, style: str) -> int:
        """What a place counts that begins nothing anew."""
        there = len(self.counts) >= level and self.styles[level - 1] == style
        return self.counts[level - 1] + 1 if there else 1


def numbers(places: Iterable[Place]) -> list[str]:
    """The numbers of clauses or items in their order."""
    numbering = Numbering()
    return [numbering.next(place) for place in places]


def letters() -> Iterator[str]:
    """What exhibits are called, one after the other: A to Z, AA, AB."""
    return (alphabetic(number).upper() for number in count(1))


def by_level(level: int, *, ordered: bool) -> str:
    """The style of list items whose author chose none: 1. a. i. 1. by level, or a bullet."""
    return BY_LEVEL[level - 1] if ordered else BULLET


def printed(style: str, counts: list[int]) -> str:
    """The number of the last of these counts. Raises ValueError for what is no style."""
    if style == BULLET:
        return BULLET
    if not (found := STYLE.fullmatch(style)):
        raise ValueError(style)
    word, before, kind, after = found.group("word", "before", "kind", "after")
    said = ".".join(map(str, counts)) if kind == PATH else _counted(kind, counts[-1])
    return f"{word + ' ' if word else ''}{before}{said}{after}"


def _counted(kind: str, number: int) -> str:
    if kind == "1":
        return str(number)
    said = roman(number) if kind in "iI" else alphabetic(number)
    return said.upper() if kind in "AI" else said


def alphabetic(number: int) -> str:
    """The letter as browsers count: a to z, aa, ab."""
    text = ""
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("a") + rest) + text
    return text


def roman(number: int) -> str:
    """The number in lower-case Roman numerals."""
    text = ""
    for value, letters in ROMAN:
        times, number = divmod(number, value)
        text += letters * times
    return text
