"""What people read where a content tree has a reference: values, names and dates by language."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from babel.core import UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_currency, format_decimal

from wagtail_contracts.contracts.core import trees

YES_NO = {"nb": ("Ja", "Nei"), "nn": ("Ja", "Nei"), "en": ("Yes", "No")}
BLANK = "…"


def value(field: Mapping[str, Any], stored: Any, language: str) -> str:
    """The words for a value of a data field in the contract's language; "" for none."""
    if stored is None:
        return ""
    show = SHOWERS.get(field["kind"])
    return show(field, stored, language) if show else str(stored)


def words(nodes: Sequence[trees.Node], content: trees.Content) -> str:
    """The plain words of inline nodes, with values and names filled in."""
    return "".join(_word(node, content) for node in nodes)


def _word(node: trees.Node, content: trees.Content) -> str:
    kind = node["type"]
    if kind == "text":
        return str(node["text"])
    if kind == "break":
        return "\n"
    if kind == "link":
        return words(node["content"], content)
    return reference(node, content)


def reference(node: trees.Node, content: trees.Content) -> str:
    """What a title, party or field node reads as; a field without a value is "…"."""
    if node["type"] == "title":
        return str(content["title"])
    if node["type"] == "party":
        party = trees.parties_by_role(content).get(node["role"])
        return _party(party, node["part"]) if party else BLANK
    field = trees.fields_by_key(content).get(node["key"])
    stored = trees.values_by_key(content).get(node["key"])
    return value(field, stored, content["language"]) or BLANK if field else BLANK


def _party(party: trees.Node, part: str) -> str:
    if part == "name":
        return str(party["name"])
    names = [person["name"] for person in party["people"] if person["role"] == "signatory"]
    return ", ".join(names)


def _number(field: Mapping[str, Any], stored: str, language: str) -> str:
    number = Decimal(stored)
    return _local(lambda locale: format_decimal(number, "#,##0.####", locale=locale), language)


def _money(field: Mapping[str, Any], stored: Mapping[str, str], language: str) -> str:
    amount, currency = Decimal(stored["amount"]), stored["currency"]
    pattern = "#,##0.00 ¤¤" if amount % 1 else "#,##0 ¤¤"
    shown = _local(
        lambda locale: format_currency(
            amount, currency, pattern, locale=locale, currency_digits=False
        ),
        language,
    )
    return shown.replace(" ", "\u00a0")


def _date(field: Mapping[str, Any], stored: str, language: str) -> str:
    return _local(
        lambda locale: format_date(date.fromisoformat(stored), "long", locale=locale), language
    )


def _choice(field: Mapping[str, Any], stored: str, language: str) -> str:
    option = next((option for option in field["options"] if option["key"] == stored), None)
    return plain(option["content"]) if option else stored


def plain(nodes: Sequence[trees.Node]) -> str:
    """The words of inline nodes, references left out."""
    parts = (
        plain(node["content"]) if node["type"] == "link" else node.get("text", "") for node in nodes
    )
    return " ".join("".join(parts).split())


def _yes_no(field: Mapping[str, Any], stored: bool, language: str) -> str:  # noqa: FBT001 - a value
    yes, no = YES_NO.get(language.split("-")[0], YES_NO["en"])
    return yes if stored else no


def _local(show: Callable[[str], str], language: str) -> str:
    """Try the language, its base, English: a site may use one that babel does not know."""
    for locale in (language.replace("-", "_"), language.split("-")[0]):
        try:
            return show(locale)
        except (UnknownLocaleError, ValueError):
            continue
    return show("en")


SHOWERS: dict[str, Callable[[Mapping[str, Any], Any, str], str]] = {
    "number": _number,
    "money": _money,
    "date": _date,
    "choice": _choice,
    "yes_no": _yes_no,
}
