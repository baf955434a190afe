"""What is done often, counted in a browser: renewing with a new price; sending from a phone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests import mails, signatures
from tests.admin import posts
from tests.browser.authoring import enter
from tests.browser.test_creating import Hand, overflow
from tests.browser.visiting import shot
from wagtail_contracts.contracts.models import Contract

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def test_a_contract_is_renewed_with_a_new_price_in_eight_actions(
    live_server, client, open_page, answered
):
    signatures.sign_all(answered)
    page, hand = open_page(), Hand()
    enter(page, client, answered.sender, live_server.url)
    page.goto(posts.address("inspect", answered.contract.pk))
    hand.click(page.locator("main").get_by_role("button", name="Renew"))
    hand.click(page.get_by_role("link", name="Send…"))
    hand.click(page.get_by_role("link", name="Details"))
    hand.fill(page.get_by_label("Start"), "2028-01-15")  # the days of a term are no new term's
    hand.fill(page.get_by_label("Price"), "5900")
    hand.click(page.get_by_role("button", name="Go on to check and send"))
    expect(page.frame_locator(".wc-seen__page").locator("body")).to_contain_text("5,900")
    hand.click(page.get_by_role("button", name="Send to Kari Nordmann"))
    expect(page.get_by_text("The contract was sent.")).to_be_visible()

    assert hand.actions <= 8
    renewed = Contract.objects.latest("pk")
    assert renewed.state == "signing"
    assert "5900.00" in str(renewed.current_version.content["values"])


def test_a_contract_is_sent_reminded_of_and_withdrawn_on_a_phone(
    live_server, client, open_page, draft, sender
):
    def fits(name: str) -> None:
        page.wait_for_load_state("networkidle")
        assert (name, overflow(page)) == (name, 0)
        shot(page, f"phone-{name}", full_page=True)

    page = open_page(width=375, height=800, has_touch=True, is_mobile=True)
    enter(page, client, sender, live_server.url)
    page.goto(posts.address("inspect", draft.pk))
    page.get_by_label("Next step").get_by_role("link", name="Send…").tap()
    expect(page.get_by_label("Message")).to_be_visible()
    fits("send")
    page.get_by_label("Message").fill("Here it is.")
    page.get_by_role("button", name="Send to Kari Nordmann").tap()
    expect(page.get_by_text("The contract was sent.")).to_be_visible()
    fits("sent")
    letters = {letter.to[0]: letter for letter in mails.sent()}
    assert "Here it is." in letters["kari@customer.example"].body
    page.goto(posts.address("remind", draft.pk))
    page.get_by_label(re.compile("Kari Nordmann")).tap()
    fits("remind")
    page.get_by_role("button", name="Send the reminder").tap()
    expect(page.get_by_text("The reminder is on its way.")).to_be_visible()
    page.goto(posts.address("withdraw", draft.pk))
    page.get_by_label("Reason").fill("Wrong price")
    fits("withdraw")
    page.get_by_role("button", name="Withdraw the contract").tap()
    expect(page.get_by_text("The contract was withdrawn.").first).to_be_visible()
    fits("withdrawn")

    assert Contract.objects.get().state == "withdrawn"
