"""A catalogue as a file of values: lines with a header, parted by commas, semicolons or tabs."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from wagtail_contracts.contracts.core import products
from wagtail_contracts.contracts.core.fields.numbers import NUMBER, plain
from wagtail_contracts.contracts.core.text import normal

LENGTHS = {"sku": 40, "name": 200, "description": 2000, "unit": 20}
NEEDED = ("sku", "name", "price", "currency", "vat")
COLUMNS = ("sku", "name", "description", "unit", "price", "currency", "vat", "period")
LARGEST, MOST = 1 << 20, 5000  # bytes of a file, items in it
LIMITS = {"price": Decimal(10) ** products.PRICE_DIGITS - Decimal("0.0001"), "vat": Decimal(100)}
PLACES = {"price": 4, "vat": 2}
Item = dict[str, Any]


@dataclass(frozen=True)
class Fault:
    """What is wrong with one line; `words` fill the sentence of its code."""

    line: int
    code: str
    words: Mapping[str, Any]


def read(data: bytes) -> tuple[list[Item], list[Fault]]:
    """The items of a file, and every line at fault."""
    if len(data) > LARGEST:
        return [], [Fault(1, "large", {})]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return [], [Fault(data.count(b"\n", 0, error.start) + 1, "letters", {})]
    lines = csv.reader(io.StringIO(text), delimiter=_parted_by(text))
    try:
        return _items(lines)
    except csv.Error:
        return [], [Fault(lines.line_num, "unreadable", {})]


def _parted_by(text: str) -> str:
    first = text.split("\n", 1)[0]
    return max(",;\t", key=first.count)


def _items(lines: Any) -> tuple[list[Item], list[Fault]]:
    header = [name.strip().lower() for name in next(lines, [])]
    if faults := list(_faults_of_header(header)):
        return [], faults
    items: list[Item] = []
    faults, seen = [], dict[str, int]()
    for cells in lines:
        if not any(cell.strip() for cell in cells):
            continue
        at, found = lines.line_num, dict(zip(header, cells, strict=False))
        if len(cells) != len(header):
            faults.append(Fault(at, "cells", {"has": len(cells), "needs": len(header)}))
            continue
        item, wrong = _item(found)
        if (first := seen.setdefault(item["sku"], at)) != at:
            wrong.append(("twice", {"sku": item["sku"], "line": first}))
        faults += [Fault(at, code, words) for code, words in wrong]
        items.append(item)
    if len(items) > MOST:
        faults.append(Fault(lines.line_num, "many", {"most": MOST}))
    return items, faults


def _faults_of_header(header: list[str]) -> Iterator[Fault]:
    for name in NEEDED:
        if name not in header:
            yield Fault(1, "column_missing", {"column": name})
    for name in header:
        if name not in COLUMNS or header.count(name) > 1:
            yield Fault(1, "column_unknown", {"column": name})


def _item(cells: Mapping[str, str]) -> tuple[Item, list[tuple[str, Mapping[str, Any]]]]:
    found = {name: normal(cells.get(name)).replace("\0", "").strip() for name in COLUMNS}
    made: Item = {**found, "currency": found["currency"].upper()}
    made["period"] = found["period"].lower() or products.ONCE
    wrong: list[tuple[str, Mapping[str, Any]]] = [
        ("empty", {"column": name}) for name in NEEDED if not found[name]
    ]
    for name, most in LENGTHS.items():
        if len(found[name]) > most:
            wrong.append(("long", {"column": name, "most": most}))
    if found["currency"] and not products.is_known(made["currency"]):
        wrong.append(("currency", {"value": found["currency"]}))
    if made["period"] not in products.PERIODS:
        wrong.append(("period", {"value": found["period"]}))
    for name in PLACES:
        made[name] = _number(name, found[name])
        if found[name] and made[name] is None:
            wrong.append((name, {"value": found[name]}))
    return made, wrong


def _number(name: str, typed: str) -> Decimal | None:
    """None for what is no such number."""
    if not NUMBER.fullmatch(plain(typed)):
        return None
    found = Decimal(plain(typed))
    fits = 0 <= found <= LIMITS[name] and found == round(found, PLACES[name])
    return found if fits else None
