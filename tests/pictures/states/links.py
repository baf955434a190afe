"""The landing page, and links that open nothing."""

from __future__ import annotations

from unittest.mock import patch

from playwright.sync_api import Page

from tests.pictures.states.stage import Stage
from tests.pictures.states.table import State
from tests.public import visits
from wagtail_contracts.signing.models import Invitation
from wagtail_contracts.signing.public import verifying


def landing(stage: Stage, page: Page) -> None:
    """The link from the mail."""
    page.goto(f"{stage.url}{visits.landing(stage.sent().kari)}")


def unknown(stage: Stage, page: Page) -> None:
    """A link that never was, or was replaced."""
    page.goto(f"{stage.url}/c/{'x' * 43}/")


def over(stage: Stage, page: Page) -> None:
    """A link that is too old."""
    at = stage.sent()
    link = visits.landing(at.kari)
    Invitation.objects.filter(participant=at.kari).update(expires_at="2026-01-01T00:00:00Z")
    page.goto(f"{stage.url}{link}")


def asked(stage: Stage, page: Page) -> None:
    """Another one is on its way."""
    over(stage, page)
    page.get_by_role("button", name="Send me a new link").click()
    page.wait_for_load_state()


def too_often(stage: Stage, page: Page) -> None:
    """More than is allowed in an hour."""
    at = stage.sent()
    link = f"{stage.url}{visits.landing(at.kari)}"
    for _time in range(31):
        page.goto(link)
        page.locator("main form button").click()
        page.wait_for_load_state()


def lost(stage: Stage, page: Page) -> None:
    """The general help, with an address that is none."""
    page.goto(f"{stage.url}/c/help/#lost")
    page.get_by_label("Your e-mail address").fill("kari@")
    page.get_by_role("button", name="Send me a new link").click()
    page.locator("#email-error").wait_for()


def broken(stage: Stage, page: Page) -> None:
    """Our own fault."""
    with patch.object(verifying.Verify, "get", side_effect=RuntimeError("on purpose")):
        page.goto(f"{stage.url}/verify/")


STATES = (
    State("link", "The link from the mail", "", "", landing),
    State("link-unknown", "A link that opens nothing", "", "", unknown),
    State("link-over", "A link that is too old", "", "", over),
    State("link-asked", "A new link is on its way", "", "", asked),
    State("link-too-often", "Too many attempts", "", "", too_often),
    State("help-lost", "A lost link, with an address that is none", "", "", lost, at="#lost"),
    State("broken", "Something broke", "", "", broken),
)
