"""The boxes in which the words of a block are typed anew.

A heading or clause has a box for each of its parts; a list one for each item, a table one for each
cell, columns one each. A box's name says where it stands: `item-3`, `cell-2-1`, `column-1`, counted
from 1. `item-3-1` is the first item that somebody adds after the third, `item-0-1` before them all.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from wagtail_contracts.contracts.core import trees
from wagtail_contracts.contracts.core.numbering import Place, numbers

LINE, RICH = "line", "rich"
# What may be typed anew of each kind of block that has parts, in the order of the page.
PARTS: dict[str, dict[str, str]] = {
    "heading": {"content": LINE},
    "clause": {"heading": LINE, "content": RICH},
    "definition": {"term": LINE, "content": RICH},
    "text": {"content": RICH},
    "bilingual": {
        "heading": LINE,
        "content": RICH,
        "other_heading": LINE,
        "other_content": RICH,
    },
}
ROWS = {"list": "items", "table": "rows", "columns": "columns"}  # the part that has the boxes
KINDS = frozenset({*PARTS, *ROWS})
MOST_ITEMS = 200
MOST_CELLS = 500  # of a table that is read as a form
ITEM = re.compile(r"item-(\d{1,3})(?:-(\d{1,3}))?")
OTHERS = re.compile(r"cell-\d{1,3}-\d{1,2}|column-\d")


class Box(NamedTuple):
    """One box: whether it takes a line or paragraphs, and what the block says there now."""

    how: str
    now: Sequence[trees.Node]


def is_name(name: str) -> bool:
    """Whether a box may be called so."""
    known = {part for parts in PARTS.values() for part in parts}
    return name in known or bool(ITEM.fullmatch(name) or OTHERS.fullmatch(name))


def parts_of(kind: str) -> frozenset[str]:
    """The parts of a block's tree that its boxes are of; none of one that has no boxes."""
    return frozenset({ROWS[kind]} if kind in ROWS else PARTS.get(kind, ()))


def boxes(block: trees.Node) -> dict[str, Box]:
    """Those of a block as it is, in the order of the page."""
    kind = block["type"]
    if kind == "list":
        return {f"item-{at}": Box(LINE, one["content"]) for at, one in _counted(block["items"])}
    if kind == "table":
        return {
            f"cell-{row}-{column}": Box(LINE, cell)
            for row, cells in _counted(block["rows"])
            for column, cell in _counted(cells)
        }
    if kind == "columns":
        return {f"column-{at}": Box(RICH, one) for at, one in _counted(block["columns"])}
    return {part: Box(how, block[part]) for part, how in PARTS[kind].items()}


def ordered(block: trees.Node, typed: Mapping[str, Any]) -> list[str]:
    """The names of a block's boxes with those of items that somebody adds, in their order."""
    known = list(boxes(block))
    if block["type"] != "list":
        return known
    added = [name for name in typed if name not in known and _is_added(name, len(known))]
    return sorted([*known, *added], key=standing)


def added(typed: Mapping[str, Any], at: int) -> str:
    """The name of one item more after the item `at`, and after those that were added there."""
    stands = [standing(name) for name in typed]
    return f"item-{at}-{1 + max((place for item, place in stands if item == at), default=0)}"


def gathered(block: trees.Node, read: Mapping[str, Any]) -> dict[str, Any]:
    """The parts of a block from what was read from its boxes, in the order of the page."""
    kind = block["type"]
    if kind == "list":
        return {"items": _items(block, read)}
    if kind == "table":
        width = len(block["rows"][0]) if block["rows"] else 0
        cells = list(read.values())
        return {"rows": [cells[at : at + width] for at in range(0, len(cells), width or 1)]}
    return {"columns": list(read.values())} if kind == "columns" else dict(read)


def fits(block: trees.Node) -> bool:
    """Whether it has so few boxes that a page can show them."""
    return block["type"] != "table" or 0 < sum(map(len, block["rows"])) <= MOST_CELLS


def like(block: trees.Node, name: str) -> trees.Node:
    """The item whose level and number an item has: its own, or that of the one before it."""
    items: Sequence[trees.Node] = block["items"]
    return items[max(standing(name)[0], 1) - 1]


def standing(name: str) -> tuple[int, int]:
    """Where an item stands: after which one that was there before, and the how many-th there."""
    found = ITEM.fullmatch(name)
    return (int(found[1]), int(found[2] or 0)) if found else (0, 0)


def renumbered(items: Sequence[trees.Node]) -> list[dict[str, Any]]:
    """Items with the numbers that they have in this order."""
    places = [Place(item["level"], item["style"], item["start"]) for item in items]
    return [{**item, "number": n} for item, n in zip(items, numbers(places), strict=True)]


def _items(block: trees.Node, read: Mapping[str, Any]) -> list[dict[str, Any]]:
    """An item without words is gone; where it began a count, the next one of its level does."""
    made: list[dict[str, Any]] = []
    begins: dict[int, int] = {}
    known = boxes(block)
    for name, content in read.items():
        item = dict(like(block, name))
        level, start = item["level"], item["start"] if name in known else None
        if not content and (name not in known or known[name].now):
            begins |= {level: start} if start else {}
            continue
        start = start or begins.pop(level, None)
        made.append({**item, "start": start, "content": content})
    return renumbered(made)


def _is_added(name: str, most: int) -> bool:
    found = ITEM.fullmatch(name)
    return bool(found and found[2] and int(found[1]) <= most)


def _counted(parts: Sequence[Any]) -> enumerate[Any]:
    return enumerate(parts, 1)
