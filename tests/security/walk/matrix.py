"""Prints the matrix: `python -m tests.security.walk.matrix > tests/security/walk/matrix.txt`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from tests.security.walk import doors, table

HEAD = "# door / method / states, and the status for each role; made by tests.security.walk.matrix"


def cases() -> Iterator[tuple[str, str, str, list[str]]]:
    """(door, method, states, statuses by role); states with the same answers share a line."""
    for door in doors.ours().values():
        for method in doors.METHODS:
            found: dict[tuple[str, ...], list[str]] = {}
            for state in door.states:
                statuses = tuple(str(door.expected(r, method, state)) for r in table.ROLES)
                found.setdefault(statuses, []).append(state)
            for statuses, states in found.items():
                yield door.key, method, "+".join(states) or "-", list(statuses)


def text() -> str:
    """The whole matrix."""
    width = max(len(door) for door, *_ in cases())
    named = max(len(states) for _, _, states, _ in cases())
    lines = [HEAD, _line("door", "method", "states", list(table.ROLES), width, named)]
    lines += [_line(*case, width, named) for case in cases()]
    return "\n".join(lines) + "\n"


def _line(door: str, method: str, states: str, cells: list[str], width: int, named: int) -> str:
    columns = [cell.ljust(len(role)) for cell, role in zip(cells, table.ROLES, strict=True)]
    return f"{door:{width}}  {method:7}  {states:{named}}  {' '.join(columns)}".rstrip()


@cache
def committed() -> dict[tuple[str, str, str, str], int]:
    """What `matrix.txt` says, by door, method, state and role."""
    head, *lines = doors.rows("matrix.txt")
    found = {}
    for door, method, states, *cells in lines:
        for state in [""] if states == "-" else states.split("+"):
            for role, cell in zip(head[3:], cells, strict=True):
                found[door, method, state, role] = int(cell)
    return found


if __name__ == "__main__":
    print(text(), end="")  # noqa: T201
