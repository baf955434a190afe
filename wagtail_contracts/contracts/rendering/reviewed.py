"""What a signatory agrees to at a glance: what is bought, what it costs, how long, which files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from wagtail_contracts.contracts.core import masking, shown, trees
from wagtail_contracts.contracts.core.kinds import product_words

MOST = 12  # rows of a table that are named; its sums are those of all
OF_TIME = frozenset({"date", "period"})  # kinds of data fields that say how long, or until when


class Point(NamedTuple):
    """One line of the summary; `block` is where it stands in the text."""

    label: str
    words: str
    block: str = ""
    digest: str = ""


def bought(content: trees.Content) -> list[Point]:
    """The rows of each product table, as they were chosen."""
    return [
        Point(block["title"], _rows(block, content["language"]), block["id"])
        for block in _tables(content)
        if block["rows"]
    ]


def prices(content: trees.Content) -> list[Point]:
    """The sums of all product tables, with VAT; then the amounts among the data fields."""
    sums = [point for block in _tables(content) for point in _sums(block, content["language"])]
    return [*sums, *_fields(content, frozenset({"money"}))]


def terms(content: trees.Content) -> list[Point]:
    """For how long products are ordered, and the data fields that say a day or a time."""
    bound = [
        Point(block["title"], _bound(block, content["language"]), block["id"])
        for block in _tables(content)
        if block["months"]
    ]
    return [*bound, *_fields(content, OF_TIME)]


def exhibits(content: trees.Content) -> list[Point]:
    """The files that are a part of the contract and are signed with it."""
    return [
        Point(f"{item['label']} {item['title']}".strip(), item["name"], digest=item["digest"])
        for item in content["exhibits"]
        if item.get("label")
    ]


def _tables(content: trees.Content) -> Iterator[trees.Node]:
    for block in trees.blocks(content["body"]):
        if block["type"] == "products" and "totals" in block:
            yield block


def _rows(block: trees.Node, language: str) -> str:
    named = [
        f"{row['name']} × {product_words.quantity(row, language)}" for row in block["rows"][:MOST]
    ]
    more = len(block["rows"]) - MOST
    return "\n".join([*named, *([f"+ {more}"] if more > 0 else [])])


def _sums(block: trees.Node, language: str) -> Iterator[Point]:
    said = product_words.words(language)
    for total in block["totals"]:
        label = ", ".join(filter(None, [block["title"], said[f"{total['period']}_sum"]]))
        gross = product_words.amount(total["gross"], language)
        net = product_words.amount(total["net"], language)
        taxed = f"{gross} {said['gross']} ({net} {said['net']})"
        yield Point(label, taxed if gross != net else gross, block["id"])


def _bound(block: trees.Node, language: str) -> str:
    value = product_words.amount(block["value"], language)
    return f"{product_words.worth(block, language)}: {value}"


def _fields(content: trees.Content, kinds: frozenset[str]) -> Iterator[Point]:
    masked = masking.masked(dict(content))
    values, there = trees.values_by_key(masked), trees.placed(content)
    for field in masked["fields"]:
        if (
            field["kind"] in kinds
            and field["key"] in there
            and values.get(field["key"]) is not None
        ):
            yield Point(field["label"], shown.answer(field, values[field["key"]], masked))
