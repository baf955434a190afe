"""At which level a numbered line stands, and what number people read there; by its own rules.

A ladder is what counts in one place of the text: each rung has the kind of its numbers, the last of
them and a level. What a line begins with either follows a rung or makes a new one below the last.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

DEEPEST = 4
ROMANS = [
    "",
    "i",
    "ii",
    "iii",
    "iv",
    "v",
    "vi",
    "vii",
    "viii",
    "ix",
    "x",
    "xi",
    "xii",
    "xiii",
    "xiv",
]
WORDED = re.compile(
    r"((?:§|Article|Artikkel|Artikel|Section|Clause|Punkt)\s)?"
    r"(\d+(?:\.\d+)*\.?|\(\w+\)|[A-Z][.):]|[IVX]+[.):]|[IVX]+(?=\s))"
    r"(?:\s+[-–—:]\s|\s+)(.+)"
)
ANNEX = re.compile(
    r"(annexe?|appendix|schedule|exhibit|attachment|vedlegg|bilag|anlage|anhang)\b", re.IGNORECASE
)


@dataclass
class Rung:
    """One count: `kind` is its first number as it looks, 1.1 for whole paths."""

    kind: str
    last: int
    level: int
    clause: bool
    heads: bool = False


def meanings(mark: str) -> list[tuple[str, int]]:
    """(kind, number) for each way to read a mark."""
    inner = mark.split(" ")[-1].strip("(.):")
    around = mark[: len(mark) - len(mark.lstrip("("))], mark[mark.rindex(inner) + len(inner) :]
    word = mark.rpartition(" ")[0]
    shape = (word + " " if word else "") + around[0] + "%s" + around[1]
    if inner.isdecimal():
        return [(shape % 1, int(inner))]
    found = []
    if inner.lower() in ROMANS:
        found.append((shape % ("i" if inner.islower() else "I"), ROMANS.index(inner.lower())))
    if len(inner) == 1:
        found.append((shape % ("a" if inner.islower() else "A"), ord(inner.lower()) - 96))
    return found


@dataclass
class Ladder:
    """The rungs of one place; `base` is the level of the first."""

    base: int = 1
    rungs: list[Rung] = field(default_factory=list)

    def follow(self, mark: str, following: str) -> Rung | None:
        """The rung that the mark goes on with, moved to it."""
        ahead = meanings(following) if following else []
        for rung in reversed(self.rungs):
            for kind, number in meanings(mark):
                if (kind, number) != (rung.kind, rung.last + 1):
                    continue
                if number != 2 and any(two == 2 and kind != other for other, two in ahead):
                    continue  # i. before ii. is no letter
                rung.last = number
                del self.rungs[self.rungs.index(rung) + 1 :]
                return rung
        return None

    def below(self, small: bool) -> int:
        """The level of a new rung: small numbers stand below the last, others below headings."""
        levels = [rung.level for rung in self.rungs if small or rung.heads]
        return max([self.base, *(level + 1 for level in levels)])

    def add(self, rung: Rung) -> Rung:
        """A new rung; those of its level and deeper ones end."""
        self.rungs = [other for other in self.rungs if other.level < rung.level]
        self.rungs.append(rung)
        return rung


@dataclass
class Item:
    """An item that is open; what is indented as far as `offset` belongs to it."""

    offset: int
    clause: bool
    ladder: Ladder


def first(mark: str, following: str) -> tuple[str, int] | None:
    """What a mark means that follows nothing; None where it is no number at all."""
    ahead = meanings(following) if following else []
    found = meanings(mark)
    led = [(kind, number) for kind, number in found if (kind, number + 1) in ahead]
    ones = [(kind, number) for kind, number in found if number == 1]
    alone = [(kind, 1) for kind, _one in ones if not re.fullmatch(r"[AI][.)]?", kind)]
    digits = [(kind, number) for kind, number in found if "1" in kind]
    return next(iter([one for one in led if one in ones] + alone + led + digits), None)


def is_small(kind: str) -> bool:
    """Whether it counts only within what it stands under."""
    return "(" in kind or kind[0] in "ai"


@dataclass
class Numbers:
    """The clauses so far: their counts by level, and whether a level prints those above it too."""

    counts: list[int] = field(default_factory=list)
    paths: list[bool] = field(default_factory=list)

    def path_of(self, mark: str) -> list[int] | None:
        """The counts of a path, if it leads on from where the count stands."""
        path = [int(part) for part in mark.strip(".").split(".")]
        known = [*self.counts[: len(path)], *[0] * (len(path) - len(self.counts))]
        leads = path[:-1] == known[:-1] and path[-1] > known[-1]
        return path if leads or (not self.counts and set(path) == {1}) else None

    def by_path(self, ladder: Ladder, mark: str, *, heads: bool) -> Rung | None:
        path = self.path_of(mark)
        if path is None:
            return None
        self.counts, self.paths = path[:-1], [True] * (len(path) - 1)
        return ladder.add(Rung("1.1", path[-1], len(path), clause=True, heads=heads))

    def printed(self, rung: Rung, mark: str) -> str:
        """Digits with points print the numbers of all levels, the rest is as it was typed."""
        level = min(rung.level, DEEPEST)
        number = rung.last
        if rung.level > DEEPEST and len(self.counts) == DEEPEST:
            number = self.counts[-1] + 1
        above = level == 1 or self.paths[level - 2 : level - 1] in ([True], [])
        path = rung.kind in ("1", "1.", "1.1") and above
        self.counts = [*[*self.counts, *[1] * level][: level - 1], number]
        self.paths = [*[*self.paths, *[path] * level][: level - 1], path]
        if path:
            return ".".join(map(str, self.counts))
        return listed(rung, mark)


def listed(rung: Rung, mark: str) -> str:
    """Markdown goes on counting whatever stands there, so the first digits alone count."""
    if mark.strip("().").isdecimal():
        return re.sub(r"\d+", str(rung.last), mark)
    return mark.rstrip(":")
