"""What a right over one's own contracts opens, door by door: rows that follow from the matrix.

`mine` is a contract that one owns, with no right further than that; `theirs` is a colleague's.
`seen` is a colleague's contract for whoever views them all and holds the verb over their own alone,
0 for a verb that can't be held so.
`python -m tests.security.walk.reaches` prints them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tests.security.walk import doors, matrix, table

HEAD = "# verb, door, method, state; the status for one's own contract, a colleague's, a seen one"
WHOLE = ("create",)  # opens what is done with contracts, and is never over one's own alone
VERBS = tuple(verb for verb in table.VERBS if verb not in ("administer", "templates"))
METHODS = ("GET", "POST")


class Row(NamedTuple):
    """One door, asked with one verb."""

    verb: str
    door: doors.Door
    method: str
    state: str
    mine: int
    theirs: int
    seen: int


def rows() -> Iterator[Row]:
    """Every verb with every door to a contract that it opens, by every method that counts."""
    said = matrix.committed()
    for verb in VERBS:
        for door in doors.ours().values():
            if door.kind != "contract" or verb not in door.need.split("|"):
                continue
            state = state_of(door)
            for method in METHODS:
                mine = said[door.key, method, state, "owner"]
                seen = 0 if verb in ("view", *WHOLE) else table.HOME
                yield Row(verb, door, method, state, mine, table.NOT_FOUND, seen)


def state_of(door: doors.Door) -> str:
    """A state in which the act is done, where it is one."""
    _need, states = table.ACTS.get(door.key.rsplit(":", maxsplit=1)[-1], ("", frozenset()))
    return min(states, default="signing")


def text() -> str:
    """All rows."""
    found = [(r.verb, r.door.key, r.method, r.state, r.mine, r.theirs, r.seen) for r in rows()]
    lines = [" ".join(str(cell).ljust(w) for cell, w in zip(r, WIDTHS, strict=True)) for r in found]
    return "\n".join([HEAD, *(line.rstrip() for line in lines)]) + "\n"


WIDTHS = (10, 52, 5, 12, 4, 4, 4)

if __name__ == "__main__":
    print(text(), end="")  # noqa: T201
