"""From what somebody typed to the canonical value of a data field, and back.

What is typed is a text; a mapping of texts for kinds with several inputs; a list of keys where
several options may be chosen. What each kind stores is told in docs/reference/data-fields.md.
"""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from wagtail_contracts.contracts.core.fields import KINDS, Field, Kind, Wrong
from wagtail_contracts.contracts.core.fields.numbers import DAY, PLACES
from wagtail_contracts.contracts.core.text import normal

__all__ = [
    "DAY",
    "KINDS",
    "PLACES",
    "Field",
    "Wrong",
    "faulty",
    "is_empty",
    "raw",
    "read",
    "tidied",
]

CONTROL = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


def read(field: Field, raw: Any) -> Any:
    """The canonical value of what was typed, None for nothing. Raises Wrong."""
    kind = KINDS[field["kind"]]
    typed = _typed(kind, raw)
    return None if _says_nothing(kind, typed) else kind.read(field, typed)


def raw(field: Field, value: Any) -> Any:
    """What stands in the inputs for a canonical value, such that `read` gives the value again."""
    kind = KINDS[field["kind"]]
    if value is not None:
        return kind.raw(field, value)
    return [] if kind.several else dict.fromkeys(kind.parts, "") if kind.parts else ""


def tidied(field: Field, raw: Any) -> Any:
    """What was typed in the shape that the inputs of the kind need, whatever was sent."""
    kind = KINDS[field["kind"]]
    if kind.several:
        return [str(item) for item in _listed(raw) if str(item).strip()]
    if kind.parts:
        given = raw if isinstance(raw, Mapping) else {}
        return {part: str(given.get(part) or "") for part in kind.parts}
    return raw if isinstance(raw, str) else ""


def faulty(field: Field, raw: Any) -> str:
    """The part of a field with several inputs that does not fit; "" where none does not."""
    try:
        read(field, raw)
    except Wrong as wrong:
        return wrong.part
    return ""


def is_empty(field: Field, raw: Any) -> bool:
    """Whether nothing was typed; a part that is picked from a list says nothing alone."""
    return _says_nothing(KINDS[field["kind"]], tidied(field, raw))


def _says_nothing(kind: Kind, typed: Any) -> bool:
    if kind.parts:
        return not any(typed[part].strip() for part in kind.parts if part not in kind.picked)
    return not (typed if kind.several else typed.strip())


def _typed(kind: Kind, raw: Any) -> Any:
    if kind.several:
        return list(filter(None, map(_text, _listed(raw))))
    if not kind.parts:
        return _text(kind.retyped(raw) if isinstance(raw, Mapping) else raw)
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        raw = {}
    if not isinstance(raw, Mapping) or set(raw) - set(kind.parts):
        raise Wrong("unreadable")
    return {part: _text(_lines(raw.get(part))) for part in kind.parts}


def _lines(raw: Any) -> Any:
    """A canonical value may be read again: its lines are a list."""
    return "\n".join(map(str, raw)) if isinstance(raw, list) else raw


def _listed(raw: Any) -> list[Any]:
    if isinstance(raw, list | tuple):
        return list(raw)
    return [] if raw in (None, "") else [raw]


def _text(raw: Any) -> str:
    if isinstance(raw, bool):
        raw = "yes" if raw else "no"
    if raw is not None and not isinstance(raw, str | int | Decimal | date):
        raise Wrong("unreadable")
    text = normal(raw).strip()
    if CONTROL.search(text.replace("\n", "").replace("\t", "")):
        raise Wrong("characters")
    return text
