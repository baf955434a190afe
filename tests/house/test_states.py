"""Every state of the outsiders' pages and mails has its pictures, beside its draft, and words."""

import re

from tests.pictures.photographer import FOLDER
from tests.pictures.states import page, table
from tests.pictures.states.designed import SCREENS
from tests.pictures.states.taking import LOOKS, PLACE

STATES = {state.name: state for state in table.every()}
DESIGNED = [row for rows in SCREENS.values() for row in rows]


def test_no_state_that_was_designed_is_missing():
    named = [name for row in DESIGNED for name in row.pictures.split()]
    assert len(STATES) == len([*table.every()])
    assert set(named) == set(STATES)
    assert (len(SCREENS), len(DESIGNED) > 70) == (10, True)


def test_a_designed_state_without_a_picture_says_what_it_waits_for():
    assert [row.state for row in DESIGNED if bool(row.pictures) == bool(row.later)] == []
    assert len([row for row in DESIGNED if row.later]) == 7


def test_each_has_its_pictures_and_each_picture_its_state():
    expected = {f"{name}-{look}.png" for name in STATES for look in LOOKS}
    assert {path.name for path in PLACE.glob("*.png")} == expected


def test_each_draft_is_there_and_is_shown_beside_one():
    named = {state.mock for state in STATES.values() if state.mock}
    assert named == {path.name for path in (FOLDER / "mocks").glob("*.png")}


def test_the_page_is_what_the_table_says():
    assert page.PAGE.read_text() == page.written()


def test_each_says_what_is_otherwise_than_in_its_draft():
    said = re.findall(r"^### .+\n\n(.+)\n\n!\[", page.PAGE.read_text(), re.MULTILINE)
    assert len(said) == len(STATES)
