"""Evidence is re-read in slices: how far that has come, and what it found.

An app has the two tables as its own, and says in `Step`s what there is to look at. A slice is
short, and goes on where the one before it ended, also where that was killed: what it had not yet
noted is looked at again.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

from django.db import InterfaceError, OperationalError, models
from django.utils import timezone

from wagtail_contracts.encryption import EncryptedTextField

LEASE = timedelta(minutes=2)  # that one worker holds a walk, unless it ends its slice before
NOTED = 1.0  # seconds of work that a kill may cost
MOST = 500  # alarms of a kind: whoever has so many looks at these first
PAGE = 200
T = TypeVar("T")


@dataclass(frozen=True)
class Fault:
    """Something that is not as it was recorded: what (a code), about what, and in which words."""

    code: str
    about: str = ""  # a key, never a name: of a trail, of what a file is about, of a table
    why: str = ""


Place = str
Found = Iterator[tuple[Place, Iterable[Fault]]]


@dataclass(frozen=True)
class Step:
    """One kind of thing. `walk` goes on after a place; with each thing it yields where it is."""

    name: str
    walk: Callable[[Place], Found]


class AbstractExamination(models.Model):
    """One walk over everything of a kind; the newest of its kind is the one under way."""

    kind = models.CharField(max_length=16)
    begun_at = models.DateTimeField()
    touched_at = models.DateTimeField()  # the last sign of life
    done_at = models.DateTimeField(null=True)
    held_until = models.DateTimeField(null=True)
    step = models.CharField(max_length=16, blank=True)
    place = models.TextField(blank=True)
    looked = models.PositiveBigIntegerField(default=0)  # things that were looked at

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(
                fields=["kind"],
                condition=models.Q(done_at=None),
                name="%(app_label)s_one_examination",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.begun_at:%Y-%m-%d %H:%M}"


class AlarmQuerySet(models.QuerySet[Any]):
    """Questions to what was found."""

    def unsettled(self) -> AlarmQuerySet:
        """Nobody has said yet what became of it."""
        return self.filter(settled_at=None)

    def there(self) -> AlarmQuerySet:
        """Nobody has settled it, and the newest look at it found it still."""
        return self.unsettled().filter(gone_at=None)

    def untold(self) -> AlarmQuerySet:
        """Nobody was told of it yet."""
        return self.filter(told_as="")


class AbstractAlarm(models.Model):
    """Something that was found: it rings once, and stays until somebody says what became of it.

    `mark` is the same for the same fault while it is there: no other alarm rings for it. `kind` is
    that of the walk that found it, empty for what happened in a moment. `told_as` is the message
    that told of it. Rows are never deleted, by a trigger.
    """

    kind = models.CharField(max_length=16, blank=True)
    code = models.CharField(max_length=32)
    about = models.CharField(max_length=64, blank=True)
    why = models.TextField(blank=True)
    mark = models.CharField(max_length=64, unique=True, null=True)  # noqa: DJ001
    found_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    gone_at = models.DateTimeField(null=True)
    told_as = models.CharField(max_length=32, blank=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.CharField(max_length=64, blank=True)  # the key of an actor
    reason = EncryptedTextField(blank=True)

    objects = AlarmQuerySet.as_manager()

    class Meta:
        abstract = True
        indexes = [
            models.Index(
                fields=["about"],
                condition=models.Q(settled_at=None),
                name="%(app_label)s_idx",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.about}"


@dataclass(frozen=True)
class Slice:
    """What one slice did: new alarms, and whether the whole walk is done by it."""

    alarms: list[Any]
    finished: bool = False


@dataclass(frozen=True)
class Walk:
    """How the things of a kind are walked over, again and again, once in a `cycle`."""

    kind: str
    steps: Sequence[Step]
    examination: Any
    alarm: Any
    cycle: timedelta

    def go_on(self, seconds: float) -> Slice:
        """Look at things for so long, unless all of this cycle is done or another worker does."""
        row = self._held()
        if row is None:
            return Slice([])
        end, noted, alarms = time.monotonic() + seconds, time.monotonic(), list[Any]()
        for step, place, faults in self._things(row.step, row.place):
            alarms += [new for fault in faults if (new := self.ring(fault))]
            row.step, row.place, row.looked = step, place, row.looked + 1
            now = time.monotonic()
            if now >= end or self._too_many():
                self._let_go(row)
                return Slice(alarms)
            if now - noted >= NOTED:
                noted = now
                self._note(row)
        self._finish(row)
        return Slice(alarms, finished=True)

    def ring(self, fault: Fault) -> Any:
        """The new alarm for a fault; None where one has rung for it and it has not gone since."""
        return ring(self.alarm, fault, kind=self.kind)

    def newest(self) -> Any:
        """The walk under way, or the last one."""
        return self.examination.objects.filter(kind=self.kind).order_by("pk").last()

    def _held(self) -> Any:
        now, row = timezone.now(), self.newest()
        if row is not None and row.done_at and row.begun_at + self.cycle > now:
            return None
        if row is None or row.done_at:
            fresh = {"begun_at": now, "touched_at": now}
            same = self.examination.objects.get_or_create
            row, _new = same(kind=self.kind, done_at=None, defaults=fresh)
        free = models.Q(held_until=None) | models.Q(held_until__lt=now)
        mine = self.examination.objects.filter(free, pk=row.pk, done_at=None)
        return row if mine.update(held_until=now + LEASE, touched_at=now) else None

    def _things(self, name: str, place: str) -> Iterator[tuple[str, str, Iterable[Fault]]]:
        names = [step.name for step in self.steps]
        first = names.index(name) if name in names else 0
        for step in self.steps[first:]:
            for after, faults in step.walk(place if step.name == name else ""):
                yield step.name, after, faults

    def _too_many(self) -> bool:
        there = self.alarm.objects.there().filter(kind=self.kind)
        return len(there.values("pk")[:MOST]) >= MOST

    def _note(self, row: Any, **more: Any) -> None:
        now = timezone.now()
        told = {"step": row.step, "place": row.place, "looked": row.looked, "touched_at": now}
        mine = self.examination.objects.filter(pk=row.pk)
        mine.update(**{**told, "held_until": now + LEASE, **more})

    def _let_go(self, row: Any) -> None:
        self._note(row, held_until=None)

    def _finish(self, row: Any) -> None:
        """What was there before and was not found again has gone."""
        now = timezone.now()
        found = self.alarm.objects.filter(kind=self.kind, gone_at=None)
        found.filter(seen_at__lt=row.begun_at).update(gone_at=now, mark=None)
        self._note(row, done_at=now, held_until=None)


def ring(alarm: Any, fault: Fault, *, kind: str = "") -> Any:
    """Keep a new alarm; None where it is known, which is then only noted as seen."""
    now, text = timezone.now(), "\n".join((kind, fault.code, fault.about, fault.why))
    mark = hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()
    told = {"kind": kind, "code": fault.code, "about": fault.about[:64], "why": fault.why}
    when = {"found_at": now, "seen_at": now}
    row, new = alarm.objects.get_or_create(mark=mark, defaults={**told, **when})
    if new:
        return row
    alarm.objects.filter(pk=row.pk).update(seen_at=now)
    return None


def pages(rows: Any, after: Place) -> Iterator[Any]:
    """All rows by their primary key after a place, so many at once, and those that come now."""
    last = int(after or 0)
    while page := list(rows.filter(pk__gt=last).order_by("pk")[:PAGE]):
        yield from page
        last = page[-1].pk


def one_by_one(rows: Any, judge: Callable[[Any], Iterable[Fault]]) -> Callable[[Place], Found]:
    """A walk over rows; each that is faulty is looked at twice, since others write meanwhile."""

    def walk(after: Place) -> Found:
        for row in pages(rows, after):
            yield str(row.pk), confirmed(lambda row=row: _tried(row, judge))  # type: ignore[misc]

    return walk


def at_once(judge: Callable[[], Iterable[Fault]]) -> Callable[[Place], Found]:
    """A walk over what is looked at in one go."""

    def walk(after: Place) -> Found:
        if not after:
            yield "all", confirmed(judge)

    return walk


def confirmed(judge: Callable[[], Iterable[T]]) -> Iterator[T]:
    """What is found twice: damage stays, but what others are writing just now is gone by then."""
    first = list(judge())
    again = set(judge()) if first else set()
    yield from (fault for fault in first if fault in again)


def _tried(row: Any, judge: Callable[[Any], Iterable[Fault]]) -> list[Fault]:
    """A row that nothing can read is a fault, too; a database that is away is none."""
    try:
        return list(judge(row))
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:  # noqa: BLE001 - whatever a damaged row raises, the rest is judged
        return [Fault("unreadable", f"{row}"[:64], f"{type(error).__name__}: {error}"[:500])]
