"""A counterparty, who has nothing but the mails that arrive."""

from __future__ import annotations

from collections.abc import Mapping

from playwright.sync_api import Page, expect

from tests.browser.site import Site, code, link
from tests.browser.visiting import shot


def come_in(page: Page, site: Site, address: str, about: str) -> None:
    """Follow the link of the newest mail about something, past the landing."""
    page.goto(link(site.mail(address, about)))
    shot(page, "landing")
    page.get_by_role("button", name="Open the contract").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def fill_in(page: Page, answers: Mapping[str, str]) -> None:
    """The fields where they stand in the text, then on to the review."""
    for label, value in answers.items():
        page.get_by_label(label).fill(value)
    page.keyboard.press("Tab")  # the bar of a phone makes room for its keyboard
    shot(page, "public-contract", full_page=True)
    page.get_by_role("button", name="Review and sign").first.click()
    expect(page.get_by_role("heading", name="Check before you sign")).to_be_visible()


def sign(page: Page, site: Site, address: str) -> None:
    """Ask for a code, take it from the mail, sign."""
    shot(page, "review", full_page=True)
    page.get_by_role("button", name="I agree – send me a code").click()
    page.get_by_label("Code").fill(code(site.mail(address, "is your code")))
    shot(page, "code", full_page=True)
    page.get_by_role("button", name="Sign version").click()
    expect(page.get_by_role("heading", name="You have signed")).to_be_visible()
    shot(page, "done", full_page=True)
