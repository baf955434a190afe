"""Every state of the outsiders' pages and mails has its pictures, beside its draft, and words."""

import re

from tests.pictures.photographer import FOLDER
from tests.pictures.states import page, table
from tests.pictures.states.taking import LOOKS, PLACE

# What was designed before anything was built; more may be shown, none of these may be missing.
DESIGNED = re.findall(
    r"\S+",
    """
    link link-unknown link-over link-asked link-too-often broken
    turn ready review news waiting not-yet signed declined expired withdrawn problem offline
    code code-wrong code-late code-spent
    review-and-sign review-missing review-stale signing done done-by-all
    changes changes-two changes-signed changes-none
    decline decline-reasonless
    verify verify-nothing verify-unchanged verify-changed verify-unsealed verify-unreadable
    mail-invitation mail-reminder mail-new-version mail-your-turn mail-code mail-sealed
    mail-declined mail-withdrawn mail-expired mail-extended mail-new-link
    talk threads ask ask-wordless ask-time suggest suggest-look suggested suggest-stale
    changes-kinds review-nameless came
    forward forward-nobody forwarded people identify confidential help help-inside help-lost
    mail-asked mail-suggested mail-forwarded mail-person-added mail-access-ended
""",
)
STATES = {state.name: state for state in table.every()}


def test_no_state_that_was_designed_is_missing():
    assert set(DESIGNED) <= set(STATES)
    assert len(DESIGNED) == len(set(DESIGNED)) > 45
    assert len(STATES) == len([*table.every()])


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
