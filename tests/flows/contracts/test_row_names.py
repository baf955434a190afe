"""A condition or formula that names a row of a product table names the row of the same contract."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from example_site import contents as made
from tests import builders, journeys, signatures
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.blocks import plain
from wagtail_contracts.contracts.core import states, template_faults
from wagtail_contracts.contracts.core.keys import IDENTITY
from wagtail_contracts.contracts.models import Contract

BACKUP = made.product("Backup", "100", choice="optional", default=True)
SEATS = made.product("Seats", "100", quantity="5", minimum="5", maximum="50", step="5")
TABLE = made.products("Prices", BACKUP, SEATS, role="customer")
TERMS = made.text("We keep copies.", policy="locked")
TERMS["value"]["condition"] = {
    "join": "all",
    "tests": [],
    "expression": f"{{{BACKUP['id']}}} and {{{SEATS['id']}.quantity}} > 4",
}
DOUBLE = made.computed("double", "Double", "number", expression=f"{{{SEATS['id']}.quantity}} * 2")
BODY = [TABLE, TERMS, made.text(f"Twice: {made.chip('double')}."), made.signatures("")]


@pytest.fixture
def page(sales: Any) -> Any:
    body = [*builders.BODY[:-1], *copy.deepcopy(BODY)]
    return builders.template(sales, body=body, fields=[*builders.FIELDS, DOUBLE])


def rows(contract: Contract) -> set[str]:
    """The ids of the rows of a contract."""
    tables = [entry for entry in plain(contract.body) if entry["type"] == "products"]
    return {row["id"] for entry in tables for row in entry["value"]["rows"]}


def named(contract: Contract) -> set[str]:
    """The ids that its conditions and formulas name."""
    streams = [*contract.outline, *plain(contract.body)]
    said = [entry["value"]["condition"]["expression"] for entry in streams if asks(entry)]
    said += [item["formula"]["expression"] for item in contract.fields if item.get("formula")]
    return {id for text in said for id in IDENTITY.findall(text)}


def asks(entry: Any) -> bool:
    return bool(entry["value"].get("condition"))


def faults(contract: Contract) -> list[Any]:
    """What its conditions and formulas name that is not there."""
    return template_faults.refused(contracts.whole(Contract.objects.get(pk=contract.pk)))


def test_a_contract_and_one_from_a_copy_of_its_template_name_their_own_rows(page, sender):
    twin = page.copy(update_attrs={"slug": "twin", "title": "Twin"}, keep_live=True)
    for template in (page, type(page).objects.get(pk=twin.pk)):
        contract = builders.contract(template, sender)
        assert named(contract) == rows(contract)
        assert rows(contract).isdisjoint({BACKUP["id"], SEATS["id"]})
        assert faults(contract) == []


@pytest.mark.parametrize("verb", ["duplicate", "amend", "renew"])
def test_what_is_made_from_a_contract_names_its_own_rows(page, sender, verb):
    contract = builders.contract(page, sender)
    by = builders.actor(sender)
    if verb != "duplicate":
        contracts.send(contract, builders.shown(contract), into=states.SIGNING, by=by)
        sent = journeys.stage(contract, sender)
        guest = builders.guest(sent.kari)
        contracts.answer(sent.kari, sent.version.digest, builders.ANSWERS, by=guest)
        signatures.sign_all(journeys.stage(Contract.objects.get(pk=contract.pk), sender))
        contract = Contract.objects.get(pk=contract.pk)
    made_of_it = getattr(contracts, verb)(contract, owner=sender, by=by)
    again = Contract.objects.get(pk=made_of_it.pk)
    assert named(again) == rows(again)
    assert rows(again).isdisjoint(rows(contract))
    assert faults(again) == []
