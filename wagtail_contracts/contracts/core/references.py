"""What a reference to a block of the same text prints: its number as people cite it, 3.2(a)(i)."""

import re
from collections.abc import Iterator, Sequence

from wagtail_contracts.contracts.core import trees

LABEL = re.compile(r"(?:§|[^\W\d_]+\.?)\s+(\d{1,3}[A-Za-z]?|[IVXLC]+|[A-Z])(?![\w])")
AROUND = "(). "


def cite(content: trees.Content, id: str) -> str:
    """The number of a block as the text cites it; "" for none.

    A path stands for itself, every other number comes after that of the clause around it. A heading
    that begins with a word and a number (Annex I) is cited by that number.
    """
    return next((said for block, said in _cited(content, id) if block["id"] == id), "")


def cites(content: trees.Content) -> dict[str, str]:
    """The numbers of all blocks that have one, by id, as the text cites them."""
    return {block["id"]: said for block, said in _cited(content) if said}


def label(words: str) -> str:
    """The number that a heading begins with, after one word; "" for none."""
    found = LABEL.match(words)
    return found[1] if found else ""


def is_path(block: trees.Node) -> bool:
    """Whether its number holds those of the levels above."""
    own = _own(block)
    return bool(re.fullmatch(rf"\d+(\.\d+){{{block['level'] - 1}}}", own)) or block["level"] == 1


def _own(block: trees.Node) -> str:
    """The number alone, without a word and what is around it."""
    return str(block["number"]).split(" ")[-1].strip(AROUND)


def _cited(content: trees.Content, wanted: str = "") -> Iterator[tuple[trees.Node, str]]:
    above: list[trees.Node] = []
    for block in trees.blocks(content["body"]):
        if block["type"] == "heading":
            words = "".join(node.get("text", "") for node in block["content"])
            yield block, label(words)
        elif block["type"] == "exhibit":
            yield block, block["number"]
        elif block["number"]:
            while above and above[-1]["level"] >= block["level"]:
                above.pop()
            above.append(block)
            yield block, _said(above) if wanted in ("", block["id"]) else ""


def _said(above: Sequence[trees.Node]) -> str:
    said = ""
    for block in above:
        said = f"{said}({_own(block)})" if said and not is_path(block) else _own(block)
    return said
