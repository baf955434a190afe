"""S-20: an act on many contracts does each by its own right, and knows nothing of other workspaces.

Every act, by everybody who holds its verb over all, over their own, or not at all, is asked to show
what it would do, and to do it, with a contract of another workspace beside the one in question.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from wagtail.admin.views.bulk_action.registry import bulk_action_registry

from tests import tables
from tests.admin.many import POSTS, address
from tests.security.walk import bulk
from tests.security.walk.bulk import Row
from tests.security.walk.test_s20_own import give, somebody
from tests.security.walk.visitors import Visitor
from tests.security.walk.world import World, undone

pytestmark = pytest.mark.django_db
ROWS = list(bulk.rows())
FILES = {"export": "text/csv", "zip": "application/zip"}
People = dict[str, Visitor]


def name(row: Row) -> str:
    """Of whoever does it."""
    return f"bulk {row.verb} {row.reach}"


def people(world: World) -> People:
    """By name."""
    made = {}
    for row in {name(row): row for row in ROWS}.values():
        view = "own" if row.reach == "own" else "all"
        over = {"half": "own", "view": ""}.get(row.reach, row.reach)
        made[name(row)] = somebody(
            world, name(row), view=view, **({row.verb: over} if over else {})
        )
    return made


def seen(visitor: Visitor, world: World, row: Row) -> tuple[str, Any]:
    """What the page says that the act would do with this contract."""
    page = visitor.client.get(address(row.action, world.contracts[row.state], world.their_contract))
    if page.status_code == 404:
        return bulk.HIDDEN, page
    context = page.context
    can = context["can"] if "can" in context else [one["item"] for one in context["items"]]
    return bulk.DONE if world.contracts[row.state] in can else bulk.REFUSED, page


def done(visitor: Visitor, world: World, row: Row) -> tuple[str, Any]:
    """What a post has done with it."""
    contract = world.contracts[row.state]
    body = {**POSTS, "delete": {}}[row.action] | {"owner": world.people["view"].pk}
    answer = visitor.client.post(address(row.action, contract, world.their_contract), body)
    if answer.status_code == 404:
        return bulk.HIDDEN, answer
    if kind := FILES.get(row.action):
        return bulk.DONE if answer["Content-Type"].startswith(kind) else bulk.REFUSED, answer
    if (
        row.action == "together"
    ):  # one alone is no package: the page says what it could be sent with
        can = contract in answer.context["can"]
        return bulk.DONE if can else bulk.REFUSED, answer
    if row.action == "delete":
        there = type(contract)._default_manager.filter(pk=contract.pk).exists()
        return bulk.REFUSED if there else bulk.DONE, answer
    made = answer.context.get("done", [])  # or it is the form again
    return bulk.DONE if contract in [one.contract for one in made] else bulk.REFUSED, answer


def wrong(world: World, known: People, asked: Iterable[Row]) -> Iterator[str]:
    """Rows that were answered otherwise, or with a word of the other workspace."""
    for row in asked:
        for ask in (seen, done):
            said, answer = ask(known[name(row)], world, row)
            words = b"".join(answer) if answer.streaming else answer.content
            if said != row.said or world.their_contract.number.encode() in words:
                yield f"{' '.join(row)}: {ask.__name__} {said}"


def test_no_act_on_many_reaches_further_than_its_verb(world):
    refused = [row for row in ROWS if row.said != bulk.DONE]
    with undone():
        known = people(world)
        for whose in ("colleague", "own"):
            mine = [row for row in refused if row.whose == whose]
            for verb in sorted({row.verb for row in mine}):
                with undone():
                    of_verb = [row for row in mine if row.verb == verb]
                    for row in of_verb if whose == "own" else ():
                        give(world, row.state, world.people[name(row)])
                    before = tables.digests()
                    assert list(wrong(world, known, of_verb)) == []
                    assert tables.digests() == before
    assert len(refused) > 30


def test_an_act_on_many_does_what_its_verb_opens(world):
    bad, opened = [], [row for row in ROWS if row.said == bulk.DONE]
    with undone():
        known = people(world)
        for row in opened:
            with undone():
                if row.whose == "own":
                    give(world, row.state, world.people[name(row)])
                bad += wrong(world, known, [row])
    assert bad == []
    assert len(opened) > 25


def test_every_act_on_many_has_its_rows():
    there = bulk_action_registry.get_bulk_actions_for_model("wagtail_contracts", "contract")
    assert {action.action_type for action in there} == {*bulk.ACTIONS}
