"""The one safe language of conditions and computed fields: docs/reference/expressions.md.

An expression is text of people. It is read by a parser of our own, never run by Python; its length,
depth and numbers are bounded. `values` are canonical values by key, as core/answers.py makes them.
Nothing is rounded on the way; the result is, once.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from wagtail_contracts.contracts.core.expressions.amounts import Period, plain
from wagtail_contracts.contracts.core.expressions.checking import Type, checked, type_of
from wagtail_contracts.contracts.core.expressions.evaluating import evaluate
from wagtail_contracts.contracts.core.expressions.parsing import RESERVED, Node, parsed
from wagtail_contracts.contracts.core.expressions.tokens import Invalid

__all__ = ["RESERVED", "Invalid", "Type", "check", "holds", "names", "type_of", "value"]


def holds(text: str, values: Mapping[str, Any]) -> bool:
    """Whether a condition is met; one that no answer decides is not. Raises Invalid."""
    tree = parsed(text)
    met = evaluate(tree, values)
    if met is None or isinstance(met, bool):
        return bool(met)
    raise Invalid("condition", tree.at)


def value(text: str, values: Mapping[str, Any]) -> Any:
    """What an expression comes to, as a canonical value, None for none. Raises Invalid.

    Numbers are rounded half up to four decimals, money to its currency's minor unit.
    """
    tree = parsed(text)
    found = evaluate(tree, values)
    if isinstance(found, Period):
        raise Invalid("period", tree.at)
    return plain(found)


def check(text: str, kinds: Mapping[str, Type]) -> Type:
    """What an expression will come to, where these keys may be asked for. Raises Invalid.

    One that is checked never raises in `holds` or `value`, whatever its values are.
    """
    tree = parsed(text)
    found = checked(tree, kinds)
    if found.kind == "period":
        raise Invalid("period", tree.at)
    return found


@lru_cache(maxsize=2048)
def names(text: str) -> frozenset[str]:
    """The keys that an expression asks for. Raises Invalid."""
    return frozenset(_keys(parsed(text)))


def _keys(node: Node) -> Iterator[str]:
    if node.op == "key":
        yield node.word
    for part in node.parts:
        yield from _keys(part)
