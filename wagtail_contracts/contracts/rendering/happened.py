"""An event of a trail as a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from wagtail_contracts import events
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.audit import kinds
from wagtail_contracts.audit.models import Event

Icons = Mapping[str, str]  # by the name of the event
ANYWHERE: Icons = {events.DISCLOSURE_ERASED: "bin", events.CHECKPOINT_RENEWED: "lock"}


class Told(NamedTuple):
    """What happened: the name of an icon, a sentence without its full stop, and a reason or ""."""

    icon: str
    words: str
    reason: str


def told(
    event: Event,
    icons: Icons,
    known: Mapping[str, Any],
    gone: Mapping[str, audit.Erased],
    sentence: Any = None,
) -> Told:
    """Tell an event by the sentence of its kind, or another; a word that is not `known` is “…”.

    Who did it comes from the disclosures, so that it is gone once a person was erased; `gone` is
    what was erased of the trail.
    """
    icon = {**ANYWHERE, **icons}.get(event.name, "info-circle")
    who = audit.who(event, gone, event.disclosures)
    words = kinds.told(event.name, {**known, "who": who}, sentence)
    return Told(icon, words, event.disclosures.get("reason", ""))
