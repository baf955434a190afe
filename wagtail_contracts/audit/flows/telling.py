"""What happened, as sentences, and what was said besides, as far as it was not erased."""

from __future__ import annotations

from collections.abc import Mapping
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
    """A disclosed value, or that it was erased."""

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


def timeline(key: str) -> list[Line]:
    """The events of a trail as sentences in the active language, in order.

    Verifies nothing: `verify` says whether it is what was recorded.
    """
    found = Event.objects.of(key).with_disclosures()
    gone = erasures(found)
    return [_line(event, gone) for event in found]


def erasures(found: list[Event]) -> dict[str, Erased]:
    """What these events say was erased, by commitment."""
    told = (event for event in found if event.name == events.DISCLOSURE_ERASED)
    return {
        commitment: Erased(event.at, event.data["ground"])
        for event in told
        for commitment in event.data["commitments"]
    }


def _line(event: Event, gone: Mapping[str, Erased]) -> Line:
    held, kind = event.disclosures, kinds.find(event.name)
    besides = kind.known(event) if kind and kind.known else {}
    words: dict[str, Any] = {**event.data, **held, **besides, "who": _who(event, gone)}
    said = [
        Said(name, held.get(name, "…"), None if name in held else gone.get(commitment))
        for name, commitment in event.commitments.items()
    ]
    return Line(event, kinds.told(event.name, words), said)


def _who(event: Event, gone: Mapping[str, Erased]) -> str:
    if event.label:
        return event.label
    if event.commitments.get("label") in gone:
        return _("Somebody whose data were erased")
    return SYSTEM.label if event.actor_kind == SYSTEM.kind else event.actor_key
