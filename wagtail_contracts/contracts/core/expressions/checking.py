"""What kind of value an expression will have, before there are values."""

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

from wagtail_contracts.contracts.core.answers import PLACES
from wagtail_contracts.contracts.core.expressions.amounts import Money
from wagtail_contracts.contracts.core.expressions.parsing import Node
from wagtail_contracts.contracts.core.expressions.tokens import Invalid


class Type(NamedTuple):
    """number, money, date, yes_no, text, choice, choices, period or other.

    Money has a currency; a choice and choices have the keys of their options.
    """

    kind: str
    currency: str | None = None
    options: frozenset[str] = frozenset()


Kinds = Mapping[str, Type]
NUMBER, DATE, YES_NO, TEXT = map(Type, ("number", "date", "yes_no", "text"))
ORDERED = frozenset(("number", "money", "date"))
WORDS = frozenset(("text", "choice"))
KINDS = {
    "number": "number",
    "quantity": "number",
    "money": "money",
    "date": "date",
    "yes_no": "yes_no",
    "choice": "choice",
    "multiple": "choices",
    "period": "period",
    "address": "other",
    "file": "other",
}


def type_of(field: Mapping[str, Any]) -> Type:
    """The type of a data field from its canonical definition; kinds that are text are text."""
    kind = field.get("result") or field["kind"]
    options = frozenset(option["key"] for option in field.get("options") or [])
    return Type(KINDS.get(kind, "text"), field.get("currency"), options)


def checked(node: Node, kinds: Kinds) -> Type:
    """The type of a tree. Raises Invalid."""
    return CHECKERS[node.op](node, kinds)


def _condition(node: Node, kinds: Kinds) -> Type:
    for part in node.parts:
        if checked(part, kinds).kind != "yes_no":
            raise Invalid("condition", part.at)
    return YES_NO


def _literal(node: Node, kinds: Kinds) -> Type:
    if isinstance(node.word, Money):
        return Type("money", node.word.currency)
    types = {bool: YES_NO, Fraction: NUMBER, date: DATE, str: TEXT}
    return types[type(node.word)]


def _key(node: Node, kinds: Kinds) -> Type:
    if node.word not in kinds:
        raise Invalid("unknown_key", node.at, key=node.word)
    return kinds[node.word]


def _compare(node: Node, kinds: Kinds) -> Type:
    left, right = (checked(part, kinds) for part in node.parts)
    equality = node.word in ("=", "!=")
    if "choices" in (left.kind, right.kind):
        raise Invalid("choices", node.at)
    if equality and {left.kind, right.kind} <= WORDS:
        _known(node.parts[1], left)
        _known(node.parts[0], right)
        return YES_NO
    _alike(left, right, node.at)
    if left.kind not in ORDERED and not (equality and left.kind == "yes_no"):
        raise Invalid("order", node.at, kind=left.kind)
    return YES_NO


def _contains(node: Node, kinds: Kinds) -> Type:
    chosen, option = (checked(part, kinds) for part in node.parts)
    if chosen.kind != "choices":
        raise Invalid("contains", node.at)
    if option.kind not in WORDS:
        raise Invalid("types", node.at, first=chosen.kind, second=option.kind)
    _known(node.parts[1], chosen)
    return YES_NO


def _known(node: Node, choice: Type) -> None:
    """Refuse a written option that the choice doesn't have."""
    if node.op == "literal" and choice.options and node.word not in choice.options:
        raise Invalid("option", node.at, option=node.word)


def _filled(node: Node, kinds: Kinds) -> Type:
    checked(node.parts[0], kinds)
    return YES_NO


def _sum(node: Node, kinds: Kinds) -> Type:
    total = checked(node.parts[0], kinds)
    for step in node.parts[1:]:
        total = _added(total, checked(step.parts[0], kinds), step)
    return total


def _added(total: Type, term: Type, step: Node) -> Type:
    if total.kind == "date" and term.kind == "period":
        return DATE
    if total.kind == "date" and term.kind == "date" and step.op == "-":
        return NUMBER
    if total.kind == "date" and term.kind == "number":
        raise Invalid("unit", step.parts[0].at)
    _alike(total, term, step.at)
    if total.kind not in ("number", "money"):
        raise Invalid("reckon", step.at, kind=total.kind)
    return total


def _product(node: Node, kinds: Kinds) -> Type:
    total = checked(node.parts[0], kinds)
    for step in node.parts[1:]:
        factor = checked(step.parts[0], kinds)
        total = PRODUCTS[step.op](total, factor, step)
    return total


def _multiplied(left: Type, right: Type, step: Node) -> Type:
    for kind in (left.kind, right.kind):
        if kind not in ("number", "money"):
            raise Invalid("reckon", step.at, kind=kind)
    if left.kind == right.kind == "money":
        raise Invalid("money_money", step.at)
    return left if left.kind == "money" else right


def _divided(left: Type, right: Type, step: Node) -> Type:
    if step.parts[0].op == "literal" and step.parts[0].word == 0:
        raise Invalid("nought", step.parts[0].at)
    if left.kind == right.kind == "money":
        _alike(left, right, step.at)
        return NUMBER
    if right.kind == "money":
        raise Invalid("types", step.at, first=left.kind, second=right.kind)
    return _multiplied(left, right, step)


def _minus(node: Node, kinds: Kinds) -> Type:
    found = checked(node.parts[0], kinds)
    if found.kind not in ("number", "money"):
        raise Invalid("reckon", node.at, kind=found.kind)
    return found


def _period(node: Node, kinds: Kinds) -> Type:
    (count,) = node.parts
    if checked(count, kinds).kind != "number":
        raise Invalid("unit", node.at)
    if count.op == "literal" and count.word.denominator != 1:
        raise Invalid("whole", count.at)
    return Type("period")


def _call(node: Node, kinds: Kinds) -> Type:
    types = [checked(part, kinds) for part in node.parts]
    first = types[0]
    if node.word == "round":
        _places(node)
        if first.kind not in ("number", "money"):
            raise Invalid("reckon", node.at, kind=first.kind)
        return first
    for other in types:
        _alike(first, other, node.at)
    if first.kind not in ORDERED:
        raise Invalid("order", node.at, kind=first.kind)
    return first


def _places(node: Node) -> None:
    places = [(part.op, part.word) for part in node.parts[1:]]
    if len(places) > 1 or any(
        op != "literal" or word not in range(PLACES + 1) for op, word in places
    ):
        raise Invalid("places", node.at)


def _alike(left: Type, right: Type, at: int) -> None:
    if left.kind != right.kind:
        raise Invalid("types", at, first=left.kind, second=right.kind)
    if left.currency != right.currency:
        raise Invalid("currencies", at, first=left.currency, second=right.currency)


PRODUCTS = {"*": _multiplied, "/": _divided}
CHECKERS: dict[str, Callable[[Node, Kinds], Type]] = {
    "literal": _literal,
    "key": _key,
    "or": _condition,
    "and": _condition,
    "not": _condition,
    "compare": _compare,
    "contains": _contains,
    "empty": _filled,
    "filled": _filled,
    "sum": _sum,
    "product": _product,
    "minus": _minus,
    "period": _period,
    "call": _call,
}
