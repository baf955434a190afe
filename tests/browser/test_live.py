"""The page follows what is filled in: at once with script, with the next press without."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests import builders
from tests.browser import signatories as do
from tests.flows.contracts.test_conditions import BODY, FIELDS
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import ContractVersion, Participant

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
HIDDEN = "Brought to a door."


@pytest.fixture
def kari(sales: Any, sender: Any) -> Participant:
    """A counterparty whose answers decide what the text says."""
    page = builders.template(sales, "Sale", body=BODY, fields=FIELDS)
    draft = builders.contract(page, sender, values={})
    contracts.send(draft, builders.shown(draft), into="signing", by=builders.actor(sender))
    found: Participant = Participant.objects.get(party__contract=draft, party__role="customer")
    return found


def pick(page: Page, word: str) -> None:
    page.get_by_role("group", name="Delivery").get_by_text(word, exact=True).click()


def give(page: Page) -> None:
    page.get_by_role("button", name="Review and sign").locator("visible=true").first.click()
    expect(page.locator("h1")).to_have_text("Check before you sign")


def test_the_text_follows_while_somebody_types_and_nothing_typed_is_lost(kari, open_page):
    page = open_page(width=375)
    do.come_in(page, kari)
    expect(page.get_by_text(HIDDEN)).to_have_count(0)
    pick(page, "Yes")
    expect(page.get_by_text(HIDDEN)).to_be_visible()
    expect(page.locator("[data-live]")).to_contain_text("The contract has followed your answer.")
    place = page.get_by_label("Delivered to")
    place.focus()
    page.keyboard.type("Storgata 1, ", delay=20)
    expect(page.get_by_label("Floor")).to_be_visible()  # shown as soon as the address is there
    page.keyboard.type("Oslo")
    expect(place).to_have_value("Storgata 1, Oslo")
    expect(place).to_be_focused()
    do.sound(page)
    pick(page, "No")
    expect(page.get_by_text(HIDDEN)).to_have_count(0)
    pick(page, "Yes")
    expect(place).to_have_value("Storgata 1, Oslo")
    expect(page.locator(".wc-clause .wc-number").last).to_have_text("3 ")

    give(page)

    assert "Storgata 1, Oslo" in ContractVersion.objects.latest("number").record


def test_without_script_the_next_press_shows_what_the_answers_ask_for(kari, open_page):
    page = open_page(java_script_enabled=False)
    do.come_in(page, kari)
    pick(page, "Yes")
    page.get_by_role("button", name="Review and sign").locator("visible=true").first.click()
    expect(page.get_by_text(HIDDEN)).to_be_visible()
    expect(page.get_by_role("link", name="Fill in “Delivered to”.")).to_be_visible()
    page.get_by_label("Delivered to").fill("Storgata 1")
    give(page)

    assert HIDDEN in ContractVersion.objects.latest("number").record
