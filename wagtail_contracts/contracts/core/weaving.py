"""Two people changed one text: both changes in one, where they do not meet."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from wagtail_contracts.contracts.core.matching import Matcher

Words = Sequence[str]
WORD = re.compile(r"\{[^{}\n]*\}|\w+|\n|[^\S\n]|[^\w\s]")


class Turn(NamedTuple):
    """What somebody put in the place of some words, counted from `start`."""

    start: int
    end: int
    words: tuple[str, ...]


def woven(base: str, one: str, other: str) -> str | None:
    """The base with both changes; None where they are at the same or at neighbouring words."""
    made = woven_words(*(words(text) for text in (base, one, other)))
    return None if made is None else "".join(made)


def woven_words(base: Words, one: Words, other: Words) -> list[str] | None:
    """The same of words that were told apart already."""
    turns = sorted({*_turns(base, one), *_turns(base, other)})
    if any(first.end >= second.start for first, second in pairwise(turns)):
        return None
    made: list[str] = []
    place = 0
    for turn in turns:
        made += [*base[place : turn.start], *turn.words]
        place = turn.end
    return [*made, *base[place:]]


def words(text: str) -> list[str]:
    """The words, spaces, signs and tokens of a text."""
    return WORD.findall(text)


def _turns(base: Words, after: Words) -> Iterator[Turn]:
    for kind, start, end, begin, stop in Matcher(base, after).get_opcodes():
        if kind != "equal":
            yield Turn(start, end, tuple(after[begin:stop]))
