"""An event of a trail as a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wagtail_contracts import events
from wagtail_contracts.audit.models import Event

# {event: (icon, sentence)}; `who` and what its page knows of the event can be named.
Sentences = Mapping[str, tuple[str, Any]]
ANYWHERE: Sentences = {
    events.DISCLOSURE_ERASED: ("bin", gettext_lazy("Personal data were erased")),
}


class Told(NamedTuple):
    """What happened: the name of an icon, a sentence without its full stop, and a reason or ""."""

    icon: str
    words: str
    reason: str


def told(event: Event, sentences: Sentences, known: Mapping[str, Any]) -> Told:
    """Tell an event by its sentence; one without goes by its name, a word not `known` is “…”.

    Who did it comes from the disclosures, so that it is gone once a person was erased.
    """
    icon, sentence = {**ANYWHERE, **sentences}.get(event.name, ("info-circle", event.name))
    who = event.label or _("Somebody whose data were erased")
    words = str(sentence) % Words({**known, "who": who})
    return Told(icon, words, event.disclosures.get("reason", ""))


class Words(dict[str, Any]):
    """A sentence never fails because an old event lacks a word."""

    def __missing__(self, key: str) -> str:
        return "…"
