"""What may be recorded: the kinds of events, each with the shape of its data and a sentence.

A project declares its own when it starts, in a module that `AppConfig.ready` imports:

    kinds.declare(
        "item.counted",
        gettext_lazy("%(who)s counted %(quantity)s of %(item)s"),
        {"item": str, "quantity": int},
    )

A name is never used for something else later: trails keep it for ever. What a kind no longer holds
becomes optional, so that old events are still told.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from wagtail_contracts.audit.core import schemas

NAME = re.compile(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*")
LONGEST = 64
Known = Callable[[Any], Mapping[str, Any]]  # given an Event; models are above this room
Named = Callable[[Sequence[Any]], Mapping[int, Mapping[str, Any]]]  # of Events, by primary key


@dataclass(frozen=True)
class Kind:
    """A kind of event. `sentence` has no full stop and is translated when it is read."""

    name: str
    sentence: Any
    schema: schemas.Schema
    known: Known | None = None
    named: Named | None = None
    explained: bool = False


class Words(dict[str, Any]):
    """A sentence never fails because an event lacks a word."""

    def __missing__(self, key: str) -> str:
        return "…"


_kinds: dict[str, Kind] = {}


def declare(
    name: str,
    sentence: Any,
    data: Mapping[str, Any] | None = None,
    *,
    optional: Mapping[str, Any] | None = None,
    others: Any = None,
    known: Known | None = None,
) -> Kind:
    """Declare a kind of event. Raises ImproperlyConfigured.

    `data` says which fields an event of it always holds, `optional` which it may, each with a type:
    bool, int, str, list, dict, None, a union of them, or list[…]; `others` is the type of fields
    with any other name. `sentence` may name the fields, what is disclosed, `who` did it, and what
    `known(event)` says besides.
    """
    if not NAME.fullmatch(name) or len(name) > LONGEST:
        raise ImproperlyConfigured(f"{name!r} is no name of an event, such as item.counted.")
    if name in _kinds:
        raise ImproperlyConfigured(f"The kind of event {name} is declared twice.")
    try:
        schema = schemas.Schema(
            schemas.read(data or {}),
            schemas.read(optional or {}),
            schemas.read_one(others) if others else None,
        )
    except schemas.UnknownType as error:
        raise ImproperlyConfigured(f"The kind of event {name}: {error}.") from error
    _kinds[name] = kind = Kind(name, sentence, schema, known)
    return kind


def explain(*names: str, known: Known | None = None, named: Named | None = None) -> None:
    """Let sentences of declared kinds have words that only a higher room knows.

    `known(event)` says them, unless the kind was declared with that; `named(events)` those that are
    personal data, of all events of a timeline at once, and is asked only where these may be read.
    Raises ImproperlyConfigured where nobody declared a kind, or somebody explained it.
    """
    for name in names:
        kind = _kinds.get(name)
        if kind is None or kind.explained:
            fault = "explained twice" if kind else "explained, and nobody declared it"
            raise ImproperlyConfigured(f"The kind of event {name} is {fault}.")
        _kinds[name] = replace(kind, known=kind.known or known, named=named, explained=True)


def find(name: str) -> Kind | None:
    """The kind of this name, if it was declared."""
    return _kinds.get(name)


def declared() -> list[Kind]:
    """All of them, by name."""
    return [_kinds[name] for name in sorted(_kinds)]


def told(name: str, words: Mapping[str, Any], sentence: Any = None) -> str:
    """The sentence of a kind, or another one, with its words; a kind that is gone has its name."""
    kind = find(name)
    text = sentence or (kind.sentence if kind else name)
    return str(text) % Words(words)
