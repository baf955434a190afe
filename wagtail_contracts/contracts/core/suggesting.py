"""What may be suggested on everything that a contract offers, and what it is with a suggestion.

A proposal is plain data with a `kind`. "wording" has the new `parts` of a `block`; "clause" has the
`parts` of a new clause, its `id`, and as `block` the open area that it is for; "values" has the
values of data fields, by key, and the quantities of product rows, by id, as lists; "alternative"
has the id of the `chosen` wording of a `block`. Values are canonical, parts are of the tree.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from wagtail_contracts.contracts.core import boxes, computing, products, resolving, trees
from wagtail_contracts.contracts.core.kinds.places import inside
from wagtail_contracts.contracts.core.locks import EDITABLE
from wagtail_contracts.contracts.core.numbering import Place

WORDING, CLAUSE, VALUES, ALTERNATIVE = "wording", "clause", "values", "alternative"
MOST_IN_AREA = 100
Proposal = Mapping[str, Any]
Tree = dict[str, Any]
BLANK: Tree = {"type": "clause", "heading": [], "content": []}  # what a new clause begins with


class Misfit(ValueError):
    """A proposal that has no place: `code` is locked, gone, meets, same, value or full."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass
class Places:
    """What is open, by id or key: wordings, areas, fields, tables, and choices of a wording."""

    wordings: dict[str, trees.Node] = field(default_factory=dict)
    areas: dict[str, trees.Node] = field(default_factory=dict)
    fields: dict[str, trees.Node] = field(default_factory=dict)
    tables: dict[str, trees.Node] = field(default_factory=dict)
    choices: dict[str, trees.Node] = field(default_factory=dict)


def places(whole: trees.Content) -> Places:
    """What somebody of the other side may suggest on; what they are not shown is not among it.

    Negotiable is what the template lets a contract's editor rewrite: a block whose policy is
    editable, and all in an open area. Values are those of our own side that nobody computes.
    """
    published = resolving.published(whole)
    shown = {block["id"] for block in trees.blocks(published["body"])}
    made = Places(fields=dict(_fields(whole, published)))
    for block, negotiable in _judged(whole["body"]):
        if not negotiable or not (block["id"] in shown or _waits(block)):
            continue
        if block["type"] in boxes.KINDS and boxes.fits(block):
            made.wordings[block["id"]] = block
        elif block["type"] == "area":
            made.areas[block["id"]] = block
        elif block["type"] == "products" and _rows(block):
            made.tables[block["id"]] = block
        elif block["type"] == "alternatives" and block.get("others"):
            made.choices[block["id"]] = block
    return made


def quantities(table: trees.Node) -> dict[str, trees.Node]:
    """The rows of a table whose quantity may be suggested: the other side does not choose it."""
    return {row["id"]: row for row in _rows(table)}


def apply(whole: trees.Content, proposal: Proposal) -> Tree:
    """The content with a proposal in it. Raises Misfit."""
    made = _APPLY[proposal["kind"]](whole, places(whole), proposal)
    if made == whole:
        raise Misfit("same")
    return made


def opened(open_: Mapping[str, trees.Node], whole: trees.Content, id: str) -> trees.Node:
    """The open block of that id. Raises Misfit."""
    if id in open_:
        return open_[id]
    raise Misfit("locked" if any(b["id"] == id for b in trees.blocks(whole["body"])) else "gone")


# -- what is open -------------------------------------------------------------------------------


def _judged(blocks: Sequence[trees.Node]) -> Iterator[tuple[trees.Node, bool]]:
    """Every block, and whether it is negotiable: those in an open area are."""
    for block in blocks:
        negotiable = block["policy"] == EDITABLE
        yield block, negotiable
        for nested in block.get("blocks", ()):
            yield nested, negotiable


def _waits(block: trees.Node) -> bool:
    """Whether it is an area that only isn't printed because nothing is in it."""
    empty = block["type"] == "area" and not block["blocks"] and not block["empty"]
    return empty and block["condition"] is None


def _fields(whole: trees.Content, published: trees.Content) -> Iterator[tuple[str, trees.Node]]:
    own = {party["role"] for party in whole["parties"] if party["own"]}
    for item in published["fields"]:
        closed = item["sensitive"] or item["kind"] == "file" or computing.is_computed(item)
        if item["role"] in own and not closed:
            yield item["key"], item


def _rows(table: trees.Node) -> list[trees.Node]:
    """Nested tables have no columns of their own: all in an open area may be changed."""
    if table["policy"] is not None and "quantity" not in table["columns"]:
        return []
    return [row for row in table["rows"] if not (table["role"] and row["limits"])]


# -- applying -----------------------------------------------------------------------------------


def _apply_wording(whole: trees.Content, open_: Places, proposal: Proposal) -> Tree:
    block = opened(open_.wordings, whole, proposal["block"])
    if proposal["parts"].keys() != boxes.parts_of(block["type"]):
        raise Misfit("gone")
    return _with_block(whole, {**block, **proposal["parts"]})


def _apply_clause(whole: trees.Content, open_: Places, proposal: Proposal) -> Tree:
    area = opened(open_.areas, whole, proposal["block"])
    if any(block["id"] == proposal["id"] for block in trees.blocks(whole["body"])):
        raise Misfit("same")
    if len(area["blocks"]) >= MOST_IN_AREA:
        raise Misfit("full")
    added = {
        "id": proposal["id"],
        "type": "clause",
        "policy": None,
        "number": None,
        "condition": None,
        **Place(1)._asdict(),
        **proposal["parts"],
    }
    return _with_block(whole, {**area, "blocks": [*area["blocks"], *inside(area, [added])]})


def _apply_values(whole: trees.Content, open_: Places, proposal: Proposal) -> Tree:
    values = {item["key"]: item["value"] for item in proposal["values"]}
    if values.keys() - open_.fields.keys():
        raise Misfit("locked")
    made: Tree = trees.with_values(whole, values)
    wanted = {item["row"]: item["quantity"] for item in proposal["quantities"]}
    if not wanted:
        return made
    table = opened(open_.tables, whole, proposal["block"])
    if wanted.keys() - quantities(table).keys():
        raise Misfit("locked")
    rows = [{**row, "quantity": wanted.get(row["id"], row["quantity"])} for row in table["rows"]]
    if not all(row["limits"] is None or _is_allowed(row) for row in rows):
        raise Misfit("value")
    return _with_block(made, {**table, "rows": rows})


def _is_allowed(row: trees.Node) -> bool:
    return products.fits(row["limits"], Decimal(row["quantity"]))


def _apply_alternative(whole: trees.Content, open_: Places, proposal: Proposal) -> Tree:
    block = opened(open_.choices, whole, proposal["block"])
    if proposal["chosen"] not in {wording["id"] for wording in block["wordings"]}:
        raise Misfit("gone")
    return _with_block(whole, {**block, "chosen": proposal["chosen"]})


_APPLY: dict[str, Callable[[trees.Content, Places, Proposal], Tree]] = {
    WORDING: _apply_wording,
    CLAUSE: _apply_clause,
    VALUES: _apply_values,
    ALTERNATIVE: _apply_alternative,
}


def _with_block(whole: trees.Content, changed: trees.Node) -> Tree:
    return {**whole, "body": resolving.numbered(list(_replaced(whole["body"], changed)))}


def _replaced(blocks: Sequence[trees.Node], changed: trees.Node) -> Iterator[trees.Node]:
    for block in blocks:
        if block["id"] == changed["id"]:
            yield changed
        elif "blocks" in block:
            yield {**block, "blocks": list(_replaced(block["blocks"], changed))}
        else:
            yield block
