"""The shape of a contract: what stands where, whatever it says."""

from __future__ import annotations

from collections import Counter
from typing import Any

from tests.bench.many.patterns import Tables


def shape(tables: Tables) -> dict[str, Counter[Any]]:
    """For each table how many rows there are of each form: which columns are filled in."""
    return {
        model.__name__: Counter(
            tuple(sorted(name for name, value in row.items() if value not in (None, "")))
            for row in rows
        )
        for model, rows in tables.items()
    }
