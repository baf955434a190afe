"""What is typed in bursts, with pauses while autosave works, is stored to the last letter."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser import authoring as do
from tests.browser import sending
from tests.browser.site import until
from tests.browser.test_revision import RECIPIENT
from tests.browser.visiting import Visitor

# Around the moments at which autosave collects and sends the form.
LONG = pytest.mark.long("browser/test_bursts.py::test_the_editor_of_a_contract_stores_every_burst")
PAUSES = pytest.mark.parametrize("pauses", [(800,), pytest.param((600, 1000), marks=LONG)])
TEMPLATE = "Confidentiality agreement"
TITLE = "input[name=title]"
CLAUSE = ".wc-locked__entry--editable [contenteditable=true] >> nth=1"
CLAUSE_OF_TEMPLATE = "#panel-child-text-body-section [contenteditable=true] >> nth=2"


@pytest.fixture
def contract(visitor: Visitor) -> Page:
    """The editor of a draft."""
    page = visitor()
    sending.make_contract(page, TEMPLATE, "A draft", RECIPIENT, {})
    return page


@pytest.fixture
def template(visitor: Visitor) -> Page:
    """The editor of a template."""
    page = visitor()
    do.log_in(page, "redaktor")
    page.goto("/admin/pages/")
    page.get_by_role("link", name="Explore child pages of 'Maler for Salg'").click()
    page.get_by_role("link", name=TEMPLATE).first.click()
    do.settle(page)
    return page


def in_bursts(field: Locator, pause: int) -> str:
    """Type, pause while the form is being saved, type again and stop: what stands there then."""
    begin(field)
    field.page.wait_for_timeout(pause)
    field.page.keyboard.type(" two", delay=30)
    return end(field)


def at_the_worst_moment(field: Locator) -> str:
    """Type while the answer to a save is under way, so that it arrives right after a letter."""
    page, held = field.page, []

    def hold(route: Route) -> None:
        if route.request.method == "POST" and not held:
            held.append(route)
        else:
            route.continue_()

    page.route("**/edit/**", hold)
    with page.expect_request(lambda asked: asked.method == "POST" and "/edit/" in asked.url):
        begin(field)
    while not held:
        page.wait_for_timeout(50)
    answer = held[0].fetch()
    page.keyboard.type(" two")
    held[0].fulfill(response=answer)
    return end(field)


def begin(field: Locator) -> None:
    """The first burst."""
    field.click()
    field.page.keyboard.press("Control+End")
    field.page.keyboard.type(" one", delay=30)


def end(field: Locator) -> str:
    """Nothing more is typed: what stands there."""
    field.page.wait_for_timeout(400)  # rich text is handed to the form a little later
    text = text_of(field)
    assert text.endswith("one two")
    return text


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
    """A few seconds after the last letter, without another one."""
    page.wait_for_timeout(1500)
    for find, text in shown.items():
        until(lambda find=find, text=text: stored(page, find) == text, f"“{text}”", 90)


@PAUSES
def test_the_editor_of_a_contract_stores_every_burst(
    contract: Page, pauses: tuple[int, ...]
) -> None:
    for pause in pauses:
        shown = {find: in_bursts(contract.locator(find).first, pause) for find in (TITLE, CLAUSE)}
        is_stored(contract, shown)
    is_stored(contract, {TITLE: at_the_worst_moment(contract.locator(TITLE))})


@PAUSES
def test_the_editor_of_a_template_stores_every_burst(
    template: Page, pauses: tuple[int, ...]
) -> None:
    clause = template.locator(CLAUSE_OF_TEMPLATE)
    for pause in pauses:
        is_stored(template, {CLAUSE_OF_TEMPLATE: in_bursts(clause, pause)})
    is_stored(template, {TITLE: at_the_worst_moment(template.locator(TITLE))})


def test_without_our_guard_the_last_burst_is_shown_as_saved_and_lost(contract: Page) -> None:
    """When this fails, Wagtail has mended its autosave and late-changes.js may go."""
    contract.route(re.compile("late-changes"), lambda route: route.fulfill(body=""))
    contract.reload()
    do.settle(contract)
    for _try in range(6):  # unless the editor happened to look between letter and answer
        shown = at_the_worst_moment(contract.locator(TITLE))
        contract.wait_for_timeout(3000)
        expect(contract.get_by_text("Saved", exact=True)).to_be_visible()
        if stored(contract, TITLE) != shown:
            return
    pytest.fail("nothing was lost")
