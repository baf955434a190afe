"""Which values of a data field make a difference to expressions."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from fractions import Fraction
from itertools import chain, combinations
from typing import Any

from wagtail_contracts.contracts.core.expressions import Type
from wagtail_contracts.contracts.core.expressions.amounts import Money, plain
from wagtail_contracts.contracts.core.expressions.parsing import Node, parsed

MOST_OPTIONS = 8  # of a multiple choice, each chosen or not
STEP = Fraction(1, 10_000)
SOMETHING = "something else"
LIMITED = frozenset(("yes_no", "choice", "choices"))


def domain(key: str, kind: Type, expressions: Iterable[str]) -> list[Any] | None:
    """Canonical values, one for each way in which the expressions may turn out; None if unknown.

    A number, an amount, a date or a text is known where it is only compared with what is written in
    the expression, or asked whether it is filled in.
    """
    if kind.kind in LIMITED:
        return _limited(kind)
    seen = [use for text in expressions for use in _uses(parsed(text), key)]
    if None in seen:
        return None
    if kind.kind in ("number", "money", "date", "text"):
        return [None, *_around(seen, kind)]
    return [None, {"other": SOMETHING}]


def _limited(kind: Type) -> list[Any] | None:
    if kind.kind == "yes_no":
        return [None, True, False]
    options = sorted(kind.options)
    if kind.kind == "choice":
        return [None, *options]
    if len(options) > MOST_OPTIONS:
        return None
    sizes = (combinations(options, size) for size in range(1, len(options) + 1))
    return [None, *map(list, chain.from_iterable(sizes))]


def _uses(node: Node, key: str) -> Iterator[Any]:
    """What a key is compared with; "" where it is asked for itself, None for any other use."""
    if node.op == "key" and node.word == key:
        yield None
        return
    for part in node.parts:
        if part.op != "key" or part.word != key:
            yield from _uses(part, key)
        elif node.op in ("empty", "filled"):
            yield ""
        else:
            yield _beside(node, part)


def _beside(node: Node, part: Node) -> Any:
    """The written value on the other side of a comparison."""
    if node.op != "compare":
        return None
    other = node.parts[1] if part is node.parts[0] else node.parts[0]
    if other.op == "minus" and isinstance(other.parts[0].word, Fraction):
        return -other.parts[0].word
    return other.word if other.op == "literal" else None


def _around(seen: Iterable[Any], kind: Type) -> list[Any]:
    """Each written value with what is just below and just above it, and something else."""
    points: dict[Any, None] = {}
    for written in seen:
        if isinstance(written, Fraction):
            points |= dict.fromkeys((written - STEP, written, written + STEP))
        elif isinstance(written, Money):
            near = (written.amount + step for step in (-STEP * 100, 0, STEP * 100))
            points |= dict.fromkeys(Money(amount, written.currency) for amount in near)
        elif isinstance(written, date):
            points |= dict.fromkeys(_days(written))
        elif isinstance(written, str) and written:
            points[written] = None
    elses = {
        "number": Fraction(0),
        "money": Money(Fraction(0), kind.currency or "NOK"),
        "date": date(2000, 1, 1),
        "text": SOMETHING,
    }
    return [plain(point) for point in points | {elses[kind.kind]: None}]


def _days(written: date) -> Iterator[date]:
    for step in (-1, 0, 1):
        try:
            yield written + timedelta(step)
        except OverflowError:
            continue
