"""A counterparty fills in a file: sent when chosen, shown, taken away, part of the answers."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests import given, uploads
from tests.public import visits

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def kari(live_server: Any, open_page: Any, sales: Any, sender: Any) -> tuple[Any, Page]:
    """The contract, and the page of the customer's signatory on a phone."""
    at = given.sent(sales, sender)
    page: Page = open_page(width=375, height=800)
    page.goto(visits.landing(at.kari))
    page.get_by_role("button").first.click()
    return at, page


def chosen(name: str, content: bytes, kind: str = "application/pdf") -> Any:
    """What somebody chooses on their disk."""
    return {"name": name, "mimeType": kind, "buffer": content}


def test_a_file_is_sent_when_it_is_chosen_and_goes_with_the_answers(kari: tuple[Any, Page]) -> None:
    at, page = kari
    field = page.locator(".wc-field--file").first
    remarks = page.get_by_label("Remarks")
    remarks.fill("Hello")
    field.locator("input[type=file]").set_input_files(
        chosen("bevis.pdf", uploads.pdf(uploads.script))
    )
    expect(field).to_contain_text("holds what a contract may not")
    expect(remarks).to_have_value("Hello")

    field.locator("input[type=file]").set_input_files(chosen("bevis.pdf", given.PROOF))
    expect(field.locator(".wc-given")).to_contain_text("bevis.pdf")
    expect(field).not_to_contain_text("may not")
    page.reload()
    expect(field.locator(".wc-given")).to_contain_text("bevis.pdf")
    field.get_by_text("Remove this file").click()
    expect(field.locator(".wc-given")).to_have_count(0)

    large = chosen("large.pdf", bytes((10 << 20) + 1))
    field.locator("input[type=file]").set_input_files(large)
    expect(field.get_by_role("status")).to_contain_text("at most 10")
    field.locator("input[type=file]").set_input_files(chosen("bevis.pdf", given.PROOF))
    expect(field.locator(".wc-given")).to_contain_text("bevis.pdf")
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
    page.locator("[data-primary]:visible").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Check before you sign")
    expect(page.get_by_text("bevis.pdf").first).to_be_visible()
    values = {item["key"]: item["value"] for item in visits.current(at.kari).content["values"]}
    assert (values["certificate"]["name"], values["remarks"]) == ("bevis.pdf", "Hello")
