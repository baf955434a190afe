"""A counterparty chooses products; only what was chosen is part of what is signed."""

import pytest
from django.urls import reverse

from example_site import contents as made
from tests import builders, journeys, tables
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.admin import differing
from wagtail_contracts.contracts.core import products, states, trees
from wagtail_contracts.contracts.errors import AnswersRefused, NotReady

TABLE = made.products(
    "Prices",
    made.product("Setup", "1200", quantity="2.5", unit="hours", discount="10"),
    made.product("Backup", "100", choice="optional", period="month"),
    made.product("Basic", "100", choice="one_of", group="1", default=True, period="month"),
    made.product("Plus", "250", choice="one_of", group="1", period="month"),
    made.product("Seats", "100", quantity="5", minimum="5", maximum="50", step="5"),
    role="customer",
    months=24,
)


def sent(sales, sender, block):
    """Sent for signature, with this table."""
    page = builders.template(sales, body=[*builders.BODY[:-1], block, builders.BODY[-1]])
    contract = builders.contract(page, sender)
    contracts.send(
        contract, builders.shown(contract), into=states.SIGNING, by=builders.actor(sender)
    )
    return journeys.stage(contract, sender)


@pytest.fixture
def offer(sales, sender):
    """Sent with a table to choose from."""
    return sent(sales, sender, TABLE)


def table(content):
    return next(block for block in content["body"] if block["type"] == "products")


def keys(version):
    """The keys of what is chosen, by the names of rows and the number of the group."""
    found = table(version.whole)
    rows = {row["name"]: row["id"] for row in found["rows"]}
    return {
        **rows,
        "group": f"{found['id']}.1",
        "seats": f"{rows['Seats']}.quantity",
    }


def answer(offer, **typed):
    """What Kari answers; names of rows stand for their ids."""
    key = keys(offer.version)
    named = {key[name]: key.get(value, value) for name, value in typed.items()}
    return contracts.answer(
        offer.kari,
        offer.version.digest,
        {**builders.ANSWERS, **named},
        by=builders.guest(offer.kari),
    )


def names(version):
    return [row["name"] for row in table(version.content)["rows"]]


def test_what_is_sent_has_the_suggested_rows_and_offers_all(offer):
    assert names(offer.version) == ["Setup", "Basic", "Seats"]
    assert [row["name"] for row in table(offer.version.whole)["rows"]] == [
        *("Setup", "Backup", "Basic", "Plus", "Seats")
    ]


def test_chosen_rows_and_only_they_make_the_version_and_its_value(offer):
    version = answer(offer, Backup="yes", group="Plus", seats="20")

    assert names(version) == ["Setup", "Backup", "Plus", "Seats"]
    # 2700 + 20 × 100 once, 100 + 250 each month for 24 months
    assert products.value(version.content["body"]) == [{"amount": "13100.00", "currency": "NOK"}]
    assert keys(version)["Basic"] not in version.record
    stored = trees.values_by_key(version.whole)
    assert stored[keys(version)["seats"]] == "20.0000"


def test_the_overview_tells_the_value(offer, client):
    client.force_login(offer.sender)
    address = reverse("wagtail_contracts_contract:inspect", args=[offer.contract.pk])

    page = client.get(address).content.decode()
    assert "<dt>Value</dt>" in page
    assert "5,600.00\u00a0NOK" in page  # 2700 + 5 × 100 once, 100 each month for 24 months
    answer(offer, group="Plus")
    assert "9,200.00\u00a0NOK" in client.get(address).content.decode()


def test_choosing_otherwise_brings_the_rows_back(offer):
    answer(offer, Backup="yes", group="Plus", seats="20")
    offer = journeys.stage(offer.contract, offer.sender)

    assert names(answer(offer, Backup="no", group="Basic", seats="5")) == [
        *("Setup", "Basic", "Seats")
    ]


@pytest.mark.parametrize(
    "forged",
    [
        {"seats": "7"},
        {"seats": "55"},
        {"seats": "-5"},
        {"seats": "9." + "9" * 40},
        {"seats": ["5", "10"]},
        {"group": "Setup"},
        {"group": ["Basic", "Plus"]},
        {"Backup": "maybe"},
        {"Setup": "no"},
        {"Basic": "yes"},
        {"foreign": "yes"},
        {"price": "1"},
    ],
)
def test_a_forged_choice_is_refused_and_nothing_is_written(offer, forged):
    key = {**keys(offer.version), "foreign": "x", "price": f"{keys(offer.version)['Seats']}.price"}
    honest = {key["seats"]: "10"}
    [(name, value)] = forged.items()
    value = (
        [key.get(one, one) for one in value] if isinstance(value, list) else key.get(value, value)
    )

    with tables.unchanged(), pytest.raises(AnswersRefused) as refused:
        contracts.answer(
            offer.kari,
            offer.version.digest,
            {**builders.ANSWERS, **honest, key[name]: value},
            by=builders.guest(offer.kari),
        )

    assert list(refused.value.problems) == [key[name]]
    contracts.answer(
        offer.kari,
        offer.version.digest,
        {**builders.ANSWERS, **honest},
        by=builders.guest(offer.kari),
    )


def test_the_report_of_deviations_names_each_cell(offer):
    contract = offer.contract
    block = next(child for child in contract.body if child.block_type == "products")
    rows = block.value["rows"]
    rows[0]["price"], rows[4]["discount"] = 900, 5
    del rows[1]

    assert differing.sentences(contract) == [
        "“Prices”, row “Setup”: Price is “900.00”, in the template “1,200.00”.",
        "“Prices”, row “Seats”: Discount is “5\u00a0%”, in the template “”.",
        "“Prices”: row “Backup” was removed.",
    ]


def test_a_changed_price_keeps_what_was_chosen(offer, sender):
    answer(offer, Backup="yes", seats="20")
    contract = journeys.stage(offer.contract, sender).contract
    block = next(child for child in contract.body if child.block_type == "products")
    block.value["rows"][4]["price"] = 90
    contract.body = contract.body
    contract.save()

    version = contracts.revise(
        contract, builders.shown(contract), "A lower price.", by=builders.actor(sender)
    )

    seats = table(version.content)["rows"][-1]
    assert (seats["quantity"], seats["net"]["amount"]) == ("20.0000", "1800.00")
    assert "Backup" in names(version)


def test_one_of_a_group_must_be_chosen_where_none_is_suggested(sales, sender):
    rows = [made.product(name, "100", choice="one_of", group="1") for name in ("Basic", "Plus")]
    undecided = made.products("Prices", *rows, made.product("Setup", "10"), role="customer")
    offer = sent(sales, sender, undecided)
    key = f"{table(offer.version.whole)['id']}.1"

    assert offer.version.unanswered == ["Support", "Invoices to", "Basic / Plus"]
    with tables.unchanged(), pytest.raises(AnswersRefused) as refused:
        contracts.answer(
            offer.kari,
            offer.version.digest,
            {**builders.ANSWERS, key: ""},
            by=builders.guest(offer.kari),
        )
    assert list(refused.value.problems) == [key]

    rows = {row["name"]: row["id"] for row in table(offer.version.whole)["rows"]}
    version = contracts.answer(
        offer.kari,
        offer.version.digest,
        {**builders.ANSWERS, key: rows["Plus"]},
        by=builders.guest(offer.kari),
    )
    assert (names(version), version.unanswered) == (["Plus", "Setup"], [])


def test_a_table_in_which_our_own_side_would_choose_is_not_sent(sales, sender):
    rows = [made.product("Setup", "10"), made.product("More", "10", choice="optional")]
    page = builders.template(
        sales, body=[*builders.BODY, made.products("Prices", *rows, role="supplier")]
    )
    contract = builders.contract(page, sender)

    with tables.unchanged(), pytest.raises(NotReady) as refused:
        contracts.send(
            contract, builders.shown(contract), into=states.SIGNING, by=builders.actor(sender)
        )
    assert refused.value.missing == ["In “Prices” one of the other parties has to choose."]
    assert sent(sales, sender, made.products("Prices", *rows, role="customer")).version
