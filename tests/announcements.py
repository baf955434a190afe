"""What a verb announced: events in both trails, mails to people, tasks for the worker."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Max

from wagtail_contracts import events
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts.models import Contract, Participant
from wagtail_contracts.outbox.models import Message


@dataclass
class Heard:
    """Events are (name, data); mails are (kind, first name or “owner”); tasks are subscribers."""

    shared: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    own: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    mails: list[tuple[str, str]] = field(default_factory=list)
    tasks: list[str] = field(default_factory=list)

    @property
    def names(self) -> list[str]:
        """Names of the events in the shared trail."""
        return [name for name, _data in self.shared]


@contextmanager
def announced(contract: Contract) -> Iterator[Heard]:
    """Collect what the block announces about a contract."""
    heard, event, message = Heard(), _last(Event), _last(Message)
    yield heard
    told = Event.objects.filter(pk__gt=event)
    heard.shared = [(one.name, one.data) for one in told.of(contract.trail)]
    heard.own = [(one.name, one.data) for one in told.of(contract.own_trail)]
    posted = Message.objects.filter(pk__gt=message).order_by("pk")
    mails = [one for one in posted if one.topic == events.MAIL_DUE]
    heard.mails = sorted((str(mail.keys["kind"]), reader(mail)) for mail in mails)
    heard.tasks = [one.subscriber for one in posted if one.topic != events.MAIL_DUE]


def reader(mail: Message) -> str:
    """Who gets a mail: the owner, or the first name of a participant."""
    if "user" in mail.keys:
        return "owner"
    name: str = Participant.objects.get(pk=mail.keys["participant"]).name
    return name.split()[0].lower()


def last_event(contract: Contract, name: str) -> Event:
    """The newest event of this name in either trail of a contract."""
    trails = (contract.trail, contract.own_trail)
    found = Event.objects.filter(trail__key__in=trails, name=name).order_by("pk").last()
    assert found is not None
    return found


def _last(model: Any) -> int:
    return model.objects.aggregate(last=Max("pk"))["last"] or 0
