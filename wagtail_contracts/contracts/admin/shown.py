"""What the locked editor shows of a contract, beside the forms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Shown:
    """`numbers` and `html` by id of the block; `changed` are ids that differ from the template."""

    palette: list[dict[str, str]] = field(default_factory=list)
    numbers: Mapping[str, str] = field(default_factory=dict)
    changed: frozenset[str] = frozenset()
    html: Mapping[str, str] = field(default_factory=dict)
