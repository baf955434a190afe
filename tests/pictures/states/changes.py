"""What changed since one last looked, or signed."""

from __future__ import annotations

from playwright.sync_api import Page

from tests import signatures
from tests.pictures.states import reading
from tests.pictures.states.stage import Stage
from tests.pictures.states.table import State


def looked(stage: Stage, page: Page) -> None:
    """The reader had looked at the version before."""
    at = stage.sent()
    stage.enter(page, at)
    reading.revise(stage, at)
    stage.open(page, at, "changes")


def beside(stage: Stage, page: Page) -> None:
    """Before and after."""
    looked(stage, page)
    page.goto(f"{page.url}?view=two")


def signed(stage: Stage, page: Page) -> None:
    """The reader had signed the version before."""
    at = stage.answered()
    signatures.sign(at.kari)
    reading.revise(stage, at)
    stage.enter(page, at, "changes")


def same(stage: Stage, page: Page) -> None:
    """Nothing has changed."""
    at = stage.sent()
    stage.enter(page, at)
    stage.open(page, at, "changes")


STATES = (
    State("changes", "You had looked", "changes-looked.png", "", looked),
    State("changes-two", "Before and after", "", "", beside),
    State("changes-signed", "You had signed", "changes-signed.png", "", signed),
    State("changes-none", "Nothing has changed", "changes-none.png", "", same),
)
