"""One key asks for a contract on any page, and lets those be who type."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests import builders
from tests.admin import posts
from tests.browser.authoring import enter
from tests.browser.judging import violations
from wagtail_contracts.contracts import flows as contracts

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
NARROW, HIGHEST = 375, 320


def height(page: Any) -> float:
    """Of what needs somebody, with as many lines as it has at most; what was opened is below."""
    panel = page.locator("[id*=contract-desk]").first
    numbers = panel.locator(".wc-desk__numbers")
    assert panel.locator(".wc-desk__lines li").count() + numbers.locator("li").count() == 9
    top, last = panel.bounding_box(), numbers.bounding_box()
    return float(last["y"] + last["height"] - top["y"])


def test_a_key_and_a_touch_ask_for_a_contract_anywhere(
    live_server, client, open_page, draft, template, sender
):
    by = builders.actor(sender)
    for number in range(5):
        made = builders.contract(template, sender, title=f"A rather long title, number {number}")
        contracts.send(made, builders.shown(made), into="signing", by=by)
    page = open_page()
    enter(page, client, sender, live_server.url)
    home = reverse("wagtailadmin_home")
    page.goto(home)
    assert height(page) <= HIGHEST

    link = page.get_by_role("link", name="Find a contract")
    expect(link).to_be_visible()
    page.keyboard.press("c")
    asked = page.get_by_role("dialog", name="Find a contract")
    field = asked.get_by_role("searchbox")
    expect(field).to_be_focused()
    page.keyboard.type("custc")  # the key is a letter like any other now
    expect(asked.get_by_role("status")).to_have_text(
        "Nothing found. Each word must begin a word of the contract."
    )
    field.fill("hosting")
    hit = asked.get_by_role("link", name="Hosting 2027")
    expect(hit).to_be_visible()
    assert violations(page) == []
    page.keyboard.press("ArrowDown")
    expect(hit).to_be_focused()
    page.keyboard.press("Escape")
    expect(asked).to_have_count(0)

    page.keyboard.press("c")
    field.fill(draft.number)
    field.press("Enter")
    page.wait_for_url(f"**{posts.address('inspect', draft.pk)}")

    page.set_viewport_size({"width": NARROW, "height": 800})
    page.goto(home)
    assert height(page) <= HIGHEST
    page.get_by_role("button", name="Toggle sidebar").click()
    link.click()
    expect(field).to_be_focused()
    over = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(over) <= 0
