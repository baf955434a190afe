"""Sums of product tables against a second computation, in whole numbers of the smallest parts."""

from collections import Counter
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from wagtail_contracts.contracts.core import products

# ISO 4217: how many digits the smallest unit of each has.
DIGITS = {"NOK": 2, "EUR": 2, "JPY": 0, "KWD": 3}
LENGTH = {"once": None, "month": 1, "quarter": 3, "year": 12}


def number(most: str, places: int) -> Any:
    return st.decimals(0, Decimal(most), places=places).map(lambda found: format(found, "f"))


prices = number("99999999999.9999", 4) | number("20", 4)
quantities = number("99999999.9999", 4) | number("9", 4)


@st.composite
def rows(draw: Any) -> dict[str, Any]:
    price = draw(prices)
    percent = number("100", 4).map(lambda found: {"kind": "percent", "value": found})
    amount = number(price, 4).map(lambda found: {"kind": "amount", "value": found})
    return {
        "quantity": draw(quantities),
        "price": price,
        "discount": draw(st.none() | percent | amount),
        "vat": draw(st.sampled_from(["0.00", "12.00", "15.00", "25.00", "8.37"])),
        "period": draw(st.sampled_from(list(LENGTH))),
    }


tables = st.lists(rows(), max_size=8)
currencies = st.sampled_from(list(DIGITS))
terms = st.none() | st.integers(1, 120)


def parts(text: str) -> int:
    """Ten-thousandths."""
    whole, _point, rest = text.partition(".")
    return int(whole) * 10_000 + int((rest + "0000")[:4])


def rounded(exact: Fraction, digits: int) -> int:
    """The smallest units nearest to it; half a unit goes up."""
    return (2 * exact.numerator * 10**digits + exact.denominator) // (2 * exact.denominator)


def written(units: int, currency: str) -> dict[str, str]:
    digits = DIGITS[currency]
    whole, rest = divmod(units, 10**digits)
    return {
        "amount": f"{whole}.{rest:0{digits}}" if digits else str(whole),
        "currency": currency,
    }


def line(row: dict[str, Any], digits: int) -> int:
    price = Fraction(parts(row["price"]), 10_000)
    if (off := row["discount"]) and off["kind"] == "percent":
        price -= price * Fraction(parts(off["value"]), 1_000_000)
    elif off:
        price -= Fraction(parts(off["value"]), 10_000)
    return rounded(Fraction(parts(row["quantity"]), 10_000) * price, digits)


def expected(table: list[dict[str, Any]], currency: str) -> list[dict[str, Any]]:
    made = []
    for period in LENGTH:
        lines = [
            (parts(row["vat"]), line(row, DIGITS[currency]))
            for row in table
            if row["period"] == period
        ]
        if not lines:
            continue
        without, taxes, tax = sum(units for _rate, units in lines), [], 0
        for rate in sorted({rate for rate, _units in lines}):
            base = sum(units for other, units in lines if other == rate)
            here = rounded(Fraction(base * rate, 1_000_000), 0)
            tax += here
            rates = {"base": written(base, currency), "amount": written(here, currency)}
            taxes.append({"rate": f"{rate // 10_000}.{rate % 10_000 // 100:02}", **rates})
        sums = {"net": written(without, currency), "gross": written(without + tax, currency)}
        made.append({"period": period, "vat": taxes, **sums})
    return made


def test_lines_and_totals_are_those_of_a_second_computation() -> None:
    seen: Counter[str] = Counter()

    @given(tables, currencies)
    @settings(max_examples=150, deadline=None)
    def compare(table: list[dict[str, Any]], currency: str) -> None:
        seen[currency] += len(table)
        made = products.summed(table, None, currency)

        lines = [written(line(row, DIGITS[currency]), currency) for row in table]
        assert [row["net"] for row in made["rows"]] == lines
        assert made["totals"] == expected(table, currency)

    compare()
    assert set(seen) == set(DIGITS)
    assert min(seen.values()) > 20


@given(tables, currencies, terms)
@settings(max_examples=80, deadline=None)
def test_the_value_is_the_one_off_sum_and_the_committed_part_of_the_others(
    table: list[dict[str, Any]], currency: str, months: int | None
) -> None:
    units = 0
    for total in expected(table, currency):
        amount = int(total["net"]["amount"].replace(".", ""))
        length = LENGTH[total["period"]]
        units += rounded(Fraction(amount * (months or 12), length), 0) if length else amount

    assert products.summed(table, months, currency)["value"] == written(units, currency)
