"""The gate of a confidential contract in a browser: a code, then the page, and a copy by name."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser import signatories as do
from tests.public import visits
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.signing.models import Device

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def test_a_reader_shows_who_they_are_and_reads(sent, open_page):
    contracts.keep_close(sent.contract, "marked", by=sent.owner)
    page = open_page(width=375)
    page.goto(visits.landing(sent.kari))
    page.get_by_role("button", name="Open the contract").click()
    expect(page.locator("h1")).to_have_text("Show who you are")
    do.accessible(page)
    page.get_by_role("button", name="Send me a code").click()
    do.sound(page)
    right = do.code()
    page.get_by_label("Code").fill("000")
    page.get_by_role("button", name="Read the contract").click()
    expect(page.get_by_text("4 tries left.")).to_be_visible()
    do.accessible(page)
    page.get_by_label("Code").fill(right)
    page.get_by_role("button", name="Read the contract").click()
    expect(page.locator("h1")).to_contain_text("Hosting")
    expect(page.get_by_role("button", name="Download a marked copy")).to_be_visible()
    do.accessible(page)

    assert Device.objects.filter(participant=sent.kari).count() == 1
