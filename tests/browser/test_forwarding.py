"""A contract goes to whoever decides, in a browser: forwarded, read, and dead for the first."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser import signatories as do
from tests.public import visits
from wagtail_contracts.contracts.models import Contract, Participant

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def test_somebody_forwards_to_whoever_decides(sent, open_page):
    page = open_page(width=375)
    page.goto(visits.landing(sent.kari))
    page.get_by_role("button", name="Open the contract").click()
    page.get_by_role("link", name="Forward to the right person").click()
    expect(page.locator("h1")).to_have_text("Forward to the right person")
    do.accessible(page)

    page.get_by_label("Name").fill("Åse Boss")
    page.get_by_label("E-mail").fill("ase@customer.example")
    page.get_by_role("button", name="Forward the contract").click()
    expect(page.get_by_text("Choose what the person should do.")).to_be_visible()
    do.accessible(page)
    page.get_by_label("Sign instead of me").check()
    page.get_by_role("button", name="Forward the contract").click()
    expect(page.locator("h1")).to_have_text("You have forwarded this contract")
    do.accessible(page)

    ase = Participant.objects.get(name="Åse Boss")
    page.goto(visits.landing(ase))
    page.get_by_role("button", name="Open the contract").click()
    page.get_by_role("link", name="Who has access").click()
    expect(page.get_by_text("let in by Kari Nordmann")).to_be_visible()
    do.accessible(page)
    assert Contract.objects.get().current_version.number == 2
