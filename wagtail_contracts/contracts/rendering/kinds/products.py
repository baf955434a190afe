"""Product tables: rows to choose from for whoever decides, else a table with its totals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from wagtail_contracts.contracts.core import answers, products, trees
from wagtail_contracts.contracts.core.kinds import product_words
from wagtail_contracts.contracts.core.kinds.base import Scope
from wagtail_contracts.contracts.core.kinds.products import (
    KINDS,
    ONE_OF,
    group_key,
    groups,
    quantity_key,
)
from wagtail_contracts.contracts.rendering.answers import Input
from wagtail_contracts.contracts.rendering.kinds.base import Frame, Part

AS_NUMBER = {"kind": "number"}


def _products(parts: Frame, block: trees.Node) -> Part:
    language = parts.content["language"]
    table = _reckoned(parts, block)
    boxes = {ask["key"]: box for ask in _asked(block) for box in parts.places.at_block(ask["key"])}
    periodic = any(row["period"] != products.ONCE for row in table["rows"])
    rows = {row["id"]: _row(row, table, language, periodic=periodic) for row in table["rows"]}
    return {
        "title": table["title"],
        "currency": table["currency"],
        "boxes": list(boxes.values()),
        "rows": list(rows.values()),
        "choices": list(_choices(table, boxes, rows)) if boxes else [],
        "totals": [_total(total, language) for total in table["totals"]],
        "worth": product_words.worth(table, language) if periodic else "",
        "value": product_words.amount(table["value"], language),
        "words": product_words.words(language),
    }


def _reckoned(parts: Frame, block: trees.Node) -> trees.Node:
    """With its sums, which a table that was never resolved does not have."""
    if "totals" in block:
        return block
    scope = Scope(trees.values_by_key(parts.content), open=True)
    return KINDS["products"].resolved(block, scope) or {**block, **products.summed([], None, "NOK")}


def _asked(block: trees.Node) -> list[Mapping[str, Any]]:
    return list(KINDS["products"].asks(block))


def _row(row: trees.Node, table: trees.Node, language: str, *, periodic: bool) -> Part:
    currency = table["currency"]
    said = product_words.words(language)
    rate = f"{said['vat']} {product_words.percent(row['vat'], language)}"
    off = product_words.discount(row, currency, language)
    return {
        "id": row["id"],
        "sku": row["sku"],
        "name": row["name"],
        "description": row["description"],
        "notes": [rate, *([said[row["period"]]] if periodic else [])],
        "unit": row["unit"],
        "quantity": product_words.quantity(row, language),
        "price": product_words.price(row["price"], currency, language),
        "discount": f"–{off}" if off else "",
        "net": product_words.figure(row["net"], language),
        "chosen": row.get("chosen", True),
    }


def _choices(
    table: trees.Node, boxes: Mapping[str, Input], shown: Mapping[str, Part]
) -> Iterator[Part]:
    """The rows as somebody chooses them; those of a group stand together at its first row."""
    made = groups(table)
    for row in table["rows"]:
        kind, box, rows = row.get("choice"), boxes.get(row["id"]), [row]
        if kind == ONE_OF:
            box, rows = boxes.get(group_key(table, row["group"])), made.pop(row["group"], [])
        if rows:
            yield {
                "box": box if kind == ONE_OF else None,
                "rows": [
                    {**shown[one["id"]], **_controls(one, boxes, box, place)}
                    for place, one in enumerate(rows)
                ],
            }


def _controls(row: trees.Node, boxes: Mapping[str, Input], box: Input | None, place: int) -> Part:
    """What is filled in at one row; the first of a group takes the focus of its input."""
    amount = boxes.get(quantity_key(row))
    limits = row.get("limits") or {}
    return {
        "pick": box,
        "control": "" if box is None else f"{box.id}-row-{place}" if place else box.id,
        "one_of": row.get("choice") == ONE_OF,
        "amount": amount,
        "typed": (amount.value or answers.raw(AS_NUMBER, row["quantity"])) if amount else "",
        "limits": {name: answers.raw(AS_NUMBER, limit) for name, limit in limits.items()},
    }


def _total(total: trees.Node, language: str) -> Part:
    said = product_words.words(language)
    taxes = [
        {
            "label": f"{said['vat']} {product_words.percent(tax['rate'], language)}",
            "base": product_words.figure(tax["base"], language),
            "amount": product_words.figure(tax["amount"], language),
        }
        for tax in total["vat"]
    ]
    return {
        "label": said[f"{total['period']}_sum"],
        "net": product_words.figure(total["net"], language),
        "taxes": taxes,
        "gross": product_words.figure(total["gross"], language),
    }


MAKERS = {"products": _products}
