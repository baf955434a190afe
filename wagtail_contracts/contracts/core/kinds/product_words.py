"""What product tables say, in the contract's language."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any

from babel.numbers import format_decimal

from wagtail_contracts.contracts.core import products
from wagtail_contracts.contracts.core.fields.languages import local

Node = Mapping[str, Any]
ENGLISH = {
    "once": "one-off",
    "month": "per month",
    "quarter": "per quarter",
    "year": "per year",
    "once_sum": "One-off",
    "month_sum": "Each month",
    "quarter_sum": "Each quarter",
    "year_sum": "Each year",
    "vat": "VAT",
    "net": "without VAT",
    "gross": "with VAT",
    "value": "Total, without VAT, over {} months",
    "open_ended": "Total, without VAT, over 12 months (no end agreed)",
    "once_value": "Total, without VAT",
    "optional": "optional",
    "one_of": "one of",
    "default": "chosen at first",
}
BOKMAL = {
    "once": "engangs",
    "month": "per måned",
    "quarter": "per kvartal",
    "year": "per år",
    "once_sum": "Engangs",
    "month_sum": "Hver måned",
    "quarter_sum": "Hvert kvartal",
    "year_sum": "Hvert år",
    "vat": "Mva.",
    "net": "uten mva.",
    "gross": "med mva.",
    "value": "Totalt, uten mva., over {} måneder",
    "open_ended": "Totalt, uten mva., over 12 måneder (ingen slutt avtalt)",
    "once_value": "Totalt, uten mva.",
    "optional": "valgfri",
    "one_of": "én av",
    "default": "valgt fra start",
}
NYNORSK = {
    "once": "eingongs",
    "month": "per månad",
    "quarter": "per kvartal",
    "year": "per år",
    "once_sum": "Eingongs",
    "month_sum": "Kvar månad",
    "quarter_sum": "Kvart kvartal",
    "year_sum": "Kvart år",
    "vat": "Mva.",
    "net": "utan mva.",
    "gross": "med mva.",
    "value": "Totalt, utan mva., over {} månader",
    "open_ended": "Totalt, utan mva., over 12 månader (ingen slutt avtalt)",
    "once_value": "Totalt, utan mva.",
    "optional": "valfri",
    "one_of": "éin av",
    "default": "vald frå start",
}
WORDS = {"en": ENGLISH, "nb": BOKMAL, "nn": NYNORSK, "no": BOKMAL}


def words(language: str) -> Mapping[str, str]:
    """The words of a language, those of English where there are none."""
    return WORDS.get(language.split("-")[0], ENGLISH)


def amount(money: Node, language: str) -> str:
    """An amount with its currency."""
    return f"{figure(money, language)}\u00a0{money['currency']}"


def figure(money: Node, language: str) -> str:
    """An amount without its currency, with all its decimals."""
    return _figure(money["amount"], products.digits(money["currency"]), language)


def price(stored: str, currency: str, language: str) -> str:
    """A price for one unit: as many decimals as the currency has, more where it needs them."""
    digits = products.digits(currency)
    needed = -int(Decimal(stored).normalize().as_tuple().exponent)
    return _figure(stored, max(digits, needed), language)


def number(stored: str, language: str) -> str:
    """A quantity or rate, without needless decimals."""
    return _figure(stored, max(0, -int(Decimal(stored).normalize().as_tuple().exponent)), language)


def percent(stored: str, language: str) -> str:
    """A rate."""
    return f"{number(stored, language)}\u00a0%"


def discount(row: Node, currency: str, language: str) -> str:
    """What is taken off the price of one unit; "" for nothing."""
    if not (off := row["discount"]):
        return ""
    if off["kind"] == products.PERCENT:
        return percent(off["value"], language)
    return price(off["value"], currency, language)


def quantity(row: Node, language: str) -> str:
    """How much of what."""
    return f"{number(row['quantity'], language)}\u00a0{row['unit']}".strip("\u00a0")


def row(row: Node, currency: str, language: str) -> str:
    """A row in one line."""
    said, off = words(language), discount(row, currency, language)
    each = f"{price(row['price'], currency, language)}\u00a0{currency}"
    reckoned = f"{quantity(row, language)} × {each}"
    if off:
        reckoned += f" – {off}"
    if "net" in row:
        reckoned += f" = {amount(row['net'], language)}"
    rate = f"{said['vat']} {percent(row['vat'], language)}"
    named = " ".join(filter(None, [row["sku"], row["name"]]))
    parts = [*row["description"].split("\n"), reckoned, rate, said[row["period"]]]
    return " | ".join(filter(None, [named, *parts, *_choice(row, language)]))


def sums(block: Node, language: str) -> Iterator[str]:
    """The totals of a table that was reckoned, one line each, and its value."""
    said = words(language)
    for total in block.get("totals", ()):
        taxes = [
            f"{said['vat']} {percent(tax['rate'], language)} {amount(tax['amount'], language)}"
            for tax in total["vat"]
        ]
        without = f"{amount(total['net'], language)} {said['net']}"
        gross = f"{amount(total['gross'], language)} {said['gross']}"
        yield f"{said[total['period'] + '_sum']}: {', '.join([without, *taxes, gross])}"
    if "value" in block:
        yield f"{worth(block, language)}: {amount(block['value'], language)}"


def worth(block: Node, language: str) -> str:
    """What the value of a table counts."""
    said = words(language)
    if all(total["period"] == products.ONCE for total in block["totals"]):
        return said["once_value"]
    return said["value"].format(block["months"]) if block["months"] else said["open_ended"]


def _choice(row: Node, language: str) -> Iterator[str]:
    """What may be chosen, where it still may be."""
    said = words(language)
    if row.get("choice") in ("optional", "one_of"):
        yield f"{said[row['choice']]} {row['group']}".strip()
        yield said["default"] if row["default"] else ""
    if limits := row.get("limits"):
        least, most, step = (number(limits[n], language) for n in ("minimum", "maximum", "step"))
        yield f"{least}–{most} ({step})"


@lru_cache(maxsize=1024)  # babel reads its patterns anew each time
def _figure(stored: str, digits: int, language: str) -> str:
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    number = Decimal(stored)
    shown = local(lambda locale: format_decimal(number, pattern, locale=locale), language)
    return shown.replace(" ", "\u00a0")
