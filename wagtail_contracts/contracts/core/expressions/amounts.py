"""What an expression reckons with: exact numbers, money, days and periods."""

import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from wagtail_contracts import canonical
from wagtail_contracts.contracts.core.answers import PLACES
from wagtail_contracts.contracts.core.rounding import half_up, minor_unit

UNITS = {"day": (0, 1), "week": (0, 7), "month": (1, 0), "year": (12, 0)}  # months, days
LARGEST = 10**14  # neither a number nor an amount is typed larger
NUMBER = re.compile(r"-?\d{1,14}\.\d{4}")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class Money(NamedTuple):
    """An exact amount in one currency, not yet rounded."""

    amount: Fraction
    currency: str


class Period(NamedTuple):
    """So many days, weeks, months or years."""

    many: Fraction
    unit: str


Value = None | bool | Fraction | Money | date | Period | str | tuple[str, ...] | Mapping[str, Any]


def exact(stored: Any) -> Value:
    """A canonical value as it is reckoned with; an empty one is None.

    A number is told from a text by its four decimals, and a date by its shape: see `plain`.
    """
    if stored is None or isinstance(stored, bool):
        return stored
    if isinstance(stored, int | Decimal):
        return Fraction(stored)
    if isinstance(stored, str):
        return _read(stored)
    if not isinstance(stored, Mapping):
        return tuple(map(str, stored)) or None
    if stored.keys() == {"amount", "currency"}:
        return Money(Fraction(stored["amount"]), stored["currency"])
    if stored.keys() == {"number", "unit"}:
        return Period(Fraction(stored["number"]), stored["unit"])
    return stored or None


def _read(stored: str) -> Value:
    if NUMBER.fullmatch(stored):
        return Fraction(stored)
    if DAY.fullmatch(stored):
        try:
            return date.fromisoformat(stored)
        except ValueError:
            return stored
    return stored or None


def plain(value: Value) -> Any:
    """The canonical value, rounded half up: numbers to four decimals, money to its minor unit.

    What is too large for an answer is None.
    """
    if isinstance(value, Fraction):
        return _fixed(value, PLACES, PLACES)
    if isinstance(value, Money):
        amount = _fixed(value.amount, minor_unit(value.currency), 2)
        return amount and {"amount": amount, "currency": value.currency}
    if isinstance(value, date):
        return canonical.day(value)
    return list(value) if isinstance(value, tuple) else value


def _fixed(value: Fraction, places: int, shown: int) -> str | None:
    rounded = half_up(value, places)
    return canonical.decimal(rounded, shown) if abs(rounded) < LARGEST else None


def moved(day: date, period: Period, sign: int) -> date | None:
    """The day so long after (1) or before (-1); None beyond the years 1 to 9999.

    A month later is the same day of the month, or its last day where it has no such day. A period
    that isn't whole leads nowhere.
    """
    count = period.many * sign
    if count.denominator != 1 or abs(count) > LARGEST:
        return None
    months, days = (int(count) * each for each in UNITS[period.unit])
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        return None
    last = monthrange(year, month + 1)[1]
    try:
        return date(year, month + 1, min(day.day, last)) + timedelta(days)
    except OverflowError:
        return None
