"""Which number follows which: from marks as they were typed to levels, styles and counts."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from wagtail_contracts.contracts.core.importing.marks import Reading, readings
from wagtail_contracts.contracts.core.numbering import PATH


class Found(NamedTuple):
    """What a mark means where it stands.

    `goes_on` says that it follows a count that is open, `titled` that it stands in a heading.
    """

    level: int
    style: str
    number: int
    goes_on: bool
    titled: bool = False


@dataclass
class Counting:
    """The counts that are open in one place of the text, the outermost first.

    `base` is the level of the first. A mark goes on with the innermost count that it follows, and
    otherwise begins one of its own below the last; so `i.` after `h.` is a letter, unless `ii.`
    comes next.
    """

    base: int = 1
    open: list[Found] = field(default_factory=list)
    path: tuple[int, ...] = ()

    def plan(self, marks: Sequence[str]) -> list[Found | None]:
        """What each mark of a list means, None for what is no number. Nothing is counted yet."""
        tried = Counting(self.base, list(self.open), self.path)
        return [tried._next(marks[at : at + 2]) for at in range(len(marks))]

    def insisted(self, marks: Sequence[str]) -> list[Found]:
        """What the marks of a list that stands within something mean, whatever they follow."""
        level = self.open[-1].level + 1 if self.open else self.base
        meant = [(readings(mark) or [Reading("1.", 1)])[0] for mark in marks]
        found = [Found(level, one.style, one.number, goes_on=False) for one in meant]
        planned = self.plan(marks)
        return [one or other for one, other in zip(planned, found, strict=True)]

    def count(self, found: Found) -> None:
        """Go on from here."""
        while self.open and self.open[-1].level >= found.level:
            self.open.pop()
        self.open.append(found)
        if "1" in found.style:
            above = (*self.path, *[1] * found.level)[: found.level - 1]
            self.path = (*above, found.number)

    def heading(self, mark: str, level: int) -> Found | None:
        """What the mark of a heading means, which begins a count at the level of the heading."""
        meant = readings(mark)
        found = self._by_path(meant) or self._goes_on(meant, [])
        first = [one for one in meant if one.number == 1]
        if not found and first:
            found = Found(level, first[0].style, 1, goes_on=False)
        return found._replace(titled=True) if found else None

    def below(self, level: int) -> "Counting":
        """The counts within an item of that level."""
        return Counting(level + 1, [], self.path)

    def _next(self, marks: Sequence[str]) -> Found | None:
        following = readings(marks[1]) if len(marks) > 1 else []
        meant = readings(marks[0])
        found = self._by_path(meant) or self._goes_on(meant, following)
        found = found or self._begins(meant, following)
        if found:
            self.count(found)
        return found

    def _by_path(self, meant: Sequence[Reading]) -> Found | None:
        """A path says its level itself; it has to lead on from where the count stands."""
        path = meant[0].path if meant else ()
        if not path:
            return None
        level = len(path)
        known = (*self.path[:level], *[0] * (level - len(self.path)))
        leads = path[:-1] == known[:-1] and path[-1] > known[-1]
        if not leads and not (not self.path and set(path) == {1}):
            return None
        return Found(level, PATH, path[-1], goes_on=True)

    def _goes_on(self, meant: Sequence[Reading], following: Sequence[Reading]) -> Found | None:
        for last in reversed(self.open):
            for one in meant:
                if (one.style, one.number) != (last.style, last.number + 1):
                    continue
                if not _misread(one, meant, following):
                    return last._replace(number=one.number, goes_on=True, titled=False)
        return None

    def _begins(self, meant: Sequence[Reading], following: Sequence[Reading]) -> Found | None:
        led = [one for one in meant if (one.style, one.number + 1) in _heads(following)]
        first = [one for one in meant if one.number == 1 and not _needs_a_second(one)]
        digits = [one for one in meant if "1" in one.style and not one.path]
        for one in (*(one for one in led if one.number == 1), *first, *led, *digits):
            return Found(self._level(one), one.style, one.number, goes_on=False)
        return None

    def _level(self, one: Reading) -> int:
        """Small numbers begin below the last one, great ones below the last heading."""
        above = [last.level for last in self.open if last.titled or is_small(one.style)]
        return max([self.base, *(level + 1 for level in above)])


def is_small(style: str) -> bool:
    """Whether it counts within what stands above it: a. i. (1) (A); others count throughout."""
    return "(" in style or style[:1] in "ai"


def _needs_a_second(one: Reading) -> bool:
    """A capital alone may be somebody's name: A. Hansen."""
    return one.style[0] in "AI" and len(one.style) <= len("A.")


def _misread(one: Reading, meant: Sequence[Reading], following: Sequence[Reading]) -> bool:
    """Whether what comes next says that the mark begins a Roman count: i. before ii."""
    others = [other for other in meant if other.style != one.style and other.number == 1]
    heads = _heads(following)
    return (one.style, one.number + 1) not in heads and any(
        (other.style, 2) in heads for other in others
    )


def _heads(found: Sequence[Reading]) -> set[tuple[str, int]]:
    return {(one.style, one.number) for one in found}
