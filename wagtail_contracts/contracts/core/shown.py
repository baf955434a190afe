"""What people read where a content tree has a reference: values, names and dates by language."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from babel.core import UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_currency, format_decimal

from wagtail_contracts.contracts.core import references, trees

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
    return _words(nodes, content, frozenset())


def _words(nodes: Sequence[trees.Node], content: trees.Content, within: frozenset[str]) -> str:
    return "".join(_word(node, content, within) for node in nodes)


def _word(node: trees.Node, content: trees.Content, within: frozenset[str]) -> str:
    kind = node["type"]
    if kind == "text":
        return str(node["text"])
    if kind == "break":
        return "\n"
    if kind == "link":
        return _words(node["content"], content, within)
    return _reference(node, content, within)


def reference(node: trees.Node, content: trees.Content) -> str:
    """What a title, party, field or reference reads as; one without a value or target is "…"."""
    return _reference(node, content, frozenset())


def _reference(node: trees.Node, content: trees.Content, within: frozenset[str]) -> str:
    if node["type"] == "title":
        return str(content["title"])
    if node["type"] == "reference":
        return references.cite(content, node["block"]) or BLANK
    if node["type"] == "party":
        return party(trees.parties_by_role(content).get(node["role"]), node["part"]) or BLANK
    key = node["key"]
    field = trees.fields_by_key(content).get(key)
    stored = trees.values_by_key(content).get(key)
    if field is None or stored is None:
        return BLANK
    option = chosen(field, stored)
    if option and key not in within and len(within) < trees.DEEPEST:
        # An option may name other fields, and by mistake its own.
        return _words(option["content"], content, within | {key})
    return value(field, stored, content["language"])


def party(found: trees.Node | None, part: str) -> str:
    """The name of a party or of those who sign for it; "" for none."""
    if found is None:
        return ""
    if part == "name":
        return str(found["name"])
    names = [person["name"] for person in found["people"] if person["role"] == "signatory"]
    return ", ".join(names)


def chosen(field: Mapping[str, Any], stored: Any) -> trees.Node | None:
    """The option of a choice that a value names."""
    if field["kind"] != "choice":
        return None
    return next((option for option in field["options"] if option["key"] == stored), None)


def name(block: trees.Node, content: trees.Content) -> str:
    """What people call a block: its heading or title, else its first words."""
    if title := block.get("title") or block.get("caption"):
        return str(title)
    if block["type"] == "field_place":
        return text(block, content)
    lines = (words(nodes, content) for nodes in trees.lines(block))
    return " ".join(next((line for line in lines if line.strip()), "").split())


def text(block: trees.Node, content: trees.Content) -> str:
    """The words of a block, one line for each of its lines, values and names filled in."""
    if block["type"] == "list":
        return "\n".join(_item(item, content) for item in block["items"])
    if block["type"] == "table":
        rows = [" | ".join(words(cell, content) for cell in row) for row in block["rows"]]
        return "\n".join([block["caption"], *rows]).strip("\n")
    if block["type"] == "field_place":
        return str(trees.fields_by_key(content).get(block["key"], {}).get("label", ""))
    if block["type"] in ("area", "signatures"):
        return str(block["title"])
    return "\n".join(filter(None, _marked(block, content)))


def _marked(block: trees.Node, content: trees.Content) -> Iterator[str]:
    """The lines of blocks of text; those of lists begin with their marker."""
    if block["type"] == "heading":
        yield words(block["content"], content)
        return
    if block["type"] in ("clause", "definition"):
        yield words(block["heading" if block["type"] == "clause" else "term"], content)
    for part in block["content"]:
        if part["type"] == "paragraph":
            yield words(part["content"], content)
        else:
            yield from (_item(item, content) for item in part["items"])


def _item(item: trees.Node, content: trees.Content) -> str:
    return f"{item['number']} {words(item['content'], content)}"


def _number(field: Mapping[str, Any], stored: str, language: str) -> str:
    number = Decimal(stored)
    return _local(lambda locale: format_decimal(number, "#,##0.####", locale=locale), language)


def _money(field: Mapping[str, Any], stored: Mapping[str, str], language: str) -> str:
    return _amount(stored["amount"], stored["currency"], language)


@lru_cache(maxsize=1024)  # babel reads its patterns anew each time, which every page would wait for
def _amount(stored: str, currency: str, language: str) -> str:
    amount = Decimal(stored)
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
    option = chosen(field, stored)
    return plain(option["content"]) if option else stored


def plain(nodes: Sequence[trees.Node]) -> str:
    """The words of inline nodes, references left out."""
    parts = (
        plain(node["content"]) if node["type"] == "link" else node.get("text", "") for node in nodes
    )
    return " ".join("".join(parts).split())


def _yes_no(field: Mapping[str, Any], stored: bool, language: str) -> str:  # noqa: FBT001 - a value
    yes, no = yes_no(language)
    return yes if stored else no


def yes_no(language: str) -> tuple[str, str]:
    """The words for yes and no."""
    return YES_NO.get(language.split("-")[0], YES_NO["en"])


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
