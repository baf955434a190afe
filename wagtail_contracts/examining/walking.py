"""A slice of a walk is short, and goes on where the one before it ended.

A slice that was killed costs what it had not yet noted: that is looked at again.
"""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any, TypeVar

from django.db import DatabaseError, InterfaceError, OperationalError, models
from django.utils import timezone

from wagtail_contracts.actors import Actor
from wagtail_contracts.terminal import plain

log = logging.getLogger("wagtail_contracts.evidence")
LEASE = timedelta(minutes=2)  # that one worker holds a walk, unless it ends its slice before
NOTED = 1.0  # seconds of work that a kill may cost
SIGN = timedelta(minutes=10)  # between signs of life where there is nothing to do
PATIENCE = timedelta(hours=1)  # with a walk that gives none
ALIKE = 20  # things in a row with one fault have one cause: it is mended before others are sought
PAGE = 200
AWAY, SLOW = "away", "slow"
END = "end"  # the place of a step that has looked at all that it can
T = TypeVar("T")


@dataclass(frozen=True)
class Fault:
    """Something that is not as it was recorded: what (a code), about what, and in which words."""

    code: str
    about: str = ""  # a key, never a name: of a trail, of what a file is about, of a table
    why: str = ""
    same: str = ""  # in the place of `why`, where another why makes no other fault
    away: bool = False  # nothing else can be looked at just now: the slice ends, as by its time


Place = str
Found = Iterator[tuple[Place, Iterable[Fault]]]


@dataclass(frozen=True)
class Step:
    """One kind of thing. `walk` goes on after a place; with each thing it yields where it is.

    A walk that ends for another cause than that nothing is left yields END with what it found.
    """

    name: str
    walk: Callable[[Place], Found]


@dataclass(frozen=True)
class Walk:
    """How the things of a kind are walked over, again and again, once in a `cycle`."""

    kind: str
    steps: Sequence[Step]
    examination: Any
    alarm: Any
    cycle: timedelta

    def go_on(self, seconds: float) -> list[Any]:
        """Look at things for so long, unless all of this cycle is done or another worker does.

        The new alarms are returned. What breaks off a walk is logged; its next slice tries again.
        Raises OperationalError and InterfaceError, where the database is away.
        """
        row = self._held()
        if row is None:
            return []
        stretch = _Stretch(self, row)
        try:
            done = stretch.walk(time.monotonic() + seconds)
        except (OperationalError, InterfaceError):
            with suppress(DatabaseError, InterfaceError):
                self.note(row, held_until=None)
            raise
        except Exception:
            log.exception("the examination of %s broke off", self.kind)
            done = False
        if done:
            self._finish(row)
        else:
            self.note(row, held_until=None)
        return stretch.rung

    def newest(self) -> Any:
        """The walk under way, or the last one."""
        return self.examination.objects.filter(kind=self.kind).order_by("pk").last()

    def stands(self, row: Any, now: datetime) -> str:
        """Empty while it gets on; AWAY when nobody looks, SLOW when a cycle is not enough.

        `row` is the newest.
        """
        if row is None or row.touched_at < now - PATIENCE:
            return AWAY
        return SLOW if row.done_at is None and row.begun_at < now - self.cycle else ""

    def got_through(self) -> bool:
        """Whether everything was looked at once; that it goes on is another question."""
        done = self.examination.objects.filter(kind=self.kind).exclude(done_at=None)
        return bool(done.exists())

    def note(self, row: Any, **more: Any) -> None:
        """Keep how far it has come."""
        now = timezone.now()
        told = {"step": row.step, "place": row.place, "looked": row.looked, "touched_at": now}
        mine = self.examination.objects.filter(pk=row.pk)
        mine.update(**{**told, "held_until": now + LEASE, **more})

    def _held(self) -> Any:
        now, row = timezone.now(), self.newest()
        if row is not None and row.done_at and row.begun_at + self.cycle > now:
            if row.touched_at < now - SIGN:  # an idle worker seldom takes SQLite's write lock
                self.examination.objects.filter(pk=row.pk).update(touched_at=now)
            return None
        if row is None or row.done_at:
            if row is not None:  # the last one that got through is enough
                self.examination.objects.filter(kind=self.kind, pk__lt=row.pk).delete()
            fresh = {"begun_at": now, "touched_at": now}
            same = self.examination.objects.get_or_create
            row, _new = same(kind=self.kind, done_at=None, defaults=fresh)
        free = models.Q(held_until=None) | models.Q(held_until__lt=now)
        mine = self.examination.objects.filter(free, pk=row.pk, done_at=None)
        return row if mine.update(held_until=now + LEASE, touched_at=now) else None

    def _finish(self, row: Any) -> None:
        """What was there before and was not found again has gone."""
        now = timezone.now()
        found = self.alarm.objects.filter(kind=self.kind, gone_at=None)
        found.filter(seen_at__lt=row.begun_at).update(gone_at=now, mark=None)
        self.note(row, done_at=now, held_until=None)


class _Stretch:
    """One slice of a walk."""

    def __init__(self, walk: Walk, row: Any) -> None:
        self.of, self.row = walk, row
        self.rung: list[Any] = []
        self.alike, self.before = 0, ("", row.step, row.place)  # a row of faults of one code

    def walk(self, end: float) -> bool:
        """Whether all was looked at before the time was over."""
        row, noted = self.row, time.monotonic()
        for step, place, faults in self._things(row.step, row.place):
            found = [(fault, self._ring(fault)) for fault in faults]
            if self._is_one_cause([alarm for _fault, alarm in found]):
                _code, row.step, row.place = self.before
                log.error("%d things in a row: %s; no further", ALIKE, self.before[0])
                return False
            row.step, row.place, row.looked = step, place, row.looked + 1
            now = time.monotonic()
            if now >= end or any(fault.away for fault, _alarm in found):
                return False
            if now - noted >= NOTED:
                noted = now
                self.of.note(row)
        return True

    def _things(self, name: str, place: str) -> Iterator[tuple[str, str, Iterable[Fault]]]:
        names = [step.name for step in self.of.steps]
        first = names.index(name) + (place == END) if name in names else 0
        for step in self.of.steps[first:]:
            for after, faults in step.walk(place if step.name == name else ""):
                yield step.name, after, faults

    def _ring(self, fault: Fault) -> Any:
        alarm, new = ring(self.of.alarm, fault, kind=self.of.kind)
        self.rung += [alarm] if new else []
        return alarm

    def _is_one_cause(self, alarms: Sequence[Any]) -> bool:
        """So many in a row with the same fault, none settled: a disk is away, or all was hit."""
        code = next((alarm.code for alarm in alarms if alarm.settled_at is None), "")
        if not code or code != self.before[0]:
            self.alike, self.before = 0, (code, self.row.step, self.row.place)
        self.alike += bool(code)
        return self.alike >= ALIKE


def ring(alarm: Any, fault: Fault, *, kind: str = "") -> tuple[Any, bool]:
    """The alarm for a fault, and whether it is new; one that is known is noted as seen again."""
    now, text = timezone.now(), "\n".join((kind, fault.code, fault.about, fault.same or fault.why))
    mark = hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()
    about, why = plain(fault.about)[:64], plain(fault.why)
    told = {"kind": kind, "code": fault.code, "about": about, "why": why}
    when = {"found_at": now, "seen_at": now}
    row, new = alarm.objects.get_or_create(mark=mark, defaults={**told, **when})
    if not new:
        alarm.objects.filter(pk=row.pk).update(seen_at=now)
    return row, new


def settle(alarm: Any, reason: str, by: Actor) -> bool:
    """Note who says what became of it; False where somebody has. What is still there rings no more.

    What happened in a moment rings again when it happens again.
    """
    row = type(alarm).objects.filter(pk=alarm.pk, settled_at=None)
    said = {"settled_at": timezone.now(), "settled_by": by.key, "reason": reason}
    free = {} if alarm.kind else {"mark": None}  # a walk frees its own, when it has gone
    return bool(row.update(**said, **free))


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
            about, judged = f"{row}", partial(judge, row)
            yield str(row.pk), confirmed(partial(_tried, about, judged))

    return walk


def at_once(name: str, judge: Callable[[], Iterable[Fault]]) -> Step:
    """A step of what is looked at in one go."""

    def walk(_after: Place) -> Found:
        yield END, confirmed(partial(_tried, name, judge))

    return Step(name, walk)


def confirmed(judge: Callable[[], Iterable[T]]) -> Iterator[T]:
    """What is found twice: damage stays, but what others are writing just now is gone by then."""
    first = list(judge())
    again = set(judge()) if first else set()
    yield from (fault for fault in first if fault in again)


def _tried(about: str, judge: Callable[[], Iterable[Fault]]) -> list[Fault]:
    """What nothing can read is a fault, too; a database that is away is none."""
    try:
        return list(judge())
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:  # noqa: BLE001 - whatever a damaged row raises, the rest is judged
        why = type(error).__name__  # its words may hold a part of the row
        return [Fault("unreadable", about[:64], why)]
