"""Two people changed one text: both changes in one, where they do not meet."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import NamedTuple

WORD = re.compile(r"\{[^{}\n]*\}|\w+|\n|[^\S\n]|[^\w\s]")


class Turn(NamedTuple):
    """What somebody put in the place of some words, counted from `start`."""

    start: int
    end: int
    words: tuple[str, ...]


def woven(base: str, one: str, other: str) -> str | None:
    """The base with both changes; None where they are at the same or at neighbouring words."""
    words = WORD.findall(base)
    turns = sorted({*_turns(words, one), *_turns(words, other)})
    if any(first.end >= second.start for first, second in pairwise(turns)):
        return None
    made, place = "", 0
    for turn in turns:
        made += "".join(words[place : turn.start]) + "".join(turn.words)
        place = turn.end
    return made + "".join(words[place:])


def _turns(words: Sequence[str], changed: str) -> Iterator[Turn]:
    after = WORD.findall(changed)
    for kind, start, end, begin, stop in SequenceMatcher(None, words, after).get_opcodes():
        if kind != "equal":
            yield Turn(start, end, tuple(after[begin:stop]))
