"""The permission table of the documentation is the one from which the matrix follows."""

from __future__ import annotations

import re
from pathlib import Path

from tests.security.walk import bodies, bulk, doors, table

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "permissions.md"
NAME = re.compile(r"`(\w+)`")


def rows(head: str) -> list[list[str]]:
    """The cells of the table below this head."""
    after = PAGE.read_text().split(f"| {head} |\n")[1].splitlines()[1:]
    found = []
    for line in after:
        if not line.startswith("|"):
            break
        found.append([cell.strip() for cell in line.strip("|").split("|")])
    return found


def needs(cell: str) -> str:
    """A right, or several, as the lists of doors write it."""
    return "|".join(NAME.findall(cell)) or "signatory"


def test_the_acts_and_their_states_are_documented():
    said = {
        NAME.findall(act)[0]: (needs(right), frozenset(states.split(", ")))
        for act, right, states in rows("act | right | while the contract is")
    }
    assert said == table.ACTS
    assert len(said) > 10


def test_what_each_address_asks_for_is_documented():
    said = {
        name: needs(right)
        for right, names in rows("right | addresses")
        for name in NAME.findall(names)
    }
    asked = {
        key.removeprefix(bodies.CONTRACT): door.need
        for key, door in doors.ours().items()
        if key.startswith(bodies.CONTRACT)
    }
    assert said == asked
    assert len(said) > 25


def test_the_rights_are_those_of_the_table():
    assert tuple(needs(right) for right, _allows in rows("right | allows")) == table.VERBS


def test_what_each_act_on_many_asks_for_is_documented():
    said = {NAME.findall(act)[0]: NAME.findall(right) for act, right in rows("act on many | right")}
    asked = {act: [verb] for act, (verb, _state) in bulk.ACTIONS.items()}
    act, verb, _state = bulk.OWNERS
    assert said == {**asked, act: [*asked[act], verb]}
