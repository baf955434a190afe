"""Who takes part, the right person, and what is confidential."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.pictures.states.saying import SAID
from tests.pictures.states.stage import Stage
from tests.pictures.states.table import State
from wagtail_contracts.contracts import flows as contracts

ANNE = "Anne Elisabeth Haugen-Kristoffersen"


def forward(stage: Stage, page: Page) -> None:
    """To the right person."""
    stage.enter(page, stage.sent(), "forward")


def nobody(stage: Stage, page: Page) -> None:
    """Nobody was named."""
    forward(stage, page)
    page.get_by_role("button", name="Forward the contract").click()
    page.locator(".wc-error").first.wait_for()


def forwarded(stage: Stage, page: Page) -> None:
    """Somebody else signs."""
    forward(stage, page)
    page.locator("[name=todo][value=sign]").check(force=True)
    page.locator("[name=name]").fill(ANNE)
    page.locator("[name=email]").fill("anne.haugen@kunde.example")
    page.get_by_role("button", name="Forward the contract").click()
    page.wait_for_load_state()


def people(stage: Stage, page: Page) -> None:
    """Everybody with access."""
    stage.enter(page, stage.sent(), "people")


def identify(stage: Stage, page: Page) -> None:
    """Who one is, before the text is shown."""
    at = stage.sent()
    contracts.keep_close(at.contract, "identify", by=at.owner)
    stage.enter(page, at)


def confidential(stage: Stage, page: Page) -> None:
    """The text, once that is shown, and what can't be prevented."""
    identify(stage, page)
    page.get_by_role("button", name="Send me a code").click()
    page.locator("[name=code]").fill(stage.code())
    page.get_by_role("button", name="Read the contract").click()
    page.locator(".wc-document").wait_for()


def help_page(stage: Stage, page: Page) -> None:
    """What signers ask."""
    page.goto(f"{stage.url}/c/help/")


def helped(stage: Stage, page: Page) -> None:
    """The same, for somebody who is in."""
    stage.enter(page, stage.sent())
    page.get_by_role("link", name="Help").first.click()
    page.wait_for_load_state()


PEOPLE = (
    State(
        "forward",
        "Forward to the right person",
        "sign-forward.png",
        SAID["forward"],
        forward,
    ),
    State("forward-nobody", "Nobody was named", "", "", nobody),
    State("forwarded", "Forwarded: the other one signs", "", "", forwarded),
    State("people", "Who has access", "", "", people),
)
CONFIDENTIAL = (
    State(
        "identify",
        "Who one is, before the text",
        "sign-gate.png",
        SAID["identify"],
        identify,
    ),
    State("confidential", "A confidential contract", "", "", confidential),
)
HELP = (
    State("help", "Help, for anybody", "", "", help_page),
    State("help-inside", "Help, for somebody who is in", "", "", helped),
)
