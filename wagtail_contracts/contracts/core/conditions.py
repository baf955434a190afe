"""A condition as pickers store it, and the expression that it means.

Stored: {"join": "all" or "any", "tests": [{"key", "operator", "kind", "currency", "value"}],
"expression": text}, all of them texts as they were typed or picked. The expression, for experts,
comes before the tests; with neither the block is always there.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from wagtail_contracts.contracts.core import answers
from wagtail_contracts.contracts.core.expressions import RESERVED
from wagtail_contracts.contracts.core.text import normal

ALL, ANY = "all", "any"
WORDS = {ALL: "and", ANY: "or"}
MOST, LONGEST = 20, 4000  # tests in a condition, characters in an expression or a value
KEY = re.compile(r"[a-z0-9_-]{1,64}")
NAME = re.compile(r"[a-z][a-z0-9_]*")
CURRENCY = re.compile(r"[A-Z]{3}")
PARTS = ("key", "operator", "kind", "currency", "value")
SIGNS = {
    "is": "=",
    "is_not": "!=",
    "less": "<",
    "at_most": "<=",
    "more": ">",
    "at_least": ">=",
}
FILLED, EMPTY, CONTAINS, LACKS = "filled", "empty", "contains", "lacks"
OPERATORS = (*SIGNS, FILLED, EMPTY, CONTAINS, LACKS)
Stored = dict[str, Any]
Test = Mapping[str, str]


def mapping(posted: Any) -> Mapping[str, Any] | None:
    """What a form sent for something of several parts, as JSON or read already; None if neither."""
    if isinstance(posted, str):
        try:
            posted = json.loads(posted)
        except (ValueError, RecursionError):
            return None
    return posted if isinstance(posted, Mapping) else None


def read(posted: Any) -> Stored | None:
    """The stored form of what a form sent, None for no condition; what has another shape is none.

    What is typed stays as it is: `problems` says what is wrong with it.
    """
    if (given := mapping(posted)) is None:
        return None
    tests = given.get("tests")
    listed = tests[:MOST] if isinstance(tests, list) else []
    made = [_test(test) for test in listed if isinstance(test, Mapping)]
    expression = normal(_words(given.get("expression"))).strip()
    if not made and not expression:
        return None
    join = ANY if given.get("join") == ANY else ALL
    return {"join": join, "tests": made, "expression": expression}


def compiled(stored: Any) -> str | None:
    """The expression that a stored condition means, None for none; unfinished tests say nothing."""
    if not (condition := read(stored)):
        return None
    if condition["expression"]:
        return str(condition["expression"])
    texts = []
    for test in condition["tests"]:
        try:
            texts.append(_compiled(test))
        except answers.Wrong:
            continue
    return f" {WORDS[condition['join']]} ".join(texts) or None


def problems(stored: Any) -> Iterator[tuple[int, answers.Wrong]]:
    """What is not finished or can't be read, with the place of its test."""
    condition = read(stored) or {"tests": [], "expression": ""}
    for place, test in enumerate([] if condition["expression"] else condition["tests"]):
        try:
            _compiled(test)
        except answers.Wrong as wrong:
            yield place, wrong


def name(key: str) -> str:
    """How an expression writes a key."""
    return key if NAME.fullmatch(key) and key not in RESERVED else f"{{{key}}}"


def _compiled(test: Test) -> str:
    """The text of one test. Raises Wrong."""
    key, operator = test["key"], test["operator"]
    if not KEY.fullmatch(key) or operator not in OPERATORS:
        raise answers.Wrong("unfinished")
    if operator == FILLED:
        return f"{name(key)} is filled in"
    if operator == EMPTY:
        return f"{name(key)} is empty"
    if operator in SIGNS:
        return f"{name(key)} {SIGNS[operator]} {_literal(test)}"
    contains = f"{name(key)} contains {_literal(test)}"
    return contains if operator == CONTAINS else f"not {contains}"


def _literal(test: Test) -> str:
    kind = "choice" if test["kind"] == "multiple" else test["kind"]
    kind = kind if kind in LITERALS else "text"
    field = {
        "kind": kind,
        "currency": test["currency"],
        "options": [{"key": test["value"]}],
        "max_length": None,
    }
    if kind == "money" and not CURRENCY.fullmatch(test["currency"]):
        raise answers.Wrong("unfinished")
    value = answers.read(field, test["value"])
    if value is None:
        raise answers.Wrong("unfinished")
    return LITERALS[kind](value)


def _quoted(value: Any) -> str:
    doubled = str(value).replace('"', '""')
    return f'"{doubled}"'


def _test(posted: Mapping[str, Any]) -> dict[str, str]:
    return {part: normal(_words(posted.get(part)))[:LONGEST] for part in PARTS}


def _words(posted: Any) -> str:
    return posted if isinstance(posted, str) else ""


LITERALS: dict[str, Callable[[Any], str]] = {
    "number": lambda value: format(Decimal(value).normalize(), "f"),
    "money": lambda value: f"{value['amount']} {value['currency']}",
    "date": str,
    "yes_no": lambda value: "yes" if value else "no",
    "choice": _quoted,
    "text": _quoted,
}
