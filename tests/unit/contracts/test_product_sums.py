"""Sums of product tables, each by a rule that can be reckoned by hand."""

import pytest

from wagtail_contracts.contracts.core import products


def row(**parts):
    return {
        "quantity": "1.0000",
        "price": "0.0000",
        "discount": None,
        "vat": "25.00",
        "period": "once",
        **parts,
    }


def nok(amount):
    return {"amount": amount, "currency": "NOK"}


def off(kind, value):
    return {"kind": kind, "value": value}


@pytest.mark.parametrize(
    ("parts", "currency", "amount"),
    [
        ({"price": "0.1250"}, "NOK", "0.13"),  # a half goes up
        ({"price": "0.1249"}, "NOK", "0.12"),
        ({"price": "2.5000"}, "JPY", "3"),  # not to the even number
        ({"price": "0.1235"}, "KWD", "0.124"),
        ({"quantity": "3.0000", "price": "0.3350"}, "NOK", "1.01"),  # 1.005; the unit stays exact
        ({"price": "99.9900", "discount": off("percent", "12.5000")}, "NOK", "87.49"),  # 87.49125
        (
            {"quantity": "2.0000", "price": "10.0000", "discount": off("amount", "0.5050")},
            "NOK",
            "18.99",
        ),
        ({"price": "10.0000", "discount": off("percent", "100.0000")}, "NOK", "0.00"),
    ],
)
def test_a_line_is_rounded_half_up_to_the_smallest_unit(parts, currency, amount):
    assert format(products.net(row(**parts), currency), "f") == amount


def test_lines_are_rounded_before_they_are_added():
    three = [row(price="0.0050")] * 3

    assert products.totals(three, "NOK")[0]["net"] == nok("0.03")  # not 0.015, that is 0.02


def test_vat_is_reckoned_for_each_rate_over_rounded_lines():
    rows = [row(price="0.3000"), row(price="0.3000"), row(price="1.0000", vat="15.00")]

    assert products.totals(rows, "NOK")[0]["vat"] == [
        {"rate": "15.00", "base": nok("1.00"), "amount": nok("0.15")},
        {"rate": "25.00", "base": nok("0.60"), "amount": nok("0.15")},  # not twice 0.08
    ]


def test_periods_stay_apart_and_come_from_once_to_year():
    rows = [row(price="10.0000", period=period) for period in ("year", "month", "once", "quarter")]

    found = [(total["period"], total["gross"]) for total in products.totals(rows, "NOK")]
    assert found == [(period, nok("12.50")) for period in ("once", "month", "quarter", "year")]


@pytest.mark.parametrize(
    ("period", "months", "amount"),
    [
        ("once", 36, "1000.00"),
        ("month", 36, "36000.00"),
        ("month", None, "12000.00"),  # open-ended: a year
        ("quarter", 14, "4666.67"),  # a part of a period counts as that part
        ("year", 18, "1500.00"),
    ],
)
def test_the_value_counts_the_committed_months(period, months, amount):
    rows = [row(price="1000.0000", period=period)]

    assert products.summed(rows, months, "NOK")["value"] == nok(amount)


def test_values_of_different_currencies_are_not_added():
    def table(amount, currency):
        return {"type": "products", "value": {"amount": amount, "currency": currency}}

    inner = {"type": "area", "blocks": [table("1.50", "NOK")]}
    body = [table("2", "JPY"), inner, table("2.00", "NOK"), {"type": "text"}]

    assert products.value(body) == [{"amount": "2", "currency": "JPY"}, nok("3.50")]
