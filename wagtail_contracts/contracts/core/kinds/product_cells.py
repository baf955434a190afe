"""What differs between two states of a product table, cell by cell."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from wagtail_contracts.contracts.core.kinds import product_words

Node = Mapping[str, Any]
ADDED, REMOVED, MOVED = "added", "removed", "moved"


@dataclass(frozen=True)
class Difference:
    """One cell, with what it said and says; or a row, of which `column` tells what became."""

    row: str
    column: str
    old: str = ""
    new: str = ""


def differences(old: Node, new: Node, language: str) -> Iterator[Difference]:
    """Of rows that both have: each cell that differs; then rows that only one of them has."""
    before = {row["id"]: row for row in old["rows"]}
    after = {row["id"]: row for row in new["rows"]}
    for id, row in after.items():
        if id in before:
            yield from _cells(before[id], row, old["currency"], language)
    stayed = [id for id in before if id in after]
    now = [id for id in after if id in before]
    moved = [id for id, was in zip(now, stayed, strict=True) if id != was]
    yield from (Difference(after[id]["name"], MOVED) for id in moved[:1])
    yield from (Difference(row["name"], REMOVED) for id, row in before.items() if id not in after)
    yield from (Difference(row["name"], ADDED) for id, row in after.items() if id not in before)


def _cells(old: Node, new: Node, currency: str, language: str) -> Iterator[Difference]:
    was, now = (_words(row, currency, language) for row in (old, new))
    for column, words in now.items():
        if was[column] != words:
            yield Difference(old["name"], column, was[column], words)


def _words(row: Node, currency: str, language: str) -> dict[str, str]:
    return {
        "name": f"{row['name']} {row['unit']}".strip(),
        "description": row["description"],
        "quantity": product_words.number(row["quantity"], language),
        "price": product_words.price(row["price"], currency, language),
        "discount": product_words.discount(row, currency, language),
        "vat": product_words.percent(row["vat"], language),
        "period": product_words.words(language)[row["period"]],
    }
