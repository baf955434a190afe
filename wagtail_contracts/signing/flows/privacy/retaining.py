"""Carrying out the register: what is over goes, by itself; contracts are never among it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import PROTECT, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from wagtail_contracts import events
from wagtail_contracts.actors import Actor
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.audit.models import Disclosure, Event
from wagtail_contracts.contracts.models import OUT, AnswerDraft, Notification, Visit
from wagtail_contracts.outbox.models import Message
from wagtail_contracts.signing.models import (
    Bounce,
    Challenge,
    Device,
    RateWindow,
    SignIn,
    SigningSession,
)
from wagtail_contracts.signing.rendering.register import REGISTER

GROUND = TRAIL = "retention"  # the trail of what was removed when
DAILY = timedelta(days=1)
LOOKS = (
    events.CONTRACT_VIEWED,
    events.CHANGES_SHOWN,
    events.DEVICE_SEEN,
    events.DOCUMENT_DOWNLOADED,
    events.EXHIBIT_DOWNLOADED,
)
CHUNK = 500
DAYS = {entry.key: timedelta(days=entry.days) for entry in REGISTER if entry.days}
Rows = Callable[[datetime], QuerySet[Any]]


def retain(*, by: Actor) -> dict[str, int]:
    """Remove what is over; how many rows, by the key of the register. It is recorded as done."""
    now = timezone.now()
    gone = dict.fromkeys(DAYS, 0)
    for key, rows in OVER:
        gone[key] += _remove(rows(now - DAYS[key]), by=by)
    looked = now - DAYS["views"]
    gone["views"] += _remove_looks(looked, by=by)
    _record({**gone, "looks_before": looked.isoformat()}, by=by)
    return gone


def next_run() -> datetime:
    """When the worker carries the register out again: a day after the last time."""
    last = _last_run()
    return last.at + DAILY if last else timezone.now()


def _last_run() -> Event | None:
    return Event.objects.of(TRAIL).named(events.RETENTION_CARRIED_OUT).last()


@transaction.atomic
def rehearse(*, by: Actor) -> dict[str, int]:
    """Tell exactly what `retain` would remove, and remove nothing."""
    done = retain(by=by)
    transaction.set_rollback(True)
    return done


def due(now: datetime) -> dict[str, int]:
    """About how many rows are over, without a write; a row that hangs on another counts, too."""
    found = dict.fromkeys(DAYS, 0)
    for key, rows in OVER:
        found[key] += rows(now - DAYS[key]).count()
    found["views"] += sum(len(held) for _key, held in _addresses(now - DAYS["views"]))
    return found


def unnamed(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Those that no other row holds on to: what evidence names stays with it."""
    for relation in rows.model._meta.get_fields(include_hidden=True):
        if getattr(relation, "on_delete", None) is PROTECT and relation.auto_created:
            naming = relation.related_model._base_manager
            named = naming.filter(**{relation.field.name: OuterRef("pk")})
            rows = rows.exclude(Exists(named))
    return rows


def _challenges(before: datetime) -> QuerySet[Any]:
    return unnamed(Challenge.objects.filter(expires_at__lt=before))


def _sign_ins(before: datetime) -> QuerySet[Any]:
    return unnamed(SignIn.objects.filter(expires_at__lt=before))


def _sessions(before: datetime) -> QuerySet[Any]:
    return unnamed(SigningSession.objects.filter(expires_at__lt=before))


def _attempts(before: datetime) -> QuerySet[Any]:
    return RateWindow.objects.filter(window__lt=before)


def _visits(before: datetime) -> QuerySet[Any]:
    return Visit.objects.over(before + DAYS["visits"])


def _devices(before: datetime) -> QuerySet[Any]:
    return unnamed(Device.objects.filter(seen_at__lt=before))


def _bounces(before: datetime) -> QuerySet[Any]:
    return Bounce.objects.filter(at__lt=before).exclude(said="")


def _messages(before: datetime) -> QuerySet[Any]:
    return Message.objects.over(before)


def _notices(before: datetime) -> QuerySet[Any]:
    return Notification.objects.filter(made_at__lt=before)


def _drafts(before: datetime) -> QuerySet[Any]:
    ended = ~Q(participant__party__contract__state__in=OUT)
    return AnswerDraft.objects.filter(ended, saved_at__lt=before)


# In this order: what hangs on another row goes before it.
OVER: tuple[tuple[str, Rows], ...] = (
    ("sessions", _challenges),
    ("sessions", _sign_ins),
    ("sessions", _sessions),
    ("attempts", _attempts),
    ("visits", _visits),
    ("devices", _devices),
    ("bounces", _bounces),
    ("messages", _messages),
    ("notices", _notices),
    ("drafts", _drafts),
)


@transaction.atomic
def _record(done: dict[str, Any], *, by: Actor) -> None:
    audit.record(TRAIL, events.RETENTION_CARRIED_OUT, done, by=by)


@transaction.atomic
def _remove(rows: QuerySet[Any], *, by: Actor) -> int:
    if rows.model is Bounce:  # that an address does not work is still of use
        return rows.update(said="")
    _gone, models = rows.delete()
    return models.get(rows.model._meta.label, 0)


@transaction.atomic
def _remove_looks(before: datetime, *, by: Actor) -> int:
    gone = 0
    for key, held in _addresses(before):
        audit.erase_all(key, held, GROUND, by=by)
        gone += len(held)
    return gone


def _addresses(before: datetime) -> Iterator[tuple[str, list[str]]]:
    """By trail, what the addresses of those who looked at something stand behind; some at a time.

    Only a chunk of the events that are over is in memory; those that were erased have no row.
    """
    last, looks = 0, _looks(before)
    while chunk := list(looks.filter(pk__gt=last)[:CHUNK]):
        held: dict[str, list[str]] = {}
        for event in chunk:
            if commitment := event.commitments.get("address"):
                held.setdefault(event.trail.key, []).append(commitment)
        named = [one for commitments in held.values() for one in commitments]
        there = Disclosure.objects.kept(named)
        for key, commitments in held.items():
            if left := [one for one in commitments if one in there]:
                yield key, left
        last = chunk[-1].pk


def _looks(before: datetime) -> QuerySet[Event]:
    """Those that the last run did not go through, and a day of it again, lest clocks differ."""
    found = Event.objects.named(*LOOKS).filter(at__lt=before, actor_kind="participant")
    run = _last_run()
    if run and (gone_through := run.data.get("looks_before")):
        found = found.filter(at__gte=datetime.fromisoformat(gone_through) - DAILY)
    return found.select_related("trail").order_by("pk")
