"""Who signs when: moving somebody, and what would go wrong, before anybody has signed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

Problem = tuple[str, dict[str, Any]]


@dataclass(frozen=True)
class Signatory:
    """Somebody who signs, and where in the order; the same position: in any order."""

    name: str
    position: int


@dataclass(frozen=True)
class Side:
    """A party, how many fields it fills in after sending, and all e-mail addresses by name."""

    signatories: Sequence[Signatory]
    fills: int = 0
    addresses: Sequence[tuple[str, str]] = ()


def moved(positions: Sequence[int], place: int, by: int) -> list[int]:
    """The positions once the one at `place` signs one earlier (-1) or later (1): 1, 2, 3 ….

    Where several have the same position those listed first come first.
    """
    ranks = sorted(range(len(positions)), key=lambda item: positions[item])
    now = ranks.index(place)
    ranks.insert(min(max(now + by, 0), len(ranks) - 1), ranks.pop(now))
    return [ranks.index(item) + 1 for item in range(len(positions))]


def warnings(sides: Sequence[Side]) -> list[Problem]:
    """(code, words for the sentence): signatures that would be void, addresses that are shared."""
    return [*_void(sides), *_shared(sides)]


def _void(sides: Sequence[Side]) -> Iterator[Problem]:
    """An answer makes a new version, and who has signed signs again."""
    for side in sides:
        if not side.fills or not side.signatories:
            continue
        first = min(side.signatories, key=lambda person: person.position)
        others = [person for other in sides if other is not side for person in other.signatories]
        before = [person.name for person in others if person.position < first.position]
        if before:
            yield "void", {"first": first.name, "count": side.fills, "before": before}


def _shared(sides: Sequence[Side]) -> Iterator[Problem]:
    people = [person for side in sides for person in side.addresses]
    for (one, address), (other, same) in combinations(people, 2):
        if address and address.strip().lower() == same.strip().lower():
            yield "shared", {"one": one, "other": other, "address": address.strip()}
