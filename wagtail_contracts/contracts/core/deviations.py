"""How a contract differs from the template that it was made from, block by block."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

Block = Mapping[str, Any]


def found(
    outline: Sequence[Block], body: Sequence[Block], unlocked: Collection[str] = ()
) -> list[dict[str, str]]:
    """Blocks that were changed, left out or added, as {"block", "kind"}; both are content trees.

    A block that was unlocked is named as such, even while its words are the template's.

    Compared with the contract's own outline, never with what a client claims. A number alone is no
    difference: it follows when a block before it is left out.
    """
    now = {block["id"]: block for block in body}
    deviations = [{"block": id, "kind": "unlocked"} for id in unlocked]
    for block in outline:
        there = now.get(block["id"])
        if there is None:
            deviations.append({"block": block["id"], "kind": "left_out"})
        elif plain(there) != plain(block):
            deviations.append({"block": block["id"], "kind": "changed"})
    known = {block["id"] for block in outline}
    added = [block for block in body if block["id"] not in known]
    return deviations + [{"block": block["id"], "kind": "added"} for block in added]


def plain(block: Block) -> dict[str, Any]:
    """A block without its number and which approved wording holds, nested ones too."""
    kept = {name: value for name, value in block.items() if name not in ("number", "chosen")}
    if "blocks" in kept:
        kept["blocks"] = [plain(nested) for nested in kept["blocks"]]
    return kept
