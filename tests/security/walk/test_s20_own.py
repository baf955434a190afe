"""S-20: a right over one's own contracts opens those, and nothing of a colleague's, at any door.

Lists, choosers, reports, files and bulk actions are found by themselves: a new one falls under it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse
from wagtail.admin.views.bulk_action.registry import bulk_action_registry

from tests import builders, tables
from tests.security.walk import addresses, bodies, doors, fills, reaches
from tests.security.walk.visitors import Answer, Visitor
from tests.security.walk.world import World, undone
from wagtail_contracts.contracts.models import Contract, GroupWorkspacePermission
from wagtail_contracts.contracts.models.guards import unguarded

pytestmark = pytest.mark.django_db
ROWS = list(reaches.rows())
MINE = "negotiating"
LISTS = ("wagtail_contracts_contract:list", "wagtail_contracts_contract:list_results")
FLOOR, DOORS, ACTIONS = 80, 200, 1


def somebody(world: World, name: str, **held: str) -> Visitor:
    """A member of staff who holds verbs in the marked workspace, over all or over their own."""
    user = builders.staff(name)
    for verb, reach in held.items():
        GroupWorkspacePermission.objects.create(
            group=user.groups.get(), workspace=world.workspace, verb=verb, own=reach == "own"
        )
    world.people[name] = user
    return Visitor(name, world)


def half(world: World, verb: str) -> Visitor:
    """Views all, and holds the verb over their own, where that is less."""
    less = {} if verb in ("view", *reaches.WHOLE) else {verb: "own"}
    return somebody(world, f"half {verb}", view="all", **less)


def only(world: World, verb: str) -> Visitor:
    """Views their own, and holds the verb over them."""
    reach = "all" if verb in reaches.WHOLE else "own"
    return somebody(
        world, f"own {verb}", **{"view": "own", verb: "own" if verb == "view" else reach}
    )


def give(world: World, state: str, user: Any) -> None:
    """Make somebody the owner of the contract in this state."""
    with unguarded():
        Contract.objects.filter(pk=world.contracts[state].pk).update(owner=user)


def ask(visitor: Visitor, row: reaches.Row) -> Answer:
    world, key = visitor.world, row.door.key
    url = addresses.every()[key].filled(fills.of(world, key, row.state)) + bodies.query(key, world)
    body = bodies.body(key, world, row.state) if row.method == "POST" else None
    return visitor.ask(row.method, url, body)


def test_there_are_rows_for_every_verb_about_contracts():
    assert len(ROWS) > FLOOR
    assert {row.verb for row in ROWS} >= {"view", "edit", "send", "unlock", "approve", "create"}


@pytest.mark.parametrize("verb", sorted({row.verb for row in ROWS}))
def test_a_right_over_ones_own_opens_ones_own_alone(world, verb):
    """First a colleague's contracts, where nothing is shown and nothing written; then one's own."""
    mine, bad = [row for row in ROWS if row.verb == verb], []
    with undone():
        own, seeing = only(world, verb), half(world, verb)
        before = tables.digests()
        for row in mine:
            answer = ask(own, row)
            if (answer.status, answer.marked) != (row.theirs, False):
                bad.append(f"{row.door.key} {row.method} of a colleague: {answer.status}")
            if row.seen and ask(seeing, row).status != row.seen:
                bad.append(f"{row.door.key} {row.method}: not over those that one sees alone")
        assert tables.digests() == before
        for row in mine:
            with undone():
                give(world, row.state, world.people[f"own {verb}"])
                if (answer := ask(own, row)).status != row.mine:
                    bad.append(
                        f"{row.door.key} {row.method} of one's own: {answer.status} {answer.crash}"
                    )
    assert "\n".join(bad) == ""


def others(world: World, mine: str) -> list[str]:
    """What names the contracts of others: titles, and numbers that are not the beginning of one."""
    found = [contract for state, contract in world.contracts.items() if state != mine]
    return [word for one in found for word in (re.escape(one.title), rf"{one.number}\b")]


def everything(world: World) -> Visitor:
    """Holds every verb over their own contracts, and owns one."""
    held = dict.fromkeys(reaches.VERBS, "own") | dict.fromkeys(reaches.WHOLE, "all")
    made = somebody(world, "own all", **held)
    give(world, MINE, world.people["own all"])
    return made


def looks(world: World) -> Iterator[tuple[str, str]]:
    """Every address that names no contract of the walk: ours, and what Wagtail brings along."""
    about = {key for key, door in doors.ours().items() if door.kind in doors.STATEFUL}
    for key, address in addresses.every().items():
        if key not in about and key != "wagtailadmin_logout":
            yield key, address.filled(fills.of(world, key, MINE)) + bodies.query(key, world)


def test_no_list_report_search_or_file_tells_of_a_colleague_s_contract(world):
    told, done = {}, 0
    with undone():
        visitor, foreign = everything(world), re.compile("|".join(others(world, MINE)), re.I)
        for key, url in looks(world):
            with undone():
                answer = visitor.ask("GET", url)
            done += 1
            told[key] = answer
    assert [key for key, answer in told.items() if foreign.search(answer.words)] == []
    assert [
        key for key in LISTS if world.contracts[MINE].title.lower() not in told[key].words
    ] == []
    assert done > DOORS


def test_no_bulk_action_reaches_a_colleague_s_contract(world):
    """Both are asked for at once, and one of them is one's own."""
    done, bad = 0, []
    with undone():
        visitor, foreign = everything(world), re.compile("|".join(others(world, MINE)), re.I)
        both = [world.contracts[state].pk for state in (MINE, "draft", "signed")]
        for action in bulk_action_registry.get_bulk_actions_for_model(
            "wagtail_contracts", "contract"
        ):
            url = reverse(
                "wagtail_bulk_action", args=("wagtail_contracts", "contract", action.action_type)
            )
            query = "&".join(f"id={pk}" for pk in both)
            for method in ("GET", "POST"):
                with undone():
                    theirs = rows_of(both[1:])
                    answer = visitor.ask(method, f"{url}?{query}", {} if method == "POST" else None)
                    if foreign.search(answer.words) or rows_of(both[1:]) != theirs:
                        bad.append(f"{method} {action.action_type}")
            done += 1
    assert bad == []
    assert done >= ACTIONS


def rows_of(ids: list[int]) -> list[Any]:
    """Contracts as they are stored, with what lies beside them."""
    return list(Contract.objects.filter(pk__in=ids).order_by("pk").values_list())
