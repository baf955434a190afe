"""Every kind of data field on the page of somebody with a phone."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from example_site import contents as made
from tests import builders, journeys, uploads
from tests.browser import signatories as do
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.core import states, trees
from wagtail_contracts.contracts.core.fields import KINDS
from wagtail_contracts.contracts.models import Contract

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

OPTIONS = [made.option("first", "First part"), made.option("second", "Second part")]
MORE: dict[str, dict[str, Any]] = {
    "money": {"currency": "NOK", "minimum": 100, "maximum": 5000},
    "number": {"decimals": 0},
    "choice": {"options": OPTIONS},
    "multiple": {"options": OPTIONS},
    "phone": {"country": "NO"},
    "address": {"country": "NO"},
    "organisation_number": {"country": "NO"},
    "national_id": {"country": "NO"},
}
OURS = ("quantity",)  # of product rows
ASKED = sorted(KINDS.keys() - set(OURS))
TYPED: dict[str, Any] = {
    "text": "Words",
    "long_text": "Many\nwords",
    "number": "12",
    "money": "5 000",
    "date": "2027-02-01",
    "email": "kari@customer.example",
    "url": "www.customer.example",
    "phone": "22 12 34 56",
    "organisation_number": "974760673",
    "iban": "NO93 8601 1117 947",
    "national_id": "15108695088",
}
SHOWN = (
    "5,000 NOK",
    "12 months",
    "1 February 2027",
    "First part and Second part",
    "+47 22 12 34 56",
    "Storgata 1, 0155 Oslo, Norway",
    "https://www.customer.example",
    "974 760 673",
    "NO93 8601 1117 947",
    "151086 95088",
    "bevis.pdf",
)


def definitions(role: str) -> list[Any]:
    return [
        made.field(
            kind, f"{role}_{kind}", kind.replace("_", " ").title(), role, **MORE.get(kind, {})
        )
        for kind in ASKED
    ]


@pytest.fixture
def asked(sales: Any, sender: Any) -> Any:
    """A contract that asks the customer for every kind of field."""
    places = [
        made.text(f"{kind}: {made.chip(f'customer_{kind}')}.") for kind in ASKED if kind != "choice"
    ]
    body = [*places, made.place("customer_choice"), made.signatures("Signatures")]
    page = builders.template(sales, fields=definitions("customer"), body=body)
    contract = builders.contract(page, sender, values={})
    shown = builders.shown(contract)
    contracts.send(contract, shown, into=states.SIGNING, by=builders.actor(sender))
    return journeys.stage(contract, sender)


def shot(page: Any, name: str) -> None:
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def test_a_phone_is_enough_for_every_kind(asked, open_page):
    page = open_page(width=375, height=800)
    do.come_in(page, asked.kari)
    shot(page, "fields-open-375")
    do.accessible(page)
    proof = {"name": "bevis.pdf", "mimeType": "application/pdf", "buffer": uploads.saying("Proof")}
    page.locator("input[type=file]").set_input_files(proof)
    page.locator(".wc-given").wait_for()
    for kind, typed in TYPED.items():
        page.locator(f"[name='a-customer_{kind}']").fill(typed)
    page.locator("[name='a-customer_yes_no'][value=yes]").check(force=True)
    page.locator("[name='a-customer_choice'][value=first]").check(force=True)
    for box in page.locator("[name='a-customer_multiple']").all():
        box.check(force=True)
    page.get_by_label("How many").fill("12")
    page.get_by_label("Street and number").fill("Storgata 1")
    page.get_by_label("Postcode").fill("155")
    page.get_by_label("City").fill("Oslo")
    page.get_by_role("button", name="Review and sign").locator("visible=true").first.click()
    page.get_by_role("alert").wait_for()
    assert (
        page.locator("[aria-invalid=true]").get_attribute("name") == "a-customer_address.postcode"
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
    shot(page, "fields-wrong-375")
    do.accessible(page)
    page.set_viewport_size({"width": 375, "height": 800})
    page.get_by_label("Postcode").fill("0155")
    page.get_by_role("button", name="Review and sign").locator("visible=true").first.click()
    page.wait_for_url("**/sign/")

    page.goto(page.url.replace("/sign/", "/"))
    read = page.locator("#text").inner_text().replace("\u00a0", " ")
    assert [words for words in SHOWN if words not in read] == []
    content = Contract.objects.get(pk=asked.contract.pk).current_version.content
    assert not [key for key, value in trees.values_by_key(content).items() if value is None]
