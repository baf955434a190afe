"""One key asks for a contract on any page, and lets those be who type."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.admin import posts
from tests.browser.authoring import enter
from tests.browser.test_admin_pages import violations

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
NARROW = 375


def test_a_key_and_a_touch_ask_for_a_contract_anywhere(
    live_server, client, open_page, draft, sender
):
    page = open_page()
    enter(page, client, sender, live_server.url)
    home = reverse("wagtailadmin_home")
    page.goto(home)
    panel = page.locator("#contract-desk-section, [id*=contract-desk]").first.bounding_box()
    assert panel
    assert panel["height"] <= 320

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
    field.fill("customer")
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
    page.get_by_role("button", name="Toggle sidebar").click()
    link.click()
    expect(field).to_be_focused()
    over = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(over) <= 0
