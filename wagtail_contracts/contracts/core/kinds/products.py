"""Product tables: rows that are fixed, optional, one of a group, or free in their quantity.

Keys of what is decided: the row's id for an optional row, `<row>.quantity` for a free quantity,
`<block>.<group>` for one of a group. What was decided before the table changed and no longer fits
counts as not decided.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from wagtail_contracts.canonical import decimal
from wagtail_contracts.contracts.core import products
from wagtail_contracts.contracts.core.kinds import product_words
from wagtail_contracts.contracts.core.kinds.base import Kind, Node, Say, Scope, Tree, joined
from wagtail_contracts.contracts.core.text import normal

FIXED, OPTIONAL, ONE_OF = "fixed", "optional", "one_of"
QUANTITY = "quantity"
PLACES, RATE_PLACES = 4, 2
# What a contract's editor may change where the table is editable, and whether rows come and go.
COLUMNS = ("name", "description", "quantity", "price", "discount", "vat", "period")
ROWS = "rows"
LIMITS = ("minimum", "maximum", "step")
OFFER = ("choice", "default", "group", "limits")  # parts of a row that nobody signs


def _tree(value: Mapping[str, Any]) -> Tree:
    columns = value.get("columns") or []
    return {
        "title": _line(value.get("title")),
        "currency": value["currency"],
        "role": value.get("role") or "",
        "months": value.get("months"),
        "columns": [name for name in (*COLUMNS, ROWS) if name in columns],
        "rows": [_row(item["id"], item["value"]) for item in value["rows"]],
    }


def _row(id: str, value: Mapping[str, Any]) -> Tree:
    choice = value.get("choice") or FIXED
    return {
        "id": id,
        **{name: _line(value.get(name)) for name in ("sku", "name", "unit")},
        "description": normal(value.get("description")).strip(),
        "quantity": _number(value["quantity"]),
        "price": _number(value["price"]),
        "discount": _discount(value),
        "vat": _number(value["vat"], RATE_PLACES),
        "period": value["period"],
        "choice": choice,
        "default": choice != FIXED and bool(value.get("default")),
        "group": str(value.get("group") or "") if choice == ONE_OF else "",
        "limits": _limits(value),
    }


def _line(text: Any) -> str:
    return " ".join(normal(text).split())


def _number(stored: Any, places: int = PLACES) -> str:
    """Nought for none: a template's draft may be unfinished, and is looked at all the same."""
    return decimal(Decimal(str(stored or 0)), places)


def _discount(value: Mapping[str, Any]) -> Tree | None:
    if not Decimal(str(value.get("discount") or 0)):
        return None
    kind = value.get("discount_kind") or products.PERCENT
    return {"kind": kind, "value": _number(value["discount"])}


def _limits(value: Mapping[str, Any]) -> Tree | None:
    """Quantity is free where it has a largest value."""
    if value.get("maximum") is None:
        return None
    usual = {"minimum": 0, "step": 1}
    return {
        name: _number(usual[name] if value.get(name) is None else value[name]) for name in LIMITS
    }


# -- choices ------------------------------------------------------------------------------------


def _asks(block: Node) -> list[Tree]:
    return list(_decisions(block)) if block["role"] else []


def _decisions(block: Node) -> Iterator[Tree]:
    for row in block["rows"]:
        if row.get("choice") == OPTIONAL:
            yield _ask(block, row["id"], "yes_no", row["name"])
        if row.get("limits"):
            yield _ask(block, quantity_key(row), QUANTITY, row["name"]) | row["limits"]
    for group, rows in groups(block).items():
        ask = _ask(block, group_key(block, group), "choice", " / ".join(r["name"] for r in rows))
        decided = any(row["default"] for row in rows)
        yield ask | {"required": not decided, "options": [_option(row) for row in rows]}


def _ask(block: Node, key: str, kind: str, label: str) -> Tree:
    return {
        "key": key,
        "kind": kind,
        "label": label,
        "help": "",
        "role": block["role"],
        "required": False,
        "sensitive": False,
        "currency": None,
        "max_length": None,
        "options": [],
    }


def _option(row: Node) -> Tree:
    return {
        "key": row["id"],
        "content": [{"type": "text", "text": row["name"], "marks": []}],
    }


def quantity_key(row: Node) -> str:
    """The key of a free quantity."""
    return f"{row['id']}.{QUANTITY}"


def group_key(block: Node, group: str) -> str:
    """The key of a choice between the rows of a group."""
    return f"{block['id']}.{group}"


def groups(block: Node) -> dict[str, list[Node]]:
    """The rows of each group, by its name, in the order of the table."""
    found: dict[str, list[Node]] = {}
    for row in block["rows"]:
        if row.get("choice") == ONE_OF:
            found.setdefault(row["group"], []).append(row)
    return found


def is_chosen(block: Node, row: Node, values: Mapping[str, Any]) -> bool:
    """Say whether a row is part of the contract as things are decided."""
    suggested = bool(row["default"])
    if row["choice"] == OPTIONAL:
        decided = values.get(row["id"])
        return suggested if decided is None else decided is True
    if row["choice"] == ONE_OF:
        decided = values.get(group_key(block, row["group"]))
        known = {other["id"] for other in groups(block)[row["group"]]}
        return bool(decided == row["id"]) if decided in known else suggested
    return True


def quantity(row: Node, values: Mapping[str, Any]) -> str:
    """How much of it, as things are decided."""
    decided = values.get(quantity_key(row)) if row["limits"] else None
    fits = decided is not None and products.fits(row["limits"], Decimal(decided))
    return str(decided if fits else row["quantity"])


def _resolved(block: Node, scope: Scope) -> Node | None:
    """The chosen rows and their sums; an open table keeps the others, not counted."""
    values = scope.values if block["role"] else {}
    rows = [
        {**row, "quantity": quantity(row, values), "chosen": is_chosen(block, row, values)}
        for row in block["rows"]
    ]
    counted = [row for row in rows if row["chosen"] and Decimal(row["quantity"])]
    made = products.summed(counted, block["months"], block["currency"])
    if scope.open:
        every = products.summed(rows, block["months"], block["currency"])["rows"]
        return {**block, **made, "rows": every} if rows else None
    signed = [_signed(row) for row in made["rows"]]
    kept = {name: part for name, part in block.items() if name != "columns"}
    return {**kept, **made, "rows": signed} if signed else None


def _signed(row: Node) -> Tree:
    return {name: part for name, part in row.items() if name not in (*OFFER, "chosen")}


# -- words --------------------------------------------------------------------------------------


def _text(block: Node, say: Say) -> str:
    rows = (product_words.row(row, block["currency"], say.language) for row in block["rows"])
    sums = product_words.sums(block, say.language)
    return joined(block["title"], *rows, *sums)


def _printed(block: Node) -> Iterable[str]:
    yield block["title"]
    for row in block["rows"]:
        yield from (row[part] for part in ("sku", "name", "description", "unit"))


def _told(block: Node) -> Iterator[tuple[str, Tree]]:
    if "value" in block:
        yield "products", {"block": block["id"], "value": block["value"]}


KINDS = {
    "products": Kind(_tree, _text, printed=_printed, resolved=_resolved, asks=_asks, told=_told)
}
