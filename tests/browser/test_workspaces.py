"""The pages of a workspace in a browser: a colour is judged while it is typed, and seen outside."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests import builders
from tests.browser.authoring import enter
from tests.browser.judging import overflow, violations

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
SETTINGS = "wagtail_contracts_workspace"


def check(page: Any) -> None:
    """Readable by everybody, wide and on a phone."""
    assert violations(page) == []
    page.set_viewport_size({"width": 375, "height": 800})
    assert overflow(page) == 0
    page.set_viewport_size({"width": 1280, "height": 900})


def test_a_workspace_is_set_up_by_whoever_administers_it(live_server, client, open_page, sent):
    sales = sent.contract.workspace
    eve = builders.staff("eve", sales, ("view", "administer"))
    page = open_page()
    enter(page, client, eve, live_server.url)
    page.goto(reverse("wagtail_contracts_workspace_page", args=[sales.pk]))
    page.get_by_role("link", name="Settings", exact=True).click()
    for tab in ("General", "Numbers", "Look"):
        page.get_by_role("tab", name=tab).click()
        check(page)
    colour = page.get_by_role("textbox", name="Colour")
    colour.fill("#7fd6c9")
    said = page.locator("[data-wc-accent-said]")
    expect(said).to_contain_text("It can't be read: at least 4.5:1.")
    colour.fill("#7a1f5c")
    expect(said).to_contain_text("It can be read.")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url(f"**{reverse(f'{SETTINGS}:index')}")

    page.goto(reverse(f"{SETTINGS}:texts", args=[sales.pk]))
    page.get_by_label("Subject").fill("Read ")
    page.get_by_role("button", name="{title}").click()
    expect(page.get_by_label("Subject")).to_have_value("Read {title}")
    page.get_by_role("button", name="Preview").click()
    expect(page.locator("dd").first).to_have_text("Read Example agreement")
    check(page)

    page.goto(reverse(f"{SETTINGS}:look", args=[sales.pk]))
    button = page.frame_locator("iframe").first.get_by_role("button", name="Review and sign")
    expect(button).to_have_css("background-color", "rgb(122, 31, 92)")
