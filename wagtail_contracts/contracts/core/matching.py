"""Matching two rows of words in bounded time, whatever somebody has written.

`difflib` alone takes minutes for words that were chosen to be hard, and anybody who fills in or
suggests something chooses them. Counted are steps, not seconds: a machine that is slow finds the
same as any other.
"""

from collections.abc import Sequence
from difflib import Match, SequenceMatcher
from itertools import accumulate

MOST_STEPS = 2_000_000  # of one comparison; beyond them nothing more is found to be the same


class Matcher(SequenceMatcher[str]):
    """Finds what two rows have in common; `autojunk` leaves words alone that stand everywhere."""

    a: Sequence[str]  # both are difflib's, `b2j` by word where it stands in the second row
    b2j: dict[str, list[int]]

    def __init__(
        self, before: Sequence[str], after: Sequence[str], *, autojunk: bool = True
    ) -> None:
        super().__init__(None, before, after, autojunk=autojunk)
        self._left = MOST_STEPS
        costs = (1 + len(self.b2j.get(word, ())) for word in before)
        self._ends = [0, *accumulate(costs)]

    def find_longest_match(
        self, alo: int = 0, ahi: int | None = None, blo: int = 0, bhi: int | None = None
    ) -> Match:
        """The longest row that both have there; an empty one once too much was looked at."""
        ahi = len(self.a) if ahi is None else ahi
        self._left -= self._ends[ahi] - self._ends[alo]
        if self._left < 0:
            return Match(alo, blo, 0)
        return super().find_longest_match(alo, ahi, blo, bhi)
