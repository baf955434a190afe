"""Product tables and clauses in two languages in the open area of a contract."""

from __future__ import annotations

from typing import Any

import pytest

from example_site import contents as made
from tests import builders, journeys
from tests.admin import posts
from tests.admin.conftest import kept
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.blocks.clauses import INLINE
from wagtail_contracts.contracts.core import products, states, trees
from wagtail_contracts.contracts.models import Contract
from wagtail_contracts.contracts.rendering import html, text

TABLE, CLAUSE, HOURS, LICENCES = (f"00000000-0000-4000-8000-00000000000{n}" for n in range(4))
ROWS = ((HOURS, "Hours", "100", {"quantity": "3"}), (LICENCES, "Licences", "50", {}))
LOCKED = made.products("Prices", made.product("Setup", "1000"), policy="locked")


@pytest.fixture
def second() -> str:
    """The second language of the contract; "" for none."""
    return "nb"


@pytest.fixture
def contract(sales: Any, sender: Any, second: str) -> Contract:
    """A draft with a locked table, and an area that holds nothing yet."""
    page = builders.template(sales, body=[*builders.BODY[:-1], LOCKED, builders.BODY[-1]])
    page.second_language = second
    return builders.contract(page, sender)


def table(*rows: Any, **changes: str) -> posts.Entry:
    """A product table as the form of an area posts it."""
    term = {"id": TABLE, "type": "products", "deleted": "", "order": "0"}
    term |= {"value-title": "Extras", "value-currency": "NOK", "value-role": "customer"}
    term |= {"value-months": "", "value-rows-count": str(len(rows)), **changes}
    usual = {"quantity": "1", "vat": "25", "period": "once", "choice": "optional"}
    for place, (id, name, price, more) in enumerate(rows):
        prefix = f"value-rows-{place}"
        term |= {f"{prefix}-id": id, f"{prefix}-deleted": "", f"{prefix}-order": str(place)}
        cells = {**usual, "name": name, "price": price, "discount_kind": "percent", **more}
        term |= {f"{prefix}-value-{part}": value for part, value in cells.items()}
    return term


def both(**changes: str) -> posts.Entry:
    """A clause in two languages as the form of an area posts it."""
    said = {"heading": "Costs", "other_heading": "Kostnader"}
    term = {"id": CLAUSE, "type": "bilingual", "deleted": "", "order": "1", "value-level": "1"}
    term |= {f"value-{part}": posts.draftail(words, INLINE) for part, words in said.items()}
    texts = {f"value-{part}": posts.draftail("<p>-</p>") for part in ("text", "other_text")}
    return {**term, **texts, **changes}


def post(admin: Any, contract: Contract, *terms: posts.Entry) -> Any:
    """Save the editor with these blocks in the area."""
    entries = posts.entries(contract)
    [place] = [n for n, item in enumerate(contract.outline) if item["type"] == "area"]
    entries[place] |= posts.area({}, terms)
    return admin.post(posts.address("edit", contract.pk), posts.edit(contract, entries))


def test_a_table_in_an_area_counts_and_its_rows_are_chosen(admin, contract, sender):
    assert post(admin, contract, table(*ROWS), both()).status_code == 302
    fresh = Contract.objects.get(pk=contract.pk)
    contracts.send(fresh, builders.shown(fresh), into=states.SIGNING, by=builders.actor(sender))
    offer = journeys.stage(fresh, sender)
    worth = [{"amount": "1000.00", "currency": "NOK"}]  # nothing in the area is chosen yet
    assert products.value(offer.version.content["body"]) == worth
    asked = {item["key"] for item in trees.asked(offer.version.whole["body"])}
    assert asked == {HOURS, LICENCES}
    chosen = {**builders.ANSWERS, HOURS: "yes"}
    by = builders.guest(offer.kari)
    version = contracts.answer(offer.kari, offer.version.digest, chosen, by=by)
    assert products.value(version.content["body"]) == [{"amount": "1300.00", "currency": "NOK"}]
    for shown in (str(html.document(version.content)), text.plain(version.content)):
        assert "Hours" in shown
        assert "Kostnader" in shown
        assert "Licences" not in shown


def test_a_table_in_an_area_can_be_saved_and_opened_again(admin, contract):
    assert post(admin, contract, table(*ROWS)).status_code == 302
    shown = builders.shown(Contract.objects.get(pk=contract.pk))
    assert post(admin, Contract.objects.get(pk=contract.pk), table(*ROWS)).status_code == 302
    assert builders.shown(Contract.objects.get(pk=contract.pk)) == shown
    page = admin.get(posts.address("edit", contract.pk)).content.decode()
    assert "Licences" in page
    assert '{"key": "customer", "label": "Customer"}' in page  # who may be told to choose


@pytest.mark.parametrize(
    ("id", "said"),
    [(LICENCES, ""), (HOURS, "sent twice"), ("x", "proper identity"), ("theirs", "another block")],
)
def test_rows_in_an_area_have_ids_of_their_own(admin, contract, id, said):
    rows = {item["type"]: item["value"].get("rows") for item in contract.outline}["products"]
    other = (rows[0]["id"] if id == "theirs" else id, *ROWS[1][1:])
    before = kept(contract)
    response = post(admin, contract, table(ROWS[0], other))
    if not said:
        assert response.status_code == 302
        assert kept(contract) != before
    else:
        [error] = response.context["form"].errors["body"].as_data()
        assert said in str(error.as_json_data())
        assert kept(contract) == before


@pytest.mark.parametrize("second", ["nb", ""])
def test_a_contract_in_one_language_takes_no_clause_in_two(admin, contract, second):
    before = kept(contract)
    response = post(admin, contract, both())
    assert response.status_code == (302 if second else 200)
    if not second:
        assert "has one language" in str(response.context["form"].errors["body"])
        assert kept(contract) == before
