"""Prices are changed in the admin in few actions, and a counterparty chooses what to buy."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from example_site import contents as made
from tests import builders, journeys
from tests.browser import authoring as do
from tests.browser import signatories
from tests.browser.visiting import shot
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.core import states
from wagtail_contracts.contracts.models import Contract

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
TABLE = made.products(
    "Prices",
    made.product("Setup", "1200", quantity="2.5", unit="hours", discount="10"),
    made.product("Backup", "100", choice="optional", period="month", description="Every night"),
    made.product("Basic", "100", choice="one_of", group="1", default=True, period="month"),
    made.product("Plus", "250", choice="one_of", group="1", period="month"),
    made.product("Seats", "100", quantity="5", unit="seats", minimum="5", maximum="50", step="5"),
    role="customer",
    months=24,
    columns=["price", "quantity", "rows"],
)


@pytest.fixture
def draft(sales: Any, sender: Any) -> Contract:
    """A draft with a table of which the prices are open."""
    return builders.contract(
        builders.template(sales, body=[*builders.BODY[:-1], TABLE, builders.BODY[-1]]), sender
    )


def rows(content: Any) -> dict[str, str]:
    """The names of the rows of a text's table, and what each comes to."""
    table = next(block for block in content["body"] if block["type"] == "products")
    return {row["name"]: row["net"]["amount"] for row in table["rows"]}


def test_prices_are_changed_and_rows_taken_from_the_catalogue_in_few_actions(
    draft: Contract, sender: Any, open_page: Any, live_server: Any, client: Any
) -> None:
    item = {"sku": "C-1", "name": "Care", "price": 10, "currency": "NOK", "period": "month"}
    draft.workspace.catalogue.create(**item)
    page: Page = open_page()
    do.enter(page, client, sender, live_server.url)
    page.goto(f"/admin/contracts/edit/{draft.pk}/")
    table = page.locator(".wc-product-rows")
    expect(table.locator("td", has_text="Each month").first).to_be_visible()
    do.settle(page)
    table.scroll_into_view_if_needed()
    shot(page, "products-editor")

    table.get_by_label("Price for one, Setup").fill("900")
    table.get_by_role("button", name="From the catalogue").click()
    page.get_by_role("dialog").get_by_role("button", name="C-1 Care").click()
    expect(page.get_by_text("Saved", exact=True)).to_be_visible()
    shot(page, "products-added")
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Save", exact=True).click()

    expect(page.get_by_text("Saved. Nobody else sees this")).to_be_visible()
    found = rows(contracts.compose(Contract.objects.get(pk=draft.pk)))
    assert (found["Setup"], found["Care"]) == ("2025.00", "10.00")


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_counterparty_chooses_rows_and_quantities(
    draft: Contract, sender: Any, open_page: Any, script: bool
) -> None:
    by = builders.actor(sender)
    contracts.send(draft, builders.shown(draft), into=states.SIGNING, by=by)
    page: Page = open_page(width=375, java_script_enabled=script)
    kari = journeys.stage(draft, sender).kari
    signatories.come_in(page, kari)
    signatories.fill_in(page)

    page.get_by_label("Backup").check()
    page.get_by_label("Plus").check()
    page.get_by_label("Quantity Seats").fill("20")
    if not script:
        page.get_by_role("button", name="Update the sums").click()
    else:
        page.get_by_label("Quantity Seats").press("Tab")
    # 2700 and 20 × 100 once; 100 and 250 each month for 24 months
    expect(page.get_by_role("row", name="over 24 months")).to_contain_text("13,100.00")
    shot(page, f"products-{'live' if script else 'plain'}", full_page=True)
    page.get_by_role("button", name="Review and sign").locator("visible=true").click()
    expect(page.locator("h1")).to_have_text("Check before you sign")

    version = Contract.objects.get(pk=draft.pk).current_version
    assert rows(version.content) == {
        "Setup": "2700.00",
        "Backup": "100.00",
        "Plus": "250.00",
        "Seats": "2000.00",
    }
