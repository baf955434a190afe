"""The kinds of data fields, one module for each family."""

from collections.abc import Iterator, Mapping
from typing import Any

from wagtail_contracts.contracts.core.fields import (
    addresses,
    choices,
    files,
    numbers,
    quantities,
    registers,
    texts,
)
from wagtail_contracts.contracts.core.fields.kind import Field, Kind, Wrong

KINDS: dict[str, Kind] = {
    **texts.KINDS,
    **numbers.KINDS,
    **quantities.KINDS,
    **choices.KINDS,
    **registers.KINDS,
    **addresses.KINDS,
    **files.KINDS,
}

__all__ = ["KINDS", "Field", "Kind", "Wrong", "strings"]


def strings(value: Any) -> Iterator[str]:
    """Every text in a canonical value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | Mapping):
        for part in value.values() if isinstance(value, Mapping) else value:
            yield from strings(part)
