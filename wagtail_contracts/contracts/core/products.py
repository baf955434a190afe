"""Exact sums of product tables.

A row that counts has quantity, price, discount, vat and period; numbers are decimals as strings.
Each line is rounded half-up to the smallest unit of its currency, VAT is reckoned for each rate
over rounded lines, and periods are never added to each other. Amounts are net of VAT unless they
are called gross.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from babel.numbers import get_currency_precision, is_currency

from wagtail_contracts.contracts.core.rounding import half_up

ONCE, MONTH, QUARTER, YEAR = "once", "month", "quarter", "year"
PERIODS = (ONCE, MONTH, QUARTER, YEAR)
MONTHS = {MONTH: 1, QUARTER: 3, YEAR: 12}
OPEN_ENDED = 12  # months that count where nothing is committed
PERCENT, AMOUNT = "percent", "amount"
# So that even the sum of the longest table over the longest time is exact.
QUANTITY_DIGITS, PRICE_DIGITS, MOST_ROWS, MOST_MONTHS = 8, 11, 200, 600
Row = Mapping[str, Any]
Money = dict[str, str]


def is_known(currency: str) -> bool:
    """Say whether there is, or was, such a currency."""
    return is_currency(currency)


def digits(currency: str) -> int:
    """The decimals of the smallest unit of a currency: 2 for NOK, 0 for JPY, 3 for KWD."""
    return get_currency_precision(currency)


def fits(limits: Mapping[str, Any], quantity: Decimal) -> bool:
    """Say whether a free quantity is one of those that may be chosen."""
    least, most, step = (Decimal(limits[name]) for name in ("minimum", "maximum", "step"))
    return least <= quantity <= most and not (quantity - least) % step


def unit_price(row: Row) -> Fraction:
    """What one unit costs after the discount; not rounded."""
    price, discount = Fraction(row["price"]), row["discount"]
    if discount is None:
        return price
    off = Fraction(discount["value"])
    return price - (price * off / 100 if discount["kind"] == PERCENT else off)


def net(row: Row, currency: str) -> Decimal:
    """Quantity times the price after the discount, rounded."""
    return half_up(Fraction(row["quantity"]) * unit_price(row), digits(currency))


def totals(rows: Sequence[Row], currency: str) -> list[dict[str, Any]]:
    """The sums of each period that occurs: net, VAT by rate from low to high, gross."""
    return [
        _total(period, chosen, currency)
        for period in PERIODS
        if (chosen := [row for row in rows if row["period"] == period])
    ]


def committed(sums: Iterable[Mapping[str, Any]], months: int | None, currency: str) -> Decimal:
    """The one-off sum and those of the periods over the committed months, net.

    Part of a period counts as that part of its sum, rounded. `months` is None for open-ended ones.
    """
    return sum(
        (
            _over(Decimal(total["net"]["amount"]), total["period"], months or OPEN_ENDED, currency)
            for total in sums
        ),
        Decimal(0),
    )


def summed(rows: Sequence[Row], months: int | None, currency: str) -> dict[str, Any]:
    """What a table comes to: its rows with their net sums, totals, and the value of it all."""
    sums = totals(rows, currency)
    return {
        "rows": [{**row, "net": _money(net(row, currency), currency)} for row in rows],
        "totals": sums,
        "value": _money(committed(sums, months, currency), currency),
    }


def value(body: Sequence[Mapping[str, Any]]) -> list[Money]:
    """The value of a published text: that of its tables, one amount for each currency."""
    amounts: dict[str, list[Decimal]] = {}
    for made in _values(body):
        amounts.setdefault(made["currency"], []).append(Decimal(made["amount"]))
    return [_money(sum(amounts[code], Decimal(0)), code) for code in sorted(amounts)]


def _values(body: Sequence[Mapping[str, Any]]) -> Iterator[Money]:
    for block in body:
        if block["type"] == "products":
            yield block["value"]
        yield from _values(block.get("blocks", ()))


def _total(period: str, rows: Sequence[Row], currency: str) -> dict[str, Any]:
    bases: dict[str, Decimal] = {}
    for row in rows:
        bases[row["vat"]] = bases.get(row["vat"], Decimal(0)) + net(row, currency)
    taxes = {
        rate: half_up(Fraction(base) * Fraction(rate) / 100, digits(currency))
        for rate, base in bases.items()
    }
    without, tax = sum(bases.values(), Decimal(0)), sum(taxes.values(), Decimal(0))
    return {
        "period": period,
        "net": _money(without, currency),
        "vat": [
            {
                "rate": rate,
                "base": _money(bases[rate], currency),
                "amount": _money(taxes[rate], currency),
            }
            for rate in sorted(bases, key=Decimal)
        ],
        "gross": _money(without + tax, currency),
    }


def _over(amount: Decimal, period: str, months: int, currency: str) -> Decimal:
    if period == ONCE:
        return amount
    return half_up(Fraction(amount) * months / MONTHS[period], digits(currency))


def _money(amount: Decimal, currency: str) -> Money:
    return {"amount": format(half_up(amount, digits(currency)), "f"), "currency": currency}
