"""The formula of a computed field as pickers store it, and the expression that it means.

Stored: {"shape", "keys", "number", "unit", "expression"}, texts and a list of texts. The
expression, for experts, comes before what is picked.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any

from wagtail_contracts.contracts.core.conditions import KEY, LONGEST, mapping, name
from wagtail_contracts.contracts.core.expressions.amounts import UNITS
from wagtail_contracts.contracts.core.kinds.base import values_of
from wagtail_contracts.contracts.core.text import normal

SUM, DIFFERENCE, PRODUCT, LATER, EARLIER = "sum", "difference", "product", "later", "earlier"
MOST = 20  # fields in a formula
WHOLE = re.compile(r"\d{1,5}")
Stored = dict[str, Any]


def read(posted: Any) -> Stored | None:
    """The stored form of what a form sent, None for no formula; what has another shape is none."""
    if (given := mapping(posted)) is None:
        return None
    made: Stored = {part: _words(given.get(part)) for part in ("shape", "number", "unit")}
    keys = given.get("keys")
    listed = values_of(keys[:MOST]) if isinstance(keys, list) else []
    made["keys"] = [_words(key) for key in listed]
    made["expression"] = _words(given.get("expression"))
    return made if made["shape"] or made["expression"] else None


def compiled(stored: Any) -> str | None:
    """The expression that a stored formula means, None for one that is not finished."""
    formula = read(stored)
    if not formula:
        return None
    if formula["expression"]:
        return str(formula["expression"])
    keys = [name(key) for key in formula["keys"] if KEY.fullmatch(key)]
    shape = SHAPES.get(formula["shape"])
    return shape(keys, formula) if shape else None


def _joined(sign: str) -> Callable[[Sequence[str], Stored], str | None]:
    def text(keys: Sequence[str], formula: Stored) -> str | None:
        return f" {sign} ".join(keys) if len(keys) > 1 else None

    return text


def _moved(sign: str) -> Callable[[Sequence[str], Stored], str | None]:
    """A day, and how long after or before it: so many units, a number of them, or a period."""

    def text(keys: Sequence[str], formula: Stored) -> str | None:
        unit = f"{formula['unit']}s" if formula["unit"] in UNITS else ""
        if len(keys) == 2:
            return f"{keys[0]} {sign} {keys[1]} {unit}".rstrip()
        if len(keys) == 1 and unit and WHOLE.fullmatch(formula["number"]):
            return f"{keys[0]} {sign} {int(formula['number'])} {unit}"
        return None

    return text


def _words(posted: Any) -> str:
    said = posted if isinstance(posted, str | int) and not isinstance(posted, bool) else ""
    return normal(said).strip()[:LONGEST]


SHAPES = {
    SUM: _joined("+"),
    DIFFERENCE: _joined("-"),
    PRODUCT: _joined("*"),
    LATER: _moved("+"),
    EARLIER: _moved("-"),
}
