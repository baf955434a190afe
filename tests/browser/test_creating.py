"""Making contracts in a browser, as few steps as promised; duplicates from the menus."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from example_site import contents as made
from tests import builders
from tests.admin import posts
from tests.browser.authoring import enter
from tests.browser.visiting import shot
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import Contract, ContractLink

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
ROLES = [
    made.role("landlord", "Landlord", own=True),
    made.role("tenant", "Tenant", kind="person"),
]
FIELDS = [
    made.field("date", "start", "Start", "landlord"),
    made.field("money", "rent", "Rent a month", "landlord", currency="NOK"),
]
BODY = [
    made.heading("Lease"),
    made.clause("Parties", f"{made.chip('landlord.name')} lets to {made.chip('tenant.name')}."),
    made.clause("Rent", f"{made.chip('rent')} from {made.chip('start')}.", policy="editable"),
    made.signatures("Signatures"),
]


@dataclass
class Hand:
    """Counts what a person does: each click, and each field that is filled in."""

    actions: int = 0

    def click(self, where: Locator) -> None:
        """Click."""
        self.actions += 1
        where.click()

    def fill(self, where: Locator, text: str) -> None:
        """Type."""
        self.actions += 1
        where.fill(text)


@pytest.fixture
def lease(sales: Any) -> Any:
    """A template beside the usual one."""
    return builders.template(sales, "Lease", roles=ROLES, fields=FIELDS, body=BODY)


def overflow(page: Page) -> int:
    """Pixels that the page is wider than its window."""
    width: int = page.evaluate(
        "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return width


def test_a_lease_for_monday_is_made_and_sent_in_ten_actions(
    live_server, client, open_page, lease, sender
):
    page, hand = open_page(), Hand()
    enter(page, client, sender, live_server.url)
    page.goto(posts.address("list"))
    today = timezone.localdate()
    monday = today + timedelta(days=7 - today.weekday())
    hand.click(page.get_by_role("link", name="New contract"))
    hand.click(page.get_by_role("button", name="Lease"))
    tenant = page.get_by_role("region", name="Tenant", exact=True)
    expect(tenant.get_by_label("Organisation number")).to_have_count(0)
    hand.fill(tenant.get_by_label("Name").first, "Kari Nordmann")
    person = tenant.get_by_role("group", name="Person 1")
    hand.fill(person.get_by_label("E-mail"), "kari@customer.example")
    hand.click(page.locator("main").get_by_role("button", name="Go on to details"))
    hand.fill(page.get_by_label("Start"), monday.isoformat())
    hand.fill(page.get_by_label("Rent a month"), "12000")
    hand.click(page.get_by_role("button", name="Go on to check and send"))
    seen = page.frame_locator(".wc-seen__page")
    expect(seen.locator("body")).to_contain_text("12,000")
    mail = page.frame_locator(".wc-letter")
    expect(mail.get_by_role("link", name="Read the contract")).to_be_visible()
    hand.click(page.get_by_role("button", name="Send to Kari Nordmann"))
    expect(page.get_by_text("The contract was sent.")).to_be_visible()

    assert hand.actions <= 10
    contract = Contract.objects.get()
    assert (contract.state, contract.values["start"]) == ("signing", monday.isoformat())
    assert contract.title == "Lease, Kari Nordmann"


@pytest.mark.parametrize("look", [(1280, "light"), (375, "dark")])
def test_every_step_fits_and_keeps_what_was_typed(
    live_server, client, open_page, template, sender, look
):
    width, scheme = look

    def step(name: str, title: str) -> None:
        expect(page.get_by_role("heading", level=1, name=title)).to_be_visible()
        assert overflow(page) == 0
        shot(page, f"step-{name}-{width}-{scheme}", full_page=True)

    builders.contract(template, sender)
    page = open_page(width=width, color_scheme=scheme)
    enter(page, client, sender, live_server.url)
    page.goto(f"{posts.address('add')}?value.price=5300")
    step("1", "choose a template")
    page.get_by_role("button", name="Service agreement").click()
    theirs = page.get_by_role("region", name="Customer", exact=True)
    theirs.get_by_role("button", name="Customer AS").click()
    expect(theirs.get_by_label("E-mail")).to_have_value("kari@customer.example")
    theirs.get_by_role("button", name="Sign later").click()
    expect(page.get_by_text("Put Kari Nordmann first")).to_be_visible()
    step("2", "Who is part of it?")
    theirs.get_by_role("button", name="Sign earlier").click()
    expect(page.get_by_text("Put Kari Nordmann first")).to_have_count(0)
    page.locator("main").get_by_role("button", name="Go on to details").click()
    expect(page.get_by_label("Price")).to_have_value("5300.00")
    step("3", "What is agreed?")
    page.go_back()
    expect(theirs.get_by_label("E-mail")).to_have_value("kari@customer.example")
    page.get_by_role("button", name="Check and send").click()
    step("4", "Check and send")
    frame = page.locator(".wc-seen__page")
    narrow = frame.bounding_box()["width"]
    assert narrow <= 375
    page.get_by_label("Desktop").check()
    assert (frame.bounding_box()["width"] > narrow) == (width > 1000)


def test_a_contract_is_duplicated_from_its_row_and_its_overview_in_one_click(
    live_server, client, open_page, draft, sender
):
    page = open_page()
    enter(page, client, sender, live_server.url)
    page.goto(posts.address("list"))
    row = page.get_by_role("row").filter(has_text=draft.number)
    row.get_by_role("button", name="More options").click()
    shot(page, "row-menu")
    page.get_by_role("button", name="Duplicate").click()
    expect(page.get_by_text("was made as a duplicate of")).to_be_visible()
    page.goto(posts.address("inspect", draft.pk))
    expect(page.get_by_text("Duplicated as")).to_be_visible()
    shot(page, "linked", full_page=True)
    page.locator("main").get_by_role("button", name="Duplicate").click()
    expect(page.get_by_text("was made as a duplicate of")).to_be_visible()
    assert ContractLink.objects.filter(first=draft).count() == 2


def test_the_form_for_a_new_contract_works_without_a_script(
    live_server, client, open_page, template, sender
):
    page = open_page(java_script_enabled=False)
    enter(page, client, sender, live_server.url)
    page.goto(f"{posts.address('add')}?template={template.pk}")
    page.get_by_role("button", name="Begin the contract").click()
    party = page.get_by_role("region", name="Customer", exact=True)
    party.get_by_label("Name").first.fill("Kunde AS")
    people = party.get_by_role("group", name=re.compile("^Person"))
    people.nth(0).get_by_label("Name").fill("Kari Nordmann")
    people.nth(0).get_by_label("E-mail").fill("kari@kunde.example")
    page.get_by_role("button", name="Add a person: Customer").click()
    assert people.count() == 2
    page.get_by_role("button", name="Go on to details").last.click()
    page.get_by_role("textbox", name="Title").fill("Without a script")
    page.get_by_label("Price").fill("100")
    page.get_by_role("button", name="Go on to check and send").click()
    page.wait_for_url("**/send/**")
    made = Contract.objects.get(title="Without a script")
    assert contracts.missing(made, contracts.compose(made)) == []
