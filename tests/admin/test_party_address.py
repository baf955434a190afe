"""The postal address of a party: asked for, kept, taken over, and shown where the parties are."""

from __future__ import annotations

from typing import Any

import pytest

from example_site import contents as made
from tests import builders
from tests.admin import posts, wizard
from tests.admin.conftest import kept
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.core import diffs
from wagtail_contracts.contracts.models import Contract
from wagtail_contracts.contracts.rendering import html, text

STORED = {"street": ["Storgata 1", "2nd floor"], "postcode": "0155", "city": "Oslo"}
STORED |= {"country": "NO"}
SHOWN = "Storgata 1, 2nd floor, 0155 Oslo, Norway"


@pytest.fixture
def template(sales: Any) -> Any:
    """A template that lists the parties."""
    return builders.template(
        sales, body=[*builders.BODY[:-1], made.party_details("Parties"), made.signatures("")]
    )


def inputs(prefix: str, **changes: str) -> posts.Post:
    """The inputs of an address."""
    typed = {"street": "Storgata 1\r\n2nd floor", "postcode": "0155", "city": "Oslo"}
    typed |= {"country": "NO", **changes}
    return {f"{prefix}-address.{part}": said for part, said in typed.items()}


@pytest.fixture
def named(admin: Any, template: Any, sender: Any) -> Contract:
    """A draft whose customer's address was typed in the second step."""
    contract = wizard.begin(admin, template)
    number = template.workspace.organisation_number
    said = wizard.parties(sender, **inputs("party-customer"), **inputs("party-supplier"))
    said["party-supplier-organisation_number"] = number
    assert wizard.post(admin, "parties", contract, said).status_code == 302
    return Contract.objects.get(pk=contract.pk)


def customer(contract: Contract) -> Any:
    return contract.parties.get(role="customer")


def test_an_address_is_stored_and_shown_where_the_parties_are(admin, named):
    assert customer(named).address == STORED
    page = admin.get(posts.address("parties", named.pk)).content.decode()
    assert "2nd floor" in page
    content = contracts.compose(named)
    assert content["parties"][1]["address"] == STORED
    assert SHOWN in str(html.document(content))
    assert SHOWN in text.plain(content).replace("\n    ", " ")


def test_an_address_that_does_not_fit_is_refused_and_nothing_is_stored(admin, template, sender):
    contract = wizard.begin(admin, template)
    before = kept(contract)
    wrong = wizard.parties(sender, **inputs("party-customer", postcode="1"))
    page = wizard.post(admin, "parties", contract, wrong)
    assert page.status_code == 200
    assert "0155" in page.content.decode()  # as the sentence says that it would fit
    assert kept(contract) == before
    nothing = wizard.parties(sender, **inputs("party-customer", street="", postcode="", city=""))
    assert wizard.post(admin, "parties", contract, nothing).status_code == 302
    assert customer(contract).address is None


def test_the_editor_of_a_draft_keeps_and_changes_an_address(admin, named):
    url = posts.address("edit", named.pk)
    post = {**posts.edit(named), **inputs("parties-1", city="Bergen", postcode="5003")}
    assert admin.post(url, post).status_code == 302
    assert customer(named).address == {**STORED, "city": "Bergen", "postcode": "5003"}


def test_a_copy_and_the_next_contract_take_the_address_over(admin, named, template, sender):
    again = contracts.duplicate(named, owner=sender, by=builders.actor(sender))
    assert customer(again).address == STORED
    contract = wizard.begin(admin, template)
    ours = contract.parties.get(role="supplier")
    assert ours.address == STORED  # as it was typed for the same organisation before
    filled = wizard.parties(sender, fill=f"customer.{customer(again).pk}", do=None)
    page = admin.get(wizard.post(admin, "parties", contract, filled).url)
    assert "2nd floor" in page.content.decode()
    assert customer(contract).address == STORED


def test_a_comparison_says_the_old_and_the_new_address(named):
    old = contracts.compose(named)
    party = {**old["parties"][1], "address": {**STORED, "city": "Moss"}}
    [change] = diffs.compare(old, {**old, "parties": [old["parties"][0], party]})
    assert (SHOWN in change.old, "0155 Moss" in change.new) == (True, True)
