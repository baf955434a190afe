"""Two people wrote from one beginning: what both meant, and where somebody must choose.

A state is plain data by name: a value, a mapping of values, or a list of entries (blocks of a
stream or rows of a table, known by "id" or "pk"). A list of entries inside an entry is merged
likewise, so that two clauses added to one open area are no conflict.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from wagtail_contracts.contracts.core import richtext

MINE, THEIRS = "mine", "theirs"
ORDER = "order"
ITEM = "item"  # of a list inside a block: a part of the block, and no entry of its own
BLOCK_KEY = re.compile(r' data-block-key="[^"]*"')
State = Mapping[str, Any]
Path = tuple[str, ...]
Entry = Mapping[str, Any]


class _Missing:
    """No value under this name; None is a value."""

    def __bool__(self) -> bool:
        return False

    def __repr__(self) -> str:
        return "MISSING"


MISSING: Any = _Missing()


@dataclass(frozen=True)
class Conflict:
    """What both changed, each in another way.

    `path` leads to it by names and ids; one that ends with ORDER is about the order of a list, and
    its sides are lists of ids. An entry that a side removed is MISSING there.
    """

    path: Path
    base: Any
    mine: Any
    theirs: Any

    @property
    def place(self) -> str:
        """The path in one word."""
        return "/".join(self.path)

    @property
    def key(self) -> str:
        """What a choice names: the place and both wordings, so that it holds for no others."""
        sides = sorted(json.dumps(side, sort_keys=True, default=repr) for side in self.sides)
        return f"{self.place}@{_digest(sides)}"

    @property
    def sides(self) -> tuple[Any, Any]:
        """What the two made of it."""
        return self.mine, self.theirs


@dataclass
class Merge:
    """The merged state; where a choice is missing it has theirs.

    `mine` and `theirs` are the paths of what one side alone changed.
    """

    state: dict[str, Any] = field(default_factory=dict)
    conflicts: list[Conflict] = field(default_factory=list)
    mine: list[Path] = field(default_factory=list)
    theirs: list[Path] = field(default_factory=list)


def merge(
    base: State, mine: State, theirs: State, choices: Mapping[str, str] | None = None
) -> Merge:
    """Put together what both made of `base`; `choices` says MINE or THEIRS by a conflict's key."""
    made = Merge()
    merger = _Merger(made, choices or {})
    for name in _together(base, mine, theirs):
        sides = [state.get(name, MISSING) for state in (base, mine, theirs)]
        found = merger.part((name,), *sides)
        if found is not MISSING:
            made.state[name] = found
    return made


def same(one: Any, other: Any) -> bool:
    """Whether two stored values say the same, however an editor wrote them down.

    A part that an older form of a block had not yet is the same as an empty one.
    """
    if one is MISSING or other is MISSING:
        return not (one or other)
    if isinstance(one, str) and isinstance(other, str):
        return one == other or ("<" in one + other and _written(one) == _written(other))
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        names = set(one) | set(other)
        if one.get("type") == ITEM:
            names.discard("id")  # an editor gives a new one to an item that had none
        return all(same(one.get(name, MISSING), other.get(name, MISSING)) for name in names)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return bool(one == other)


class _Merger:
    """Merges part after part into one Merge."""

    def __init__(self, made: Merge, choices: Mapping[str, str]) -> None:
        self.made, self.choices = made, choices

    def part(self, path: Path, base: Any, mine: Any, theirs: Any) -> Any:
        """One part of a state."""
        sides = (base, mine, theirs)
        if all(_is_entries(side) for side in sides) and any(sides):
            return self.entries(path, base, mine, theirs)
        if all(isinstance(side, Mapping) for side in sides):
            found = {
                name: self.value((*path, name), *(side.get(name, MISSING) for side in sides))
                for name in _together(*sides)
            }
            return {name: value for name, value in found.items() if value is not MISSING}
        return self.value(path, base, mine, theirs)

    def value(self, path: Path, base: Any, mine: Any, theirs: Any) -> Any:
        """What can't be taken apart."""
        if same(theirs, base):
            if not same(mine, base):
                self.made.mine.append(path)
            return mine
        if same(mine, base):
            self.made.theirs.append(path)
            return theirs
        return theirs if same(mine, theirs) else self.choice(path, base, mine, theirs)

    def choice(self, path: Path, base: Any, mine: Any, theirs: Any) -> Any:
        """What was chosen; theirs, and a conflict, as long as nobody chose."""
        conflict = Conflict(path, base, mine, theirs)
        chosen = self.choices.get(conflict.key)
        if chosen not in (MINE, THEIRS):
            self.made.conflicts.append(conflict)
        return mine if chosen == MINE else theirs

    def entries(
        self, path: Path, base: Sequence[Entry], mine: Sequence[Entry], theirs: Sequence[Entry]
    ) -> list[Any]:
        """A list of entries: each by its id, then their order."""
        sides = [_by_id(side) for side in (base, mine, theirs)]
        found = {
            id: self.entry((*path, id), *(side.get(id, MISSING) for side in sides))
            for id in _together(*sides)
        }
        kept = {id for id, entry in found.items() if entry is not MISSING}
        order = self.order(path, *([id for id in side if id in kept] for side in sides))
        return [found[id] for id in order]

    def entry(self, path: Path, base: Any, mine: Any, theirs: Any) -> Any:
        """One entry; what is nested in it is merged for itself where all three have it."""
        sides = (base, mine, theirs)
        nests = [_nests(side) for side in sides]
        if MISSING in sides or not (set(nests[0]) == set(nests[1]) == set(nests[2])):
            return self.value(path, base, mine, theirs)
        own = self.value(path, *map(_emptied, sides))
        for place in nests[0]:
            inner = self.entries((*path, ".".join(place)), *(nest[place] for nest in nests))
            own = _filled(own, place, inner)
        return own

    def order(
        self, path: Path, base: Sequence[str], mine: Sequence[str], theirs: Sequence[str]
    ) -> list[str]:
        """The order that one of them changed, with what the other one added at its place."""
        common = set(base) & set(mine) & set(theirs)
        was, ours, stored = ([id for id in side if id in common] for side in (base, mine, theirs))
        if ours in (was, stored):
            return _woven(theirs, mine)
        if stored == was:
            return _woven(mine, theirs)
        chosen = self.choice((*path, ORDER), list(base), list(mine), list(theirs))
        return _woven(mine, theirs) if chosen == mine else _woven(theirs, mine)


def _woven(main: Sequence[str], other: Sequence[str]) -> list[str]:
    """`main`, and what only `other` has after what it follows there.

    Where both added at one place the lower id comes first, so that it is the same for both.
    """
    woven, known, others = list(main), set(main), set(other)
    for before, group in _groups(other, known):
        place = woven.index(before) + 1 if before else 0
        end = place
        while end < len(woven) and woven[end] not in others:
            end += 1
        if end > place and woven[place] < group[0]:
            place = end
        woven[place:place] = group
    return woven


def _groups(ids: Iterable[str], known: set[str]) -> list[tuple[str, list[str]]]:
    """Runs of ids that are not known, each with the known one that stands before it."""
    groups: list[tuple[str, list[str]]] = []
    before, inside = "", False
    for id in ids:
        if id in known:
            before, inside = id, False
        elif inside:
            groups[-1][1].append(id)
        else:
            groups.append((before, [id]))
            inside = True
    return groups


# -- entries ------------------------------------------------------------------------------------


def _is_entries(part: Any) -> bool:
    return isinstance(part, list) and all(
        isinstance(one, Mapping) and ("id" in one or "pk" in one) and one.get("type") != ITEM
        for one in part
    )


def _by_id(entries: Sequence[Entry]) -> dict[str, Entry]:
    """By id; a row that has none yet is known by what it says."""
    found: dict[str, Entry] = {}
    times: Counter[str] = Counter()
    for entry in entries:
        id = entry.get("id") or entry.get("pk")
        if id is None:
            said = _digest(entry)
            times[said] += 1
            id = f"new-{said}-{times[said]}"
        found[str(id)] = entry
    return found


def _nests(entry: Any) -> dict[Path, list[Any]]:
    """Lists of entries in an entry, by the names that lead there."""
    if entry is MISSING:
        return {}
    found: dict[Path, list[Any]] = {
        (name,): part for name, part in entry.items() if _is_entries(part)
    }
    if isinstance(value := entry.get("value"), Mapping):
        found |= {("value", name): part for name, part in value.items() if _is_entries(part)}
    return found


def _emptied(entry: Entry) -> Entry:
    emptied = entry
    for place in _nests(entry):
        emptied = _filled(emptied, place, [])
    return emptied


def _filled(entry: Entry, place: Path, part: list[Any]) -> dict[str, Any]:
    name, *rest = place
    return {**entry, name: _filled(entry[name], tuple(rest), part) if rest else part}


def _together(*parts: Iterable[str]) -> list[str]:
    """Each name once, in the order of the first that has it."""
    return list(dict.fromkeys(name for part in parts for name in part))


def _digest(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:16]


def _written(text: str) -> Any:
    """Rich text as it reads; what is none without the keys that an editor adds."""
    try:
        return richtext.rich(text)
    except richtext.Unreadable:
        return BLOCK_KEY.sub("", text)
