"""The lists of doors: `doors.txt` has ours, `wagtail.txt` what Wagtail and the site bring along."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from tests.security.walk import table

HERE = Path(__file__).parent
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
STATES = (
    "draft",
    "in_approval",
    "approved",
    "negotiating",
    "signing",
    "signed",
    "declined",
    "expired",
    "withdrawn",
)
ANY = ("",)  # for a door that is about no contract
LATE = (
    "chosen",
    "picked",
    "template",
    "sample",
    "upload",
    "message",
    "seat",
)  # looks for the object when it answers: the method decides before
STATEFUL = ("contract", "own", "seat")


@dataclass(frozen=True)
class Door:
    """A row of `doors.txt`."""

    key: str
    kind: str
    need: str
    cells: dict[str, str] = field(hash=False)

    @property
    def states(self) -> tuple[str, ...]:
        """The states in which the object of this door can be."""
        return STATES if self.kind in STATEFUL else ANY

    def answer(self, method: str, state: str) -> int:
        """The status for whoever holds the need."""
        cell = self.cells[method]
        usual, *others = cell.split(",")
        for other in others:
            status, states = other.split("@")
            if state in states.split("+"):
                return int(status)
        return int(usual)

    def expected(self, role: str, method: str, state: str) -> int:
        """The status by role: it follows from the permission table."""
        refused, answer = table.refusal(role, self.need, self.kind), self.answer(method, state)
        if (self.kind, role, method) == ("new", "elsewhere", "POST"):
            return 200  # the form again: the marked workspace is none to choose
        if self.key.endswith(":approve") and method == "POST" and role in ("owner", "superuser"):
            return 200  # the page again: their own work, or for somebody else to decide
        if refused is None or (self.kind in LATE and refused == 404 and answer == 405):
            return answer
        if self.kind in LATE and refused == 404 and method == "OPTIONS":
            return answer
        return refused


@dataclass(frozen=True)
class Other:
    """A row of `wagtail.txt`: a door that is not ours.

    `answers` are those for whoever holds the need, `staff` and `guest` those for whoever does not;
    `but` names roles that are answered otherwise. `reason` says why nobody succeeds there.
    """

    key: str
    names_ours: bool
    need: str
    answers: tuple[int, int]
    staff: tuple[int, int]
    guest: tuple[int, int]
    but: dict[str, tuple[int, int]] = field(hash=False)
    reason: str

    def expected(self, role: str, method: str) -> int:
        """The status by role."""
        place = ("GET", "POST").index(method)
        if role in self.but:
            return self.but[role][place]
        if table.holds(role, self.need):
            return self.answers[place]
        return (self.guest if role in table.GUESTS else self.staff)[place]


@cache
def others() -> dict[str, Other]:
    """The doors of Wagtail and of the example site by key."""
    found = {}
    for line in (HERE / "wagtail.txt").read_text().splitlines()[2:]:
        cells, _, reason = line.partition(" # ")
        key, kind, need, get, post, staff, guest, but = cells.split()
        special = dict(item.split("=") for item in but.split(",") if item != "-")
        found[key] = Other(
            key,
            kind == "shows",
            need,
            (int(get), int(post)),
            _pair(staff),
            _pair(guest),
            {role: _pair(pair) for role, pair in special.items()},
            reason.strip(),
        )
    return found


def _pair(cell: str) -> tuple[int, int]:
    get, post = ("302", "302") if cell == "-" else cell.split("/")
    return int(get), int(post)


def rows(name: str) -> list[list[str]]:
    """The cells of each line that is no remark."""
    lines = (HERE / name).read_text().splitlines()
    return [line.split() for line in lines if line.strip() and not line.startswith("#")]


@cache
def ours() -> dict[str, Door]:
    """Our doors by key."""
    head, *found = rows("doors.txt")
    doors = [
        Door(row[0], row[1], row[2], dict(zip(head[3:], row[3:], strict=True))) for row in found
    ]
    return {door.key: door for door in doors}
