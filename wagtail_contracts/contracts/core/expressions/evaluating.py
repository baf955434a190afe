"""From the tree of an expression and the values of its keys to its own value.

No answer (None) goes through: what is reckoned from it is no answer either. Only "or" with a
condition that holds, and "and" with one that doesn't, are decided without it.
"""

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from operator import eq, ge, gt, le, lt, ne
from typing import Any

from wagtail_contracts.contracts.core.answers import PLACES
from wagtail_contracts.contracts.core.expressions.amounts import (
    LARGEST,
    Money,
    Period,
    Value,
    exact,
    moved,
    plain,
)
from wagtail_contracts.contracts.core.expressions.parsing import Node
from wagtail_contracts.contracts.core.expressions.tokens import Invalid
from wagtail_contracts.contracts.core.rounding import half_up, minor_unit

Values = Mapping[str, Any]
BOUND = LARGEST**16  # beyond it an exact number would grow without end
ORDER = {"=": eq, "!=": ne, "<": lt, "<=": le, ">": gt, ">=": ge}


def evaluate(node: Node, values: Values) -> Value:
    """The value of a tree. Raises Invalid where kinds don't fit."""
    return EVALUATORS[node.op](node, values)


def _parts(node: Node, values: Values) -> list[Value]:
    return [evaluate(part, values) for part in node.parts]


def _truth(node: Node, values: Values) -> bool | None:
    value = evaluate(node, values)
    if value is None or isinstance(value, bool):
        return value
    raise Invalid("condition", node.at)


def _joined(node: Node, values: Values) -> bool | None:
    """Answer "and" and "or": the deciding answer decides, otherwise nobody knows if one doesn't."""
    truths = [_truth(part, values) for part in node.parts]
    deciding = node.op == "or"
    if deciding in truths:
        return deciding
    return None if None in truths else not deciding


def _not(node: Node, values: Values) -> bool | None:
    truth = _truth(node.parts[0], values)
    return None if truth is None else not truth


def _compare(node: Node, values: Values) -> bool | None:
    left: Any
    right: Any
    left, right = _parts(node, values)
    if left is None or right is None:
        return None
    if isinstance(left, Money) and isinstance(right, Money):
        _same_currency(left, right, node.at)
    elif type(left) is not type(right) and node.word in ("=", "!="):
        left, right = plain(left), plain(right)  # a text may look like a number or a day
    elif node.word not in ("=", "!=") and not _ordered(left, right):
        raise Invalid("types", node.at)
    return bool(ORDER[node.word](left, right))


def _ordered(left: Value, right: Value) -> bool:
    return type(left) is type(right) and isinstance(left, Fraction | date)


def _contains(node: Node, values: Values) -> bool | None:
    chosen, option = _parts(node, values)
    if chosen is None or option is None:
        return None
    if not isinstance(chosen, tuple):
        raise Invalid("choices", node.at)
    return plain(option) in chosen


def _sum(node: Node, values: Values) -> Value:
    total = evaluate(node.parts[0], values)
    for step in node.parts[1:]:
        sign = 1 if step.op == "+" else -1
        total = _added(total, evaluate(step.parts[0], values), sign, step.at)
    return total


def _added(total: Value, term: Value, sign: int, at: int) -> Value:
    if total is None or term is None:
        return None
    if isinstance(total, Fraction) and isinstance(term, Fraction):
        return _bounded(total + sign * term)
    if isinstance(total, Money) and isinstance(term, Money):
        _same_currency(total, term, at)
        return _money(total.amount + sign * term.amount, total.currency)
    if isinstance(total, date) and isinstance(term, Period):
        return moved(total, term, sign)
    if isinstance(total, date) and isinstance(term, date) and sign < 0:
        return Fraction((total - term).days)
    raise Invalid("types", at)


def _product(node: Node, values: Values) -> Value:
    total = evaluate(node.parts[0], values)
    for step in node.parts[1:]:
        factor = evaluate(step.parts[0], values)
        reckon = _multiplied if step.op == "*" else _divided
        total = None if total is None or factor is None else reckon(total, factor, step.at)
    return total


def _multiplied(left: Value, right: Value, at: int) -> Value:
    if isinstance(right, Money):
        left, right = right, left
    if isinstance(left, Fraction) and isinstance(right, Fraction):
        return _bounded(left * right)
    if isinstance(left, Money) and isinstance(right, Fraction):
        return _money(left.amount * right, left.currency)
    raise Invalid("types", at)


def _divided(left: Value, right: Value, at: int) -> Value:
    if isinstance(left, Money) and isinstance(right, Money):
        _same_currency(left, right, at)
        return _bounded(left.amount / right.amount) if right.amount else None
    if isinstance(right, Fraction) and isinstance(left, Fraction | Money):
        return _multiplied(left, 1 / right, at) if right else None
    raise Invalid("types", at)


def _minus(node: Node, values: Values) -> Value:
    value = evaluate(node.parts[0], values)
    return None if value is None else _multiplied(value, Fraction(-1), node.at)


def _period(node: Node, values: Values) -> Value:
    count = evaluate(node.parts[0], values)
    if count is None:
        return None
    if not isinstance(count, Fraction):
        raise Invalid("types", node.at)
    return Period(count, node.word)


def _call(node: Node, values: Values) -> Value:
    given = _parts(node, values)
    if None in given:
        return None
    if node.word == "round":
        return _rounded(node, given)
    if not all(isinstance(value, Fraction | Money | date) for value in given):
        raise Invalid("types", node.at)
    first = given[0]
    for value in given:
        if type(value) is not type(first):
            raise Invalid("types", node.at)
        if isinstance(value, Money):
            _same_currency(first, value, node.at)
    return min(given) if node.word == "min" else max(given)  # type: ignore[type-var]


def _rounded(node: Node, given: list[Value]) -> Value:
    value, places = given[0], given[1] if len(given) > 1 else None
    if len(given) > 2 or places not in (None, *range(PLACES + 1)):
        raise Invalid("places", node.at)
    if isinstance(value, Fraction):
        return _half_up(value, 0 if places is None else places)
    if isinstance(value, Money):
        amount = _half_up(value.amount, minor_unit(value.currency) if places is None else places)
        return None if amount is None else Money(amount, value.currency)
    raise Invalid("types", node.at)


def _half_up(value: Fraction, places: Any) -> Fraction | None:
    return Fraction(half_up(value, int(places))) if abs(value) < LARGEST else None


def _same_currency(left: Any, right: Any, at: int) -> None:
    if left.currency != right.currency:
        raise Invalid("currencies", at, first=left.currency, second=right.currency)


def _money(amount: Fraction, currency: str) -> Money | None:
    bounded = _bounded(amount)
    return None if bounded is None else Money(bounded, currency)


def _bounded(value: Fraction) -> Fraction | None:
    return value if abs(value) < BOUND and value.denominator < BOUND else None


EVALUATORS: dict[str, Callable[[Node, Values], Value]] = {
    "literal": lambda node, values: node.word,
    "key": lambda node, values: exact(values.get(node.word)),
    "or": _joined,
    "and": _joined,
    "not": _not,
    "compare": _compare,
    "contains": _contains,
    "empty": lambda node, values: evaluate(node.parts[0], values) is None,
    "filled": lambda node, values: evaluate(node.parts[0], values) is not None,
    "sum": _sum,
    "product": _product,
    "minus": _minus,
    "period": _period,
    "call": _call,
}
