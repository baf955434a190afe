"""Product tables: what is asked, what is chosen, what is signed and how it reads."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from wagtail_contracts.contracts.core.fields import quantities
from wagtail_contracts.contracts.core.fields.kind import Wrong
from wagtail_contracts.contracts.core.kinds.base import Scope
from wagtail_contracts.contracts.core.kinds.products import KINDS

KIND = KINDS["products"]


def row(id, **parts):
    value = {
        "name": id.title(),
        "quantity": "1",
        "price": "100",
        "vat": "25",
        "period": "once",
        **parts,
    }
    return {"type": "item", "id": id, "value": value}


ROWS = [
    row("setup", quantity="2.5", unit="hours", sku="S-1", price="1200", discount="10"),
    row("training", choice="optional", default=True, description="One day\nat your office"),
    row("backup", choice="optional", period="month"),
    row("basic", choice="one_of", group="1", default=True, period="month"),
    row("plus", choice="one_of", group="1", price="250", period="month"),
    row("seats", quantity="5", minimum="5", maximum="50", step="5", period="month"),
]


def block(rows=ROWS, **parts):
    value = {"title": "Prices", "currency": "NOK", "role": "customer", "months": 24, "rows": rows}
    return {"id": "table", "type": "products", **KIND.tree({**value, **parts})}


def resolved(table, **values):
    made = {key.replace("__", "."): value for key, value in values.items()}
    return KIND.resolved(table, Scope(made))


def ids(table):
    return [row["id"] for row in table["rows"]]


def test_a_counterparty_is_asked_for_each_choice_and_each_free_quantity():
    asked = {ask["key"]: (ask["kind"], ask["role"]) for ask in KIND.asks(block())}

    assert asked == {
        "training": ("yes_no", "customer"),
        "backup": ("yes_no", "customer"),
        "seats.quantity": ("quantity", "customer"),
        "table.1": ("choice", "customer"),
    }


def test_one_of_a_group_offers_its_rows_and_must_be_chosen_where_none_is_suggested():
    undecided = [{**item, "value": {**item["value"], "default": False}} for item in ROWS]

    for rows, required in ((ROWS, False), (undecided, True)):
        choice = next(ask for ask in KIND.asks(block(rows)) if ask["key"] == "table.1")
        assert [option["key"] for option in choice["options"]] == ["basic", "plus"]
        assert choice["required"] is required


def test_nobody_is_asked_where_nobody_chooses():
    assert list(KIND.asks(block(role=""))) == []


def test_what_was_not_decided_is_as_suggested():
    assert ids(resolved(block())) == ["setup", "training", "basic", "seats"]


def test_only_what_was_chosen_is_signed():
    made = resolved(block(), training=False, backup=True, table__1="plus")

    assert ids(made) == ["setup", "backup", "plus", "seats"]
    assert made["totals"][0]["net"]["amount"] == "2700.00"  # 2.5 × 1200 less 10 %
    assert made["totals"][1]["net"]["amount"] == "850.00"  # 100 + 250 + 5 × 100
    assert made["value"] == {"amount": "23100.00", "currency": "NOK"}  # 2700 + 24 × 850
    offer = {"choice", "default", "group", "limits", "chosen"}
    assert not any(offer & row.keys() for row in made["rows"])
    assert list(KIND.asks(made)) == []


def test_a_chosen_quantity_counts_and_none_of_it_leaves_the_row_out():
    free = [row("seats", quantity="5", minimum="0", maximum="50", step="5")]

    assert resolved(block(free), seats__quantity="20.0000")["rows"][0]["quantity"] == "20.0000"
    assert resolved(block(free), seats__quantity="0.0000") is None


@pytest.mark.parametrize(
    ("key", "decided"),
    [("table.1", "setup"), ("table.1", "gone"), ("seats.quantity", "7.0000"), ("training", None)],
)
def test_a_decision_that_no_longer_fits_counts_as_none(key, decided):
    assert KIND.resolved(block(), Scope({key: decided})) == resolved(block())


def test_a_decision_counts_only_where_somebody_chooses():
    assert ids(resolved(block(role=""), backup=True)) == ["setup", "training", "basic", "seats"]


def test_an_open_table_keeps_what_may_still_be_chosen_and_sums_what_is():
    made = KIND.resolved(block(), Scope({"backup": True}, open=True))

    chosen = {row["id"]: row["chosen"] for row in made["rows"]}
    assert [id for id, yes in chosen.items() if yes] == [
        *("setup", "training", "backup", "basic", "seats")
    ]
    assert chosen["plus"] is False
    assert made["totals"] == resolved(block(), backup=True)["totals"]
    assert {ask["key"] for ask in KIND.asks(made)} == {ask["key"] for ask in KIND.asks(block())}


def test_a_table_without_a_chosen_row_is_gone():
    assert resolved(block([row("backup", choice="optional")])) is None


@pytest.mark.parametrize("typed", ["5", "10", "50", "50,0", "5.0000", "1 0"])
def test_a_quantity_within_its_limits_is_read(typed):
    field = {"minimum": "5.0000", "maximum": "50.0000", "step": "5.0000"}

    assert quantities.KINDS["quantity"].read(field, typed).endswith(".0000")


@pytest.mark.parametrize("typed", ["0", "4", "7", "51", "55", "-5", "5.00001", "ten", "1e1", "NaN"])
def test_a_quantity_beyond_its_limits_is_refused_with_the_limits(typed):
    field = {"minimum": "5.0000", "maximum": "50.0000", "step": "5.0000"}

    with pytest.raises(Wrong) as refused:
        quantities.KINDS["quantity"].read(field, typed)
    assert refused.value.words == {"minimum": "5", "maximum": "50", "step": "5"}


class Say:
    def __init__(self, language):
        self.language = language


def test_a_table_reads_as_lines_in_the_language_of_the_contract():
    lines = KIND.text(resolved(block()), Say("nb")).replace("\u00a0", " ").split("\n")

    assert lines[0] == "Prices"
    assert (
        lines[1]
        == "S-1 Setup | 2,5 hours × 1 200,00 NOK – 10 % = 2 700,00 NOK | Mva. 25 % | engangs"
    )
    assert lines[2].startswith("Training | One day | at your office | 1 × 100,00 NOK = 100,00 NOK")
    assert lines[-1] == "Totalt, uten mva., over 24 måneder: 17 200,00 NOK"
    assert len(lines) == 1 + 4 + 2 + 1


def test_an_offer_says_what_may_be_chosen():
    text = KIND.text(block(), Say("en"))

    assert "optional | chosen at first" in text
    assert "one of 1" in text
    assert "5–50 (5)" in text
    assert "Total, without VAT" not in text


def test_prices_show_as_many_decimals_as_they_need():
    cheap = resolved(block([row("power", price="0.1234")], currency="JPY"))

    assert "1 × 0.1234\u00a0JPY = 0\u00a0JPY" in KIND.text(cheap, Say("en"))


DOCS = Path(__file__).parents[3] / "docs" / "reference"
SCHEMA = json.loads((DOCS / "contract.schema.json").read_text())
VALIDATOR = Draft202012Validator({**SCHEMA, "$ref": "#/$defs/products_block"})


def signed():
    head = {"policy": "editable", "number": None, "condition": None}
    return json.loads(json.dumps({**head, **resolved(block())}))


def test_what_is_signed_has_the_shape_that_the_schema_says():
    assert list(VALIDATOR.iter_errors(signed())) == []


@pytest.mark.parametrize("path", [(), ("rows", 0), ("rows", 0, "discount"), ("totals", 0)])
def test_the_schema_takes_no_table_with_a_part_more_or_less(path):
    for bend in (lambda part: part.update(more=None), lambda part: part.pop(next(iter(part)))):
        made = signed()
        part = made
        for step in path:
            part = part[step]
        bend(part)
        assert list(VALIDATOR.iter_errors(made))
