"""How a contract differs from its template, in words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.blocks.products import LABELS
from wagtail_contracts.contracts.core import deviations, locks, masking, shown
from wagtail_contracts.contracts.core.content import body
from wagtail_contracts.contracts.core.kinds import product_cells
from wagtail_contracts.contracts.core.resolving import published

MESSAGES = {
    "unlocked": gettext_lazy("“%(name)s” was unlocked for this contract."),
    "changed": gettext_lazy("“%(name)s” was changed."),
    "left_out": gettext_lazy("“%(name)s” is left out."),
    "added": gettext_lazy("“%(name)s” was added."),
}
ROWS = {
    product_cells.ADDED: gettext_lazy("“%(name)s”: row “%(row)s” was added."),
    product_cells.REMOVED: gettext_lazy("“%(name)s”: row “%(row)s” was removed."),
    product_cells.MOVED: gettext_lazy("“%(name)s”: row “%(row)s” was moved."),
}
CELL = gettext_lazy(
    "“%(name)s”, row “%(row)s”: %(column)s is “%(new)s”, in the template “%(old)s”."
)


def sentences(contract: Any) -> list[str]:
    """One for each block that is not as the template has it."""
    whole = contracts.whole(contract)
    outline, content = body(contract.outline), masking.masked(whole)
    seen = published(whole)["body"]
    numbers = {block["id"]: block["number"] for block in seen}  # as the page has them
    blocks = {
        block["id"]: {**block, "number": numbers.get(block["id"], "")}
        for block in [*outline, *content["body"]]
    }
    made = {block["id"]: block for block in outline}
    found = deviations.found(outline, content["body"], locks.unlocked(contract.outline))
    return [
        said
        for item in found
        for said in _sentences(item, made.get(item["block"]), blocks[item["block"]], content)
    ]


def _sentences(item: dict[str, str], old: Any, new: Any, content: dict[str, Any]) -> list[str]:
    """One for the block, or one for each cell and row of a product table that differs."""
    name = _name(new, content)
    cells = []
    if item["kind"] == "changed" and new["type"] == "products":
        cells = list(product_cells.differences(old, new, get_language() or "en"))
    return [_cell(name, cell) for cell in cells] or [str(MESSAGES[item["kind"]]) % {"name": name}]


def _cell(name: str, cell: product_cells.Difference) -> str:
    said = ROWS.get(cell.column, CELL)
    column = LABELS.get(cell.column, "")
    return str(said) % {**vars(cell), "name": name, "column": column}


def _name(block: dict[str, Any], content: dict[str, Any]) -> str:
    name = shown.name(block, content)
    return (
        _("%(number)s %(name)s") % {"number": block["number"], "name": name}
        if block["number"]
        else name
    )
