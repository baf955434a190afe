"""S-20 to S-22: what Wagtail and the site bring along opens nothing of ours to whoever may not.

Every address that the resolver knows has a row, here or in the list of ours.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection

from tests import tables
from tests.security.walk import addresses, bodies, doors, fills
from tests.security.walk.visitors import Answer, Visitor
from tests.security.walk.world import undone

pytestmark = pytest.mark.django_db
FOREIGN = ("anonymous", "stranger", "elsewhere", "webmaster", "outsider")
# On PostgreSQL goes who comes to as many questions as all of them; see test_s20_walk.py.
GOING = FOREIGN if connection.vendor == "sqlite" else ("elsewhere",)
LAST = "wagtailadmin_logout"
FLOOR = 2300
Step = tuple[doors.Other, str]


def goes(role: str, door: doors.Other, method: str) -> bool:
    """Everybody looks; those post who hold nothing that Wagtail would let them do elsewhere."""
    if role in ("anonymous", "stranger", "elsewhere"):
        return True
    if role == "author":
        return door.names_ours
    return method == "GET" or (role == "superuser" and door.names_ours)


def steps(role: str) -> Iterator[Step]:
    """Where somebody of this role goes; out at the end."""
    rows = sorted(doors.others().values(), key=lambda door: (door.key == LAST, door.key))
    for door in rows:
        for method in ("GET", "POST"):
            if goes(role, door, method):
                yield door, method


def go(visitor: Visitor, step: Step) -> Answer:
    door, method = step
    world = visitor.world
    url = addresses.every()[door.key].filled(fills.of(world, door.key))
    body = bodies.body(door.key, world) if method == "POST" else None
    return visitor.ask(method, url, body)


def wrong(visitor: Visitor, step: Step, answer: Answer) -> str:
    """What is not as it should be with an answer; empty for nothing."""
    door, method = step
    expected = door.expected(visitor.role, method)
    if answer.status != expected:
        return f"{answer.status}, not {expected} {answer.crash}"
    return "" if visitor.unknown(answer) else "shows a word of the other workspace"


def test_every_address_has_a_row_and_every_row_an_address():
    rows = set(doors.ours()) | set(doors.others())
    found = set(addresses.every())
    assert (sorted(found - rows), sorted(rows - found)) == ([], [])
    assert len(found) > 300


def test_where_nobody_succeeds_the_row_says_why():
    shut = [door for door in doors.others().values() if min(door.answers) >= 400]
    assert [door.key for door in shut if not door.reason] == []


@pytest.mark.parametrize("role", GOING)
def test_whoever_may_not_is_answered_so_sees_no_word_and_writes_nothing(visitors, role):
    visitor = visitors[role]
    with undone():
        before = tables.digests()
        found = {step: wrong(visitor, step, go(visitor, step)) for step in steps(role)}
        after = tables.digests()
    written = [name for name in after if after[name] != before[name] and name not in LOGS]
    bad = [f"{method} {door.key}: {said}" for (door, method), said in found.items() if said]
    assert (written, "\n".join(bad)) == ([], "")


# What they make of their own: copies of their own rows are no business of the marked workspace.
LOGS = ("wagtailcore_modellogentry",)


@pytest.mark.parametrize("role", ["author", "superuser"])
def test_whoever_may_succeeds(visitors, role):
    visitor, bad, seen = visitors[role], [], set()
    for step in steps(role):
        with undone():
            answer = go(visitor, step)
        if said := wrong(visitor, step, answer):
            bad.append(f"{role} {step[1]} {step[0].key}: {said}")
        if answer.marked:
            seen.add(step[0].key)
    missing = [
        door.key
        for door in doors.others().values()
        if door.names_ours and visitor.role == "superuser" and door.key not in seen
    ]
    assert ("\n".join(bad), missing) == ("", [])


def test_the_walk_is_long():
    assert sum(len(list(steps(role))) for role in (*FOREIGN, "author", "superuser")) > FLOOR
