"""The trail that left the house inside a sealed file, read back."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pyhanko.pdf_utils.reader import PdfFileReader

from wagtail_contracts import canonical

EVIDENCE = "evidence.json"
PDF = b"%PDF-"
DEPTH = 8


class NoAnchor(ValueError):
    """The file holds no trail to compare with."""


def read(data: bytes) -> dict[str, Any]:
    """The trail inside a sealed PDF, or inside the evidence.json taken out of one.

    Returns key, length, head and records. Says nothing about the seal. Raises NoAnchor.
    """
    text = _attached(data) if data.startswith(PDF) else data
    try:
        trail: dict[str, Any] = canonical.decode(text)["trail"]
        found = [type(trail[name]) for name in ("key", "length", "head", "records")]
    except (canonical.NotCanonical, KeyError, TypeError) as error:
        raise NoAnchor("This is no evidence with a trail in it.") from error
    if found != [str, int, str, list] or "\0" in trail["key"] + trail["head"]:
        raise NoAnchor("The trail in this evidence has another shape.")
    return trail


def _attached(data: bytes) -> bytes:
    try:
        root = PdfFileReader(BytesIO(data)).root
        found: list[bytes] = [
            item["/EF"]["/F"].data
            for item in _leaves(root["/Names"]["/EmbeddedFiles"], DEPTH)
            if str(item["/UF"]) == EVIDENCE
        ]
    except Exception as error:
        raise NoAnchor("This PDF can't be read, or carries no attachments.") from error
    if len(found) != 1:  # two of them would be a trick
        raise NoAnchor(f"This PDF carries {len(found)} evidence.json.")
    return found[0]


def _leaves(node: Any, depth: int) -> Iterator[Any]:
    names = node.get("/Names", [])
    yield from (names[place] for place in range(1, len(names), 2))
    kids = node.get("/Kids", []) if depth else []
    for place in range(len(kids)):  # pyHanko follows references by place, not in a loop
        yield from _leaves(kids[place], depth - 1)
