"""A sender makes, edits, sends, revises and signs contracts in the admin."""

from __future__ import annotations

import re
from collections.abc import Mapping

from playwright.sync_api import Locator, Page, expect

from tests.browser import authoring as do
from tests.browser.site import Site, until
from tests.browser.visiting import shot


def make_contract(
    page: Page, template: str, title: str, theirs: Mapping[str, str], values: Mapping[str, str]
) -> None:
    """New contract, template, parties and fields; the draft is open in the editor then.

    `theirs` says who the other party is: its label, its name, and a person.
    """
    do.log_in(page, "ola")
    page.get_by_role("link", name="Contracts", exact=True).click()
    page.get_by_role("link", name="New contract").click()
    page.get_by_role("button", name=re.compile(rf"^{re.escape(template)}")).click()
    party = page.get_by_role("region", name=theirs["party"], exact=True)
    party.get_by_label("Name").first.fill(theirs["name"])
    person = party.get_by_role("group", name="Person 1")
    for label in ("Name", "E-mail", "Capacity"):
        person.get_by_label(label).fill(theirs[f"person: {label}"])
    person.get_by_label("Language of the messages").select_option(label="English")
    page.locator("main").get_by_role("button", name="Go on to details").last.click()
    page.get_by_role("textbox", name="Title").fill(title)
    for label, value in values.items():
        page.get_by_label(label).fill(value)
    shot(page, "new-contract", full_page=True)
    page.get_by_role("button", name="Keep as draft").click()
    expect(page.get_by_text("Nobody outside has seen it.")).to_be_visible()
    page.get_by_role("link", name="Edit the draft").click()
    do.settle(page)


def entry(page: Page, name: str) -> Locator:
    """A block of the contract's text in the locked editor."""
    heading = page.get_by_role("heading", name=name)
    return page.locator(".wc-locked__entry").filter(has=heading).first


def saved(page: Page, words: str) -> None:
    """Wait until autosave has stored what was typed, of which these words are the last."""
    until(lambda: words in page.request.get(page.url).text(), f"“{words}”", 90)
    expect(page.get_by_text("Saved", exact=True)).to_be_visible()


def send(page: Page, site: Site) -> None:
    """Send…, a code, the stored text, and the button."""
    page.get_by_role("link", name="Send…").click()
    page.get_by_label("Code").fill(site.one_time_code())
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", name="This is what will be sent")).to_be_visible()
    shot(page, "send", full_page=True)
    page.get_by_role("button", name="Send to").click()
    expect(page.get_by_text("The contract was sent.")).to_be_visible()


def sign_for_us(page: Page, site: Site, title: str) -> None:
    """From the list to the overview, which says whose turn it is, to the signature."""
    page.get_by_role("link", name="Contracts", exact=True).click()
    page.get_by_role("link", name=title).first.click()
    expect(page.get_by_text("It is your turn to sign for us.")).to_be_visible()
    shot(page, "overview", full_page=True)
    page.get_by_label("Next step").get_by_role("link", name="Sign for us…").click()
    page.get_by_label("Code").fill(site.one_time_code())
    page.get_by_role("button", name="I agree – sign version").click()
    expect(page.get_by_text("You have signed.")).to_be_visible()
