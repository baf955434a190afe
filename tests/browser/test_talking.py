"""Talking about a clause in a browser: below it, with and without script, and from the overview."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser import signatories as do
from tests.browser.authoring import enter
from tests.browser.visiting import shot
from tests.flows.contracts.test_talking import block_called
from tests.public import visits
from wagtail_contracts.contracts.models import Thread

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
SELECT = """(id) => {
  const words = document.querySelector(`#b-${id} p`);
  getSelection().selectAllChildren(words);
}"""


def test_a_question_on_a_phrase_is_answered_by_staff_and_resolved(
    in_review, open_page, client, live_server
):
    block = block_called(in_review.version, "Reference")
    page = open_page(width=375)
    do.come_in(page, in_review.kari)
    page.evaluate(SELECT, block)
    talk = page.locator(f"#talk-{block}")
    talk.locator("summary").first.click()
    expect(talk.get_by_label("About these words")).to_have_value(
        "The supplier may name the customer."
    )
    talk.get_by_label("Your comment").fill("Where would you name us?")
    talk.get_by_label("About these words").press("Enter")  # presses no button of another clause
    page.get_by_text("Office hours").click()  # the text follows, and what is typed stays
    talk.get_by_label("Your comment").press("Control+Enter")
    expect(talk.get_by_text("Where would you name us?")).to_be_visible()
    expect(page.get_by_label("Office hours")).to_be_checked()
    shot(page, "talk-375", full_page=True)
    do.sound(page)

    desk = open_page()
    enter(desk, client, in_review.sender, live_server.url)
    desk.goto(reverse("wagtail_contracts_contract:inspect", args=[in_review.contract.pk]))
    messages = desk.locator("#messages")
    messages.get_by_label("Your answer").fill("In a list of customers.")
    messages.get_by_role("button", name="Answer").click()
    expect(messages.get_by_text("In a list of customers.")).to_be_visible()
    shot(desk, "messages-1280", full_page=True)

    page.goto(visits.page("contract", in_review.kari))
    talk.locator("summary").first.click()
    talk.get_by_role("button", name="Resolve").click()
    expect(talk.get_by_text("1 resolved")).to_be_visible()
    assert Thread.objects.get().resolved_by == "Kari Nordmann"
    do.accessible(page)


def test_a_comment_needs_no_script(in_review, open_page):
    page = open_page(java_script_enabled=False)
    do.come_in(page, in_review.kari)
    page.get_by_role("link", name="Ask a question").click()
    page.get_by_label("Your question").fill("Who answers us?")
    page.get_by_label("Only Customer AS").check()
    page.get_by_role("button", name="Ask").click()
    expect(page.get_by_text("Who answers us?")).to_be_visible()
    shot(page, "threads-1280", full_page=True)
    assert Thread.objects.get().side == in_review.kari.party
