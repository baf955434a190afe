"""On a phone: the first steps are put away, a device is set up, My contracts are found."""

from __future__ import annotations

import time
from base64 import b32decode
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests import builders
from tests.browser.authoring import enter
from tests.browser.judging import overflow, violations
from tests.browser.site import totp
from wagtail_contracts.contracts.models import Workspace

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def wrong(page: Page) -> list[str]:
    """What is wrong with a page: for everybody, and on a phone."""
    page.wait_for_load_state("networkidle")
    return [*violations(page), *(["too wide"] if overflow(page) else [])]


def test_a_device_is_set_up_on_a_phone(
    live_server: Any, client: Any, open_page: Any, sales: Workspace
) -> None:
    boss = builders.staff("boss", sales, ("view", "administer"))
    page = open_page(width=375, height=800)
    enter(page, client, boss, live_server.url)
    found = {}

    page.goto(reverse("wagtailadmin_home"))
    steps = page.locator(".wc-first")
    with page.expect_response("**/dismissibles/"):
        steps.get_by_role("button", name="Put it away").click()
    page.reload()
    expect(steps).to_have_count(0)

    page.goto(reverse("wagtail_contracts_factors"))
    page.get_by_role("link", name="Set up a device").click()
    found["begin"] = wrong(page)
    page.get_by_label("Your password").fill("password")
    page.get_by_role("button", name="Show the QR code").click()
    found["scan"] = wrong(page)
    key = page.locator(".wc-key").inner_text().replace(" ", "")
    page.get_by_role("textbox", name="Code").fill(totp(b32decode(key), int(time.time()) // 30))
    page.get_by_role("button", name="Take it into use").click()
    expect(page.locator(".wc-codes li")).to_have_count(10)
    found["codes"] = wrong(page)
    page.get_by_role("link", name="I have kept them").click()
    found["set up"] = wrong(page)
    page.goto(reverse("wagtail_contracts:mine"))
    found["mine"] = wrong(page)
    assert {name: said for name, said in found.items() if said} == {}
    assert len(found) == 5
