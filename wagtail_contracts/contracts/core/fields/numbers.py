"""Numbers, amounts of money, days and periods: what is counted."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from babel.dates import format_date
from babel.numbers import format_currency, format_decimal
from babel.units import format_unit

from wagtail_contracts.canonical import decimal
from wagtail_contracts.contracts.core.fields.kind import Field, Kind, Wrong, itself
from wagtail_contracts.contracts.core.fields.languages import local

PLACES = 4
NUMBER = re.compile(r"[+-]?\d{1,14}(\.\d*)?")
AMOUNT = re.compile(r"\d{1,14}(\.\d{0,2})?")
DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
LOCAL_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
UNITS = ("day", "week", "month", "year")
COUNT = re.compile(r"[1-9]\d{0,3}")
DAY_FIRST = {"en": "en_GB"}  # English of no country says a day as the pages around it do


def limit(kind: str, raw: Any) -> str | None:
    """The canonical form of a least or greatest value as a definition has it; None for none."""
    if raw in (None, ""):
        return None
    if kind == "date":
        return _day(str(raw))
    return decimal(Decimal(str(raw)), 2 if kind == "money" else PLACES)


def plain(text: str) -> str:
    """Digits as people group them: 5 300,50 is 5300.50."""
    return re.sub(r"[ \u00a0\u202f\u2009]", "", text).replace("\u2212", "-").replace(",", ".")


def _insist_on_limits(field: Field, found: Any, of: Any) -> None:
    """Raise Wrong beyond the least or greatest value; `of` makes a limit comparable."""
    least, most = field.get("minimum"), field.get("maximum")
    small, great = ("too_early", "too_late") if of is str else ("too_small", "too_great")
    if least is not None and found < of(least):
        raise Wrong(small, limit=_as_value(field, least))
    if most is not None and found > of(most):
        raise Wrong(great, limit=_as_value(field, most))


def _as_value(field: Field, limit: str) -> Any:
    money = field["kind"] == "money"
    return {"amount": limit, "currency": field["currency"]} if money else limit


def _number(field: Field, text: str) -> str:
    typed, places = plain(text), field.get("decimals")
    places = PLACES if places is None else places
    if not NUMBER.fullmatch(typed) or Decimal(typed) != round(Decimal(typed), places):
        raise Wrong("number" if places else "whole_number", places=places)
    _insist_on_limits(field, Decimal(typed), Decimal)
    return decimal(Decimal(typed), PLACES)


def _raw_number(field: Field, value: str) -> str:
    return format(Decimal(value).normalize(), "f")


def _shown_number(field: Field, stored: str, language: str) -> str:
    number = Decimal(stored)
    return local(lambda locale: format_decimal(number, "#,##0.####", locale=locale), language)


def _money(field: Field, text: str) -> dict[str, str]:
    typed = plain(text.removesuffix(field["currency"]).strip())
    if not AMOUNT.fullmatch(typed):
        raise Wrong("amount", currency=field["currency"])
    _insist_on_limits(field, Decimal(typed), Decimal)
    return {"amount": decimal(Decimal(typed), 2), "currency": field["currency"]}


def _raw_money(field: Field, value: Mapping[str, str]) -> str:
    return value["amount"]


def _retyped_money(value: Mapping[str, Any]) -> Any:
    return value.get("amount")


def _shown_money(field: Field, stored: Mapping[str, str], language: str) -> str:
    return amount(stored["amount"], stored["currency"], language)


@lru_cache(maxsize=1024)  # babel reads its patterns anew each time, which every page would wait for
def amount(stored: str, currency: str, language: str) -> str:
    """An amount with its currency, decimals only where it has some."""
    number = Decimal(stored)
    pattern = "#,##0.00 ¤¤" if number % 1 else "#,##0 ¤¤"
    shown = local(
        lambda locale: format_currency(
            number, currency, pattern, locale=locale, currency_digits=False
        ),
        language,
    )
    return shown.replace(" ", "\u00a0")


def _date(field: Field, text: str) -> str:
    found = _day(text)
    _insist_on_limits(field, found, str)
    return found


def _day(text: str) -> str:
    if found := DAY.fullmatch(text):
        year, month, day = map(int, found.groups())
    elif found := LOCAL_DAY.fullmatch(text):
        day, month, year = map(int, found.groups())
    else:
        raise Wrong("date")
    try:
        return date(year, month, day).isoformat()
    except ValueError as error:
        raise Wrong("date") from error


def _shown_date(field: Field, stored: str, language: str) -> str:
    day = date.fromisoformat(stored)
    return local(
        lambda locale: format_date(day, "long", locale=DAY_FIRST.get(locale, locale)), language
    )


def _period(field: Field, typed: Mapping[str, str]) -> dict[str, Any]:
    number, unit = typed["number"].strip(), typed["unit"]
    if not COUNT.fullmatch(number):
        raise Wrong("period", part="number")
    if unit not in UNITS:
        raise Wrong("period", part="unit")
    return {"number": int(number), "unit": unit}


def _raw_period(field: Field, value: Mapping[str, Any]) -> dict[str, str]:
    return {"number": str(value["number"]), "unit": value["unit"]}


def _shown_period(field: Field, stored: Mapping[str, Any], language: str) -> str:
    number, unit = stored["number"], f"duration-{stored['unit']}"
    shown = local(lambda locale: format_unit(number, unit, "long", locale=locale), language)
    return shown.replace(" ", "\u00a0")


KINDS = {
    "number": Kind(_number, raw=_raw_number, show=_shown_number),
    "money": Kind(_money, raw=_raw_money, show=_shown_money, retyped=_retyped_money),
    "date": Kind(_date, raw=itself, show=_shown_date),
    "period": Kind(
        _period, raw=_raw_period, show=_shown_period, parts=("number", "unit"), picked=("unit",)
    ),
}
