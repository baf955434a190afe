"""What is typed in bursts, with pauses while autosave works, is stored to the last letter."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import authoring as do
from tests.browser import sending
from tests.browser.site import until
from tests.browser.test_revision import RECIPIENT
from tests.browser.visiting import Visitor

PAUSES = [600, 800, 1000]  # around the moments at which autosave collects and sends the form
TEMPLATE = "Confidentiality agreement"


@pytest.fixture
def contract(visitor: Visitor) -> Page:
    """The editor of a draft."""
    page = visitor()
    sending.make_contract(page, TEMPLATE, "A draft", RECIPIENT, {})
    return page


def in_bursts(field: Locator, pause: int) -> str:
    """Type, pause while the form is being saved, type again and stop: what stands there then."""
    page = field.page
    field.click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" one", delay=30)
    page.wait_for_timeout(pause)
    page.keyboard.type(" two", delay=30)
    page.wait_for_timeout(400)  # rich text is handed to the form a little later
    return text_of(field)


def text_of(field: Locator) -> str:
    """What stands in an input or in rich text."""
    return str(field.evaluate("node => node.value ?? node.innerText")).strip()


def stored(page: Page, find: str) -> str:
    """What somebody who opens the editor anew finds there."""
    fresh = page.context.new_page()
    fresh.goto(page.url)
    found = text_of(fresh.locator(find).first)
    fresh.close()
    return found


def is_stored(page: Page, shown: dict[str, str]) -> None:
    """At the latest a few seconds after the last letter, without another one."""
    page.wait_for_timeout(1500)
    for find, text in shown.items():
        assert text.endswith("one two")
        until(lambda find=find, text=text: stored(page, find) == text, f"“{text}”", 10)


TITLE = "input[name=title]"
CLAUSE = ".wc-locked__entry--editable [contenteditable=true] >> nth=1"


def test_the_editor_of_a_contract_stores_every_burst(contract: Page) -> None:
    for pause in PAUSES:
        shown = {find: in_bursts(contract.locator(find).first, pause) for find in (TITLE, CLAUSE)}
        is_stored(contract, shown)


def test_without_our_guard_the_last_burst_is_shown_as_saved_and_lost(contract: Page) -> None:
    """When this fails, Wagtail has mended its autosave and late-changes.js may go."""
    contract.route(re.compile("late-changes"), lambda route: route.fulfill(body=""))
    contract.reload()
    contract.wait_for_timeout(do.SETTLED)
    for pause in (1000, 900, 800, 700, 600, 1100, 500, 1200):
        shown = in_bursts(contract.locator(TITLE), pause)
        contract.wait_for_timeout(3000)
        expect(contract.get_by_text("Saved", exact=True)).to_be_visible()
        if stored(contract, TITLE) != shown:
            return
    pytest.fail("no letter was lost")


def test_the_editor_of_a_template_stores_every_burst(visitor: Visitor) -> None:
    page = visitor()
    do.log_in(page, "redaktor")
    page.goto("/admin/pages/")
    page.get_by_role("link", name="Explore child pages of 'Maler for Salg'").click()
    page.get_by_role("link", name=TEMPLATE).first.click()
    page.wait_for_timeout(do.SETTLED)
    clause = "#panel-child-content-body-section [contenteditable=true] >> nth=2"
    for pause in PAUSES:
        is_stored(page, {clause: in_bursts(page.locator(clause), pause)})
