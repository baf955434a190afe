"""What happened, as sentences, and what was said besides, as far as it was not erased."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from wagtail_contracts import events
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.audit import kinds
from wagtail_contracts.audit.models import Event


@dataclass(frozen=True)
class Erased:
    """When a value was erased, and on what ground."""

    at: datetime
    ground: str

    def __str__(self) -> str:
        day = date_format(timezone.localtime(self.at), "DATE_FORMAT")
        return _("erased on %(date)s, because %(ground)s") % {"date": day, "ground": self.ground}


@dataclass(frozen=True)
class Said:
    """A disclosed value, “…” where it is not to be read, or that it was erased."""

    kind: str
    value: str
    erased: Erased | None = None

    def __str__(self) -> str:
        return str(self.erased) if self.erased else self.value


@dataclass(frozen=True)
class Line:
    """An event, told: a sentence without its full stop, and all that was disclosed with it."""

    event: Event
    words: str
    said: list[Said]


def timeline(
    key: str, *, begin: int = 0, count: int | None = None, disclosing: bool = True
) -> list[Line]:
    """The events of a trail as sentences in the active language, in order; `count` after `begin`.

    Without `disclosing` no personal data are read, and people go by their keys. Verifies nothing:
    `verify` says whether it is what was recorded. Raises ValueError where a record can't be read.
    """
    rows = Event.objects.of(key)[begin : None if count is None else begin + count]
    gone = erased_in(key)
    try:
        found = rows.with_disclosures() if disclosing else _without_disclosures(rows)
        names = _named(found) if disclosing else {}
        return [_line(event, gone, names.get(event.pk, {})) for event in found]
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"Trail {key} holds what is no record.") from error


def erasures(found: Iterable[Event]) -> dict[str, Erased]:
    """What these events say was erased, by commitment."""
    return {
        commitment: Erased(event.at, event.data["ground"])
        for event in found
        if event.name == events.DISCLOSURE_ERASED
        for commitment in event.data["commitments"]
    }


def erased_in(key: str) -> dict[str, Erased]:
    """What a trail says was erased, by commitment."""
    return erasures(Event.objects.of(key).named(events.DISCLOSURE_ERASED))


def who(event: Event, gone: Mapping[str, Erased], held: Mapping[str, str]) -> str:
    """Who did it: by name, by the key where no name is to be read, or that it was erased.

    A name that is not there, and that nobody recorded to have erased, is not called erased.
    """
    if event.actor_kind == SYSTEM.kind:
        return SYSTEM.label
    if event.commitments.get("label") in gone:
        return _("Somebody whose data were erased")
    return held.get("label") or f"{event.actor_kind} {event.actor_key}"


def _without_disclosures(found: Iterable[Event]) -> list[Event]:
    """Nobody who is given them reads what they disclose."""
    closed = list(found)
    for event in closed:
        event.disclosures = {}
    return closed


def _named(found: Iterable[Event]) -> dict[int, Mapping[str, Any]]:
    """The words that are personal data, by event: whoever knows them is asked once."""
    asked: dict[kinds.Named, list[Event]] = {}
    for event in found:
        kind = kinds.find(event.name)
        if kind and kind.named:
            asked.setdefault(kind.named, []).append(event)
    return {pk: words for named, of in asked.items() for pk, words in named(of).items()}


def _line(event: Event, gone: Mapping[str, Erased], named: Mapping[str, Any]) -> Line:
    kind, held = kinds.find(event.name), event.disclosures
    known = kind.known(event) if kind and kind.known else {}
    words: dict[str, Any] = {**event.data, **held, **known, **named, "who": who(event, gone, held)}
    said = [
        Said(name, held.get(name, "…"), gone.get(commitment))
        for name, commitment in event.commitments.items()
    ]
    return Line(event, kinds.told(event.name, words), said)
