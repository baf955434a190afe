"""The templates that one may choose, each with what one wants to know before choosing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db.models import Max

from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.blocks import plain
from wagtail_contracts.contracts.core import locks
from wagtail_contracts.contracts.core.text import words

WIDTH, HEIGHT, MARGIN, LINE = 84, 112, 8, 5  # of the miniature, in its own units
LETTERS = 90  # on one of its lines
MOST_LINES = 4
Bar = dict[str, Any]


def cards(user: Any, search: str = "", pages: Sequence[Any] | None = None) -> list[dict[str, Any]]:
    """Those that hold all the words of `search` in title or workspace, used last first.

    Of all that `user` may use, unless there are `pages`.
    """
    known = permissions.templates(user) if pages is None else pages
    pages = [page for page in known if _has(page, search)]
    used = dict(
        permissions.visible(user)
        .filter(template__in=[page.pk for page in pages])
        .order_by()
        .values_list("template")
        .annotate(Max("made_at"))
    )
    found = [{"page": page, "used": used.get(page.pk), **_looks(page)} for page in pages]
    return sorted(found, key=lambda card: -card["used"].timestamp() if card["used"] else 0)


def _has(page: Any, search: str) -> bool:
    there = f"{page.title} {page.workspace}".lower()
    return all(word in there for word in search.lower().split())


def _looks(page: Any) -> dict[str, Any]:
    blocks = plain(page.body)
    locked = [block for block in blocks if locks.policy_of(block) == locks.LOCKED]
    return {"blocks": len(blocks), "locked": len(locked), "bars": [*miniature(blocks)]}


def miniature(blocks: Sequence[Mapping[str, Any]]) -> Iterator[Bar]:
    """Its first page, drawn: a bar for each heading and each line of text."""
    y = MARGIN
    for block in blocks:
        for bar in _bars(block):
            if y > HEIGHT - MARGIN:
                return
            yield {"y": y, "open": locks.policy_of(block) != locks.LOCKED, **bar}
            y += LINE
        y += LINE // 2


def _bars(block: Mapping[str, Any]) -> Iterator[Bar]:
    value, whole = block["value"], WIDTH - 2 * MARGIN
    if block["type"] in ("heading", "clause", "area", "signatures"):
        yield {"x": MARGIN, "width": whole // 2, "height": 3}
    if block["type"] == "heading":
        return
    long = len(words(str(value.get("text") or "")))
    lines = min(long // LETTERS, MOST_LINES - 1)
    for _line in range(lines):
        yield {"x": MARGIN, "width": whole, "height": 2}
    yield {"x": MARGIN, "width": whole * 3 // 4, "height": 2}
