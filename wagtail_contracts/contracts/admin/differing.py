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
POLICIES = {
    locks.LOCKED: gettext_lazy("Locked"),
    locks.EDITABLE: gettext_lazy("Editable"),
    locks.OPTIONAL: gettext_lazy("Optional"),
    locks.UNLOCKED: gettext_lazy("Unlocked"),
    "added": gettext_lazy("Open area"),
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
    return [said for _policy, sentences in rows(contract) for said in sentences]


def rows(contract: Any) -> list[tuple[str, list[str]]]:
    """What the template said of a block that differs, and how it differs: one row for each."""
    whole = contracts.whole(contract)
    outline, content = body(contract.outline), masking.masked(whole)
    seen = published(whole)["body"]
    numbers = {block["id"]: block["number"] for block in seen}  # as the page has them
    blocks = {
        block["id"]: {**block, "number": numbers.get(block["id"], "")}
        for block in [*outline, *content["body"]]
    }
    made = {block["id"]: block for block in outline}
    policies = _policies(contract)
    found = deviations.found(outline, content["body"], locks.unlocked(contract.outline))
    return [
        (
            policies.get(item["block"], str(POLICIES["added"])),
            _sentences(item, made.get(item["block"]), blocks[item["block"]], content),
        )
        for item in found
    ]


def _policies(contract: Any) -> dict[str, str]:
    """What the template lets one do with each of its blocks, in a word, by id."""
    return {
        entry["id"]: str(
            POLICIES[locks.UNLOCKED if entry.get(locks.UNLOCKED) else locks.policy_of(entry)]
        )
        for entry in contract.outline
    }


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
