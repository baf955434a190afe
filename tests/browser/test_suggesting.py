"""From a suggestion, made without script, to the version that both sides see."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests import suggestions
from tests.browser import signatories as do
from tests.browser.authoring import enter
from tests.browser.visiting import shot
from wagtail_contracts.signing.admin.pages import address

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def test_what_is_suggested_without_script_is_accepted_and_seen_by_both(
    in_review, open_page, client, live_server
):
    price = suggestions.block(in_review.version, "Price")["id"]
    kari = open_page(java_script_enabled=False)
    do.come_in(kari, in_review.kari)
    kari.locator(f"#talk-{price} > summary").click()
    kari.get_by_role("link", name="Suggest other wording").first.click()
    kari.get_by_label("Text", exact=True).fill("It costs {Price} a year.")
    shot(kari, "suggest-typed", full_page=True)
    kari.get_by_role("button", name="See what it changes").first.click()
    expect(kari.locator("ins")).to_contain_text("year")
    shot(kari, "suggest-look", full_page=True)
    kari.get_by_role("button", name="Send the suggestion").click()
    expect(kari.get_by_text("Your suggestion is sent")).to_be_visible()
    shot(kari, "suggest-sent", full_page=True)

    ola = open_page()
    enter(ola, client, in_review.sender, live_server.url)
    ola.goto(address("inspect", in_review.contract))
    shot(ola, "suggest-overview", full_page=True)
    ola.get_by_role("link", name="Accept or dismiss…").click()
    expect(ola.locator("ins").first).to_contain_text("year")
    shot(ola, "suggest-decide", full_page=True)
    ola.get_by_role("button", name="Accept").click()
    expect(ola.get_by_text("The suggestion is part of version 2.")).to_be_visible()

    kari.reload()
    expect(kari.locator(f"#b-{price}")).to_contain_text("a year.")
    expect(kari.get_by_text("Version 2").first).to_be_visible()
