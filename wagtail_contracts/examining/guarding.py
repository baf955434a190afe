"""Whether the database still refuses to change evidence, and what it refused of late."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.db import connections, router

from wagtail_contracts import append_only, refusals
from wagtail_contracts.examining.walking import Fault, ring


def lost_triggers(*labels: str, of: Any) -> Callable[[], Iterator[Fault]]:
    """What finds tables of some apps that may only grow, and can be changed; `of` is a model."""

    def look() -> Iterator[Fault]:
        connection = connections[router.db_for_read(of)]
        for rule in append_only.kept(*labels):
            if lost := append_only.missing(connection, rule):
                yield Fault("triggers", rule.table, ", ".join(lost))

    return look


def ring_refused(prefix: str, alarm: Any) -> list[Any]:
    """Ring for each write on tables of that prefix that a trigger refused in this process."""
    taken = refusals.take(prefix)
    try:
        rung = [ring(alarm, Fault("refused", one.table, one.verb)) for one in taken]
    except Exception:
        refusals.put_back(taken)
        raise
    return [row for row, new in rung if new]
