"""What products.js needs to draw the rows of a product table in a contract's editor."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language, gettext

from wagtail_contracts.contracts.blocks.product_posts import FREE, PARTS, ROWS, Table
from wagtail_contracts.contracts.core.kinds import product_words
from wagtail_contracts.contracts.core.kinds.products import COLUMNS

INPUTS = {
    **dict.fromkeys(("quantity", "price", "discount", "vat"), "number"),
    **dict.fromkeys(("discount_kind", "period"), "select"),
    "description": "textarea",
}


def state(block: Any, value: Any, stored: Any) -> dict[str, Any]:
    """The rows of `value`: open cells as they stand in inputs, locked ones as they read."""
    table = Table(block, stored, value)
    return {
        "table": {
            "columns": [_column(table, name) for name in COLUMNS],
            "fields": {part: _field(table.row.child_blocks[part], part) for part in FREE},
            "rows": [
                _row(table, child.id, child.value, value["currency"])
                for child in value["rows"].bound_blocks
            ],
            "adding": ROWS in table.open,
            "currency": value["currency"],
            "blank": _cells(table.row.get_default()),
            "words": _words(),
        }
    }


def _column(table: Table, name: str) -> dict[str, Any]:
    label = table.row.child_blocks[name].label
    return {"name": name, "parts": PARTS[name], "label": str(label), "open": name in table.open}


def _field(child: Any, part: str) -> dict[str, Any]:
    choices = child.field.choices if part in ("discount_kind", "period") else ()
    return {
        "label": str(child.label),
        "input": INPUTS.get(part, "text"),
        "options": [[key, str(label)] for key, label in choices if key],
    }


def _row(table: Table, id: str, row: Any, currency: str) -> dict[str, Any]:
    return {
        "id": id,
        "name": str(row["name"]),
        "parts": list(table.open_parts(id)),
        "cells": _cells(row),
        "shown": _shown(row, table, currency),
    }


def _cells(row: Any) -> dict[str, str]:
    return {part: "" if row[part] is None else str(row[part]) for part in FREE}


def _shown(row: Any, table: Table, currency: str) -> dict[str, str]:
    """As locked cells read; what was typed into an open one may be no number at all."""
    language = get_language() or "en"
    figures = {
        "quantity": lambda: product_words.number(str(row["quantity"]), language),
        "price": lambda: product_words.price(str(row["price"]), currency, language),
        "vat": lambda: product_words.percent(str(row["vat"]), language),
        "discount": lambda: _discount(row, currency, language),
        "period": lambda: dict(table.row.child_blocks["period"].field.choices)[row["period"]],
    }
    made = {name: str(show()) for name, show in figures.items() if name not in table.open}
    return {**made, "name": str(row["name"]), "description": str(row["description"] or "")}


def _discount(row: Any, currency: str, language: str) -> str:
    if not row["discount"]:
        return ""
    off = {"kind": row["discount_kind"], "value": str(row["discount"])}
    return product_words.discount({"discount": off}, currency, language)


def _words() -> dict[str, str]:
    return {
        "remove": gettext("Remove"),
        "add": gettext("Add a row"),
        "catalogue": gettext("From the catalogue"),
    }
