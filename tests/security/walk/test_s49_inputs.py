"""S-49: every page takes those words that `inputs.txt` says; what is new there is typed into, too.

`tests/browser/test_planted.py` types a value into each, and looks for where it stands afterwards.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.security import planting
from tests.security.walk import addresses, bodies, doors, fills, reaches
from tests.security.walk.visitors import Visitor
from tests.security.walk.world import World, undone

pytestmark = pytest.mark.django_db
WHO = ("owner", "participant", "approve", "superuser", "author", "anonymous")


def shown(world: World) -> Iterator[tuple[str, str, str]]:
    """Every page that somebody may see: its door, its address, and who looks at it."""
    for key, door in doors.ours().items():
        usual = (reaches.state_of(door), "signing", "negotiating", *door.states)
        for state in dict.fromkeys(state for state in usual if state in door.states):
            roles = sorted(WHO, key=lambda role: role != door.need)
            who = [role for role in roles if door.expected(role, "GET", state) == 200]
            if who:
                gaps = fills.of(world, key, state or "signing")
                where = addresses.every()[key].filled(gaps) + bodies.query(key, world)
                yield key, where, who[0]
                break


def taken(visitor: Visitor, where: str) -> set[str]:
    """The inputs of a page that take what somebody types."""
    with undone():
        forms = planting.forms_of(visitor.client, where)
    names = [name for form in forms for name in form.free if planting.wanted(name)]
    return {planting.known_as(name) for name in names}


def test_each_page_takes_what_the_list_says_and_no_other_word(world: World) -> None:
    visitors = {role: Visitor(role, world) for role in WHO}
    found = {key: taken(visitors[who], where) for key, where, who in shown(world)}

    assert {key: names for key, names in found.items() if names} == planting.inputs()
