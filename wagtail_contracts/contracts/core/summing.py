"""What a list tells of a content: what it is worth, how it differs, how much is filled in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from wagtail_contracts.contracts.core import deviations, locks, resolving, trees, worth
from wagtail_contracts.contracts.core.content import body


@dataclass(frozen=True)
class Summary:
    """`asked` and `answered` count what the others must fill in; `worth` is by currency.

    It tells nothing of what is sensitive. `left` are the roles that have something to fill in yet.
    """

    worth: Mapping[str, Decimal]
    deviates: bool
    asked: int
    answered: int
    left: tuple[str, ...] = ()


def summary(whole: trees.Content, outline: Any) -> Summary:
    """Of all that a contract offers; `outline` is the stored stream that it was made with."""
    seen = resolving.offered(whole, {})
    asked, left = _asked(seen), _theirs(seen, trees.unanswered(seen))
    differs = deviations.found(body(outline), whole["body"], locks.unlocked(outline))
    return Summary(
        worth=worth.told(resolving.published(whole)),
        deviates=bool(differs),
        asked=len(asked),
        answered=len(asked) - len(left),
        left=tuple(sorted({field["role"] for field in left})),
    )


def _asked(content: trees.Content) -> list[Any]:
    keys = trees.needed(content)
    fields = [field for field in content["fields"] if field["key"] in keys]
    decisions = [item for item in trees.asked(content["body"]) if item["required"]]
    return _theirs(content, [*fields, *decisions])


def _theirs(content: trees.Content, fields: Iterable[trees.Node]) -> list[Any]:
    own = {party["role"] for party in content["parties"] if party["own"]}
    return [field for field in fields if field["role"] not in own]
