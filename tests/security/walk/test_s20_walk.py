"""S-20: every door of ours answers everybody as the permission table says, and writes only then.

Every role goes to every door by GET and POST; `REACH` says to contracts of which states. By the
other methods go the seven roles that are answered differently. Who may is decided in Python, and
so is what another method than GET and POST does: on PostgreSQL go, by these two, those who come to
every question that a door asks the database. `make test` goes to contracts that wait for
signatures, and to what is about none; `make long` to those in every other state.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pytest
from django.db import connection

from tests import tables
from tests.security.walk import addresses, bodies, doors, fills, matrix, table
from tests.security.walk.visitors import Answer, Visitor
from tests.security.walk.world import World, undone

pytestmark = pytest.mark.django_db
MATRIX = doors.HERE / "matrix.txt"
ALL, USUAL = frozenset(doors.STATES), frozenset({"draft", "signing", "signed"})
SENT = frozenset({"signing"})
NONE, ANY = frozenset({""}), ALL | {""}  # a door about no contract has no state
# The states of the contracts that a role goes to by GET and by POST.
REACH: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    **dict.fromkeys(table.ROLES, (SENT, SENT)),
    **dict.fromkeys(("view", "create", "edit", "send", "administer"), (SENT, USUAL)),
    "superuser": (USUAL, SENT),
    "elsewhere": (USUAL, ALL),
    "owner": (ALL, ALL),
    "participant": (ALL, ALL),
    "beside": (USUAL, USUAL),
    "approve": (SENT, frozenset({"in_approval", "signing"})),
}
DIFFERENT = frozenset(
    {"anonymous", "stranger", "elsewhere", "view", "owner", "superuser", "participant"}
)
EVERY_QUESTION = ("anonymous", "elsewhere", "owner", "superuser", "participant")
HERE = "security/walk/test_s20_walk.py::test_everybody_is_answered_as_the_matrix_says"
LONG = pytest.mark.long(HERE)
SQLITE = connection.vendor == "sqlite"
ROLES = table.ROLES if SQLITE else EVERY_QUESTION
# One is let in everywhere, and comes to most questions; on PostgreSQL the others go by night.
ASKING = [
    role if SQLITE or role == "superuser" else pytest.param(role, marks=LONG) for role in ROLES
]
FURTHER = [role for role in ROLES if REACH[role] != (SENT, SENT)]
LOOKS = ("sign",)  # whoever posts there was shown the text: that is recorded, whatever comes of it
READING = frozenset({"GET", "HEAD", "OPTIONS", "PATCH"})
# A look by virtue of being a superuser alone leaves a trace.
TRACES = ("audit_event", "audit_trail", "audit_disclosure")
FLOOR = 5000
OURS = ("wagtail_contracts", bodies.CHOOSER, bodies.SETS, bodies.CLAUSES)


@dataclass(frozen=True)
class Step:
    """One request, and what the matrix says of it."""

    door: doors.Door
    method: str
    state: str
    expected: int

    @property
    def name(self) -> str:
        """Of the door, without its namespace."""
        return self.door.key.rsplit(":", maxsplit=1)[-1]

    def writes(self, role: str) -> bool:
        """Whether whoever asks may write here, in this state."""
        let_in = table.refusal(role, self.door.need, self.door.kind) is None
        if not let_in or self.method in READING or self.expected == 405:
            return False
        if self.name in LOOKS:
            return True
        _need, states = table.ACTS.get(self.name, ("", frozenset({self.state})))
        return self.state in states or self.door.kind not in doors.STATEFUL


def steps(role: str, states: frozenset[str] = ANY) -> Iterator[Step]:
    """Where somebody of this role goes, to contracts of these states."""
    said = matrix.committed()
    for door in doors.ours().values():
        for state in filter(states.__contains__, door.states):
            for method in doors.METHODS:
                if goes(role, method, state):
                    yield Step(door, method, state, said[door.key, method, state, role])


def goes(role: str, method: str, state: str) -> bool:
    """Whether this role goes there: not all of the tens of thousands of ways teach something."""
    if method in ("GET", "POST"):
        return not state or state in REACH[role][method == "POST"]
    if connection.vendor != "sqlite":  # HEAD asks what GET asks, the others nothing more
        return False
    return role in DIFFERENT and state in ("", "signing", "draft" if role == "owner" else "")


def go(visitor: Visitor, step: Step) -> Answer:
    """Ask."""
    world, key = visitor.world, step.door.key
    url = address(world, step, visitor.role)
    body = bodies.body(key, world, step.state) if step.method == "POST" else None
    return visitor.ask(step.method, url, body)


def address(world: World, step: Step, role: str) -> str:
    """The address; with a link that is none for everybody but the one who has it."""
    gaps = fills.of(world, step.door.key, step.state or "signing")
    if step.door.kind == "secret" and role != "participant":
        gaps["token"] = "A" * 43
    key = step.door.key
    return addresses.every()[key].filled(gaps) + bodies.query(key, world)


def wrong(visitor: Visitor, step: Step, answer: Answer) -> str:
    """What is not as it should be with an answer; empty for nothing."""
    refused = table.refusal(visitor.role, step.door.need, step.door.kind) is not None
    if answer.status != step.expected:
        return f"{answer.status}, not {step.expected} {answer.crash}"
    if (refused and answer.marked) or not visitor.unknown(answer):
        return "shows a word of the other workspace"
    return ""


def changed(before: dict[str, str], but: tuple[str, ...]) -> list[str]:
    """The tables that are not as they were."""
    after = tables.digests()
    return [name for name in after if after[name] != before[name] and not name.endswith(but)]


def test_the_matrix_is_the_one_that_follows_from_the_table():
    assert MATRIX.read_text() == matrix.text()


def test_every_door_of_ours_has_a_row_and_every_row_a_door():
    named = {key for key in addresses.every() if key.startswith(OURS)}
    assert set(doors.ours()) == named


@pytest.mark.parametrize("role", ASKING)
def test_everybody_is_answered_as_the_matrix_says(visitors, role):
    assert wrong_answers(visitors[role], steps(role, SENT | NONE)) == ([], "")


@LONG
@pytest.mark.parametrize("role", FURTHER)
def test_so_is_everybody_about_contracts_in_every_other_state(visitors, role):
    assert wrong_answers(visitors[role], steps(role, ALL - SENT)) == ([], "")


def wrong_answers(visitor: Visitor, ways: Iterable[Step]) -> tuple[list[str], str]:
    """The tables that were written to where nobody may, and every answer that is wrong."""
    role, found, todo = visitor.role, {}, list(ways)
    silent = [step for step in todo if not step.writes(role)]
    with undone():
        before = tables.digests()
        for step in silent:
            found[step] = wrong(visitor, step, go(visitor, step))
        written = changed(before, TRACES if role == "superuser" else ())
    for step in todo:
        if step.writes(role):
            with undone():
                found[step] = wrong(visitor, step, go(visitor, step))
    bad = [f"{s.method} {s.door.key} {s.state}: {said}" for s, said in found.items() if said]
    return written, "\n".join(bad)


def test_the_walk_is_long():
    assert sum(len(list(steps(role))) for role in table.ROLES) > FLOOR
