"""What one side does shows on the other side's open page, and what is being typed there stays."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from tests import builders, signatures, suggestions
from tests.browser import signatories as do
from tests.browser.authoring import enter
from tests.public import stages
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import Contract
from wagtail_contracts.signing.admin.pages import address
from wagtail_contracts.signing.models import SigningSession

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
PATIENCE = 30_000  # milliseconds; how soon it is on a quiet machine is measured by `make bench`
STATE = "/state/"
SEEN = """(how) => {
  Object.defineProperty(document, 'visibilityState', { value: how, configurable: true });
  document.dispatchEvent(new Event('visibilitychange'));
}"""
CARET = """() => {
  const at = document.activeElement;
  const folded = [...document.querySelectorAll('details')].map((fold) => fold.open);
  const where = at.getBoundingClientRect().top;
  return [at.name, at.value, at.selectionStart, at.selectionEnd, folded, where];
}"""


def write(page: Page, box: Locator) -> list[Any]:
    """Half a sentence, with some of it selected; what the page is like then."""
    box.fill("By the front door")
    box.evaluate("box => box.setSelectionRange(7, 12)")
    box.evaluate("box => box.scrollIntoView({ block: 'center' })")
    return list(page.evaluate(CARET))


def insist_kept(page: Page, before: list[Any]) -> None:
    """Words, selection and folds as they were; the place, too, but for what nobody sees."""
    *now, top = page.evaluate(CARET)
    assert now == before[:-1]
    assert abs(top - before[-1]) < 3


def shows(place: Locator, act: Callable[[], object]) -> None:
    """Nothing before the act, and soon after it what tells of it."""
    expect(place).to_have_count(0)
    act()
    expect(place.first).to_be_visible(timeout=PATIENCE)


def comment(at: Any, text: str, person: Any = None, block: str = "") -> None:
    """Say something to everyone, as a participant or as the owner."""
    by = builders.guest(person) if person else at.owner
    contract = Contract.objects.get(pk=at.contract.pk)
    contracts.begin_thread(contract, person, text, contracts.Matter(block=block), by=by)


def answer(at: Any) -> None:
    """The counterparty fills in what it had not."""
    given = {**builders.ANSWERS, "remarks": "Ring twice"}
    digest = Contract.objects.get(pk=at.contract.pk).current_version.digest
    contracts.answer(at.kari, digest, given, by=builders.guest(at.kari))


def test_what_others_do_shows_while_somebody_types_and_takes_nothing_from_them(answered, open_page):
    price = suggestions.block(answered.version, "Price")["id"]
    page = open_page()
    do.come_in(page, answered.kari)
    page.evaluate("window.untouched = true")
    page.locator("details").evaluate_all("all => all.forEach((fold) => (fold.open = true))")
    said = page.locator(f"#talk-{price} textarea")
    before = write(page, said)

    asked = page.locator(".wc-comments__text", has_text="Why so dear?")
    shows(asked, lambda: comment(answered, "Why so dear?", block=price))
    insist_kept(page, before)
    before = write(page, page.get_by_label("Remarks"))
    shows(page.locator(".wc-person").get_by_text("Signed"), lambda: signatures.sign(answered.ola))
    insist_kept(page, before)
    shows(page.get_by_text("Version 3 came just now", exact=True), lambda: stages.revise(answered))
    insist_kept(page, before)
    expect(page.locator("[data-live]")).to_contain_text("Version 3 came just now")

    page.keyboard.type("back")
    expect(page.get_by_label("Remarks")).to_have_value("By the back door")
    assert page.evaluate("window.untouched")


def test_a_page_asks_while_it_is_seen_and_its_reader_let_in(answered, open_page):
    page, asked = open_page(), []
    page.clock.install()
    do.come_in(page, answered.kari)
    page.on("request", lambda request: asked.append(request.url) if STATE in request.url else None)

    with page.expect_response(f"**{STATE}"):
        page.clock.run_for(3_100)
    page.evaluate(SEEN, "hidden")
    before = len(asked)
    page.clock.run_for(600_000)
    assert len(asked) == before == 1
    with page.expect_response(f"**{STATE}"):
        page.evaluate(SEEN, "visible")
    SigningSession.objects.update(expires_at=timezone.now() + timedelta(seconds=110))
    page.reload()
    with page.expect_response(f"**{STATE}"):
        page.clock.run_for(3_100)
    expect(page.locator("[data-live]")).to_contain_text("In two minutes you have to open")
    SigningSession.objects.update(ended_at=timezone.now())
    with page.expect_response(f"**{STATE}"):
        page.evaluate(SEEN, "visible")
    expect(page.locator("[data-live]")).to_contain_text("You have been away for long.")
    before = len(asked)
    page.clock.run_for(9_000)
    assert len(asked) == before


def test_whoever_has_signed_sees_the_sealed_copy_come(answered, open_page):
    page = open_page()
    do.come_in(page, answered.kari)
    signatures.sign_all(answered)
    page.goto(page.url.removesuffix("/") + "/done/")
    expect(page.get_by_text("Your sealed copy is being prepared")).to_be_visible()
    copy = page.get_by_role("button", name="Download sealed PDF")
    shows(copy, lambda: stages.kept(answered.version))


def test_what_the_counterparty_does_shows_in_the_open_overview(
    answered, open_page, client, live_server
):
    page = open_page()
    enter(page, client, answered.sender, live_server.url)
    page.goto(address("inspect", answered.contract))
    page.evaluate("window.untouched = true")

    happened = page.locator(".wc-timeline__line")
    shows(happened.get_by_text("signed version 2"), lambda: signatures.sign(answered.kari))
    shows(page.get_by_text("How long?"), lambda: comment(answered, "How long?", answered.kari))
    shows(page.locator(".wc-facts").get_by_text("Version 3"), lambda: answer(answered))
    shows(page.locator(".wc-facts").get_by_text("Version 4"), lambda: stages.revise(answered))
    assert page.evaluate("window.untouched")
