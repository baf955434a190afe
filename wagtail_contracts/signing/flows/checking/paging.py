"""Large tables in small pages, so that neither memory nor a long transaction is needed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

SIZE = 200


def pages(rows: Any) -> Iterator[list[Any]]:
    """All rows by their primary key, so many at once; those that come meanwhile, too."""
    last = 0
    while page := list(rows.filter(pk__gt=last).order_by("pk")[:SIZE]):
        yield page
        last = page[-1].pk
