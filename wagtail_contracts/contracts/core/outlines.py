"""The numbers of a text of which only the outline is known, as an editor's page sends it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from wagtail_contracts.contracts.core import references, resolving, trees
from wagtail_contracts.contracts.core.numbering import BULLET, DEEPEST, PATH, STYLE

MOST = 5000  # blocks
LONGEST = 200  # characters of a heading, for the number that it may begin with
NUMBERED = ("clause", "library", "definition", "bilingual", "alternatives", "area")
PERHAPS = ("definition", "area")  # numbered if their author says so
LEVELS = {"1": 1, "2": 2, "3": 3, "4": 4}


def numbers(outline: Any) -> dict[str, dict[str, str]]:
    """The number of each block that has one, and how it is cited, by id.

    `outline` proves nothing: the blocks in their order, each with "id" and "type" and, as its form
    has them, "level", "style", "start", "numbered" and "words"; "within" is the id of its area.
    What can't be read counts as left empty. Raises ValueError for what is no list of blocks at all.
    """
    if not isinstance(outline, list) or len(outline) > MOST:
        raise ValueError(outline)
    body = resolving.numbered(list(_blocks(outline)))
    cited = references.cites({"body": body})
    return {
        block["id"]: {"number": block["number"] or "", "cited": cited.get(block["id"], "")}
        for block in body
        if block["number"] or block["id"] in cited
    }


def _blocks(outline: Sequence[Any]) -> Iterator[trees.Node]:
    levels: dict[str, int] = {}
    for entry in outline:
        if not isinstance(entry, dict):
            raise ValueError(entry)  # noqa: TRY004 - one error for all that can't be read
        said = {name: str(part)[:LONGEST] for name, part in entry.items()}
        level = LEVELS.get(said.get("level", ""), 1) + levels.get(said.get("within", ""), 0)
        counts = _counts(said)
        if counts and said["type"] == "area":
            levels[said.get("id", "")] = level
        yield {
            "id": said.get("id", ""),
            "type": said.get("type", ""),
            "level": min(level, DEEPEST),
            "style": _style(said.get("style", "")) if counts else None,
            "start": _start(said.get("start", "")),
            "content": [{"type": "text", "text": said.get("words", "")}],
        }


def _counts(said: Mapping[str, str]) -> bool:
    kind = said.get("type")
    return kind in NUMBERED and (kind not in PERHAPS or bool(said.get("numbered")))


def _style(style: str) -> str:
    return style if style == BULLET or STYLE.fullmatch(style) else PATH


def _start(start: str) -> int | None:
    return int(start) if start.isascii() and start.isdigit() and 0 < int(start) < 10**9 else None
