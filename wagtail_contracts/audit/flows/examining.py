"""Re-reading all that this app keeps, in slices: trails, log, and notes that were kept elsewhere.

A trail is looked at in one go. The log goes on from the roots of what held, note by note.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta

from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from wagtail_contracts import conf, examining, merkle, notes
from wagtail_contracts.actors import Actor
from wagtail_contracts.audit.conf import audit
from wagtail_contracts.audit.errors import ChainBroken, CheckpointRefused, LogBroken, Undated
from wagtail_contracts.audit.flows.attesting import points_from, verify_onwards
from wagtail_contracts.audit.flows.checkpointing import verifiers
from wagtail_contracts.audit.flows.disclosing import disclosed
from wagtail_contracts.audit.flows.stamping import stamped
from wagtail_contracts.audit.flows.verifying import verify
from wagtail_contracts.audit.models import (
    Alarm,
    Anchored,
    Checkpoint,
    Event,
    Examination,
    LogEntry,
    Trail,
)
from wagtail_contracts.examining import END, Fault, Found, Place, Step, Walk

LABEL = "wagtail_contracts_audit"
TRAILS, LOG = "trails", "log"
MOST = 20  # trails of which events alone are left
DAY, SECONDS = timedelta(days=1), 2.0


def examine(seconds: float = SECONDS, *, cycle: timedelta = DAY) -> list[Alarm]:
    """Look at trails, and at the log, for so many seconds each; the alarms that rang by it.

    Call it every minute or so: once in a `cycle` it comes by everything. A slice that was killed is
    taken up again by the next call.
    """
    rung: list[Alarm] = examining.ring_refused(LABEL, Alarm)
    for walk in walks(cycle):
        rung += walk.go_on(seconds)
    return rung


def walks(cycle: timedelta = DAY) -> list[Walk]:
    """What is walked over, and how far that has come."""
    guard = examining.lost_triggers(LABEL, of=Trail)
    trails = examining.one_by_one(Trail.objects.only("key"), _trail)
    steps = [
        examining.at_once("triggers", guard),
        Step("trails", trails),
        examining.at_once("rest", _without_trail),
    ]
    numbered = list(enumerate(audit().anchors))  # what a site calls them may be alike, and long
    log = [
        Step("log", _log),
        examining.at_once("stamps", _stamps),
        *(Step(f"kept {n}", _kept(name)) for n, name in numbered),
        *(examining.at_once(f"gone {n}", _gone(name)) for n, name in numbered),
    ]
    return [
        Walk(TRAILS, steps, Examination, Alarm, cycle),
        Walk(LOG, log, Examination, Alarm, cycle),
    ]


@transaction.atomic
def settle(alarm: Alarm, reason: str, *, by: Actor) -> bool:
    """Say what became of an alarm; False where somebody has. It stays, with who said what."""
    return examining.settle(alarm, reason, by)


def _trail(trail: Trail) -> Iterator[Fault]:
    try:
        verify(trail.key, deep=True)
    except ChainBroken as broken:
        yield Fault("trail", trail.key, str(broken))
        return
    for item in disclosed(trail.key):
        if item.fault:
            yield Fault(f"disclosure_{item.fault}", trail.key, f"{item.sequence} {item.kind}")


def _without_trail() -> Iterator[Fault]:
    """Events whose trail is gone, as only the owner of a database can leave them."""
    there = Trail.objects.filter(pk=OuterRef("trail"))
    found = Event.objects.filter(~Exists(there)).order_by("trail").values_list("trail", flat=True)
    for trail in found.distinct()[:MOST]:
        yield Fault("trail", "", f"trail {trail} is missing, its events remain")


def _log(after: Place) -> Found:
    """One checkpoint after the other; beyond the first that is broken nothing can be told."""
    frontier = _resumed(after)
    with closing(points_from(frontier.size + 1)) as points:
        for point in points:
            try:
                verify_onwards(point, frontier)
            except (LogBroken, CheckpointRefused) as refusal:
                yield END, [Fault("log", "", str(refusal))]
                return
            peaks = [peak.hex() for peak in frontier.peaks]
            yield json.dumps([frontier.size, peaks]), []
    rest = LogEntry.objects.filter(index__gte=frontier.size).exists()
    if rest and not Checkpoint.objects.filter(size__gt=frontier.size).exists():
        yield END, [Fault("log", "", str(LogBroken(frontier.size, "no checkpoint covers it")))]


def _resumed(after: Place) -> merkle.Frontier:
    size, peaks = json.loads(after) if after else (0, [])
    return merkle.Frontier(size, map(bytes.fromhex, peaks))


def _stamps() -> Iterator[Fault]:
    try:
        stamped()
    except Undated as over:
        yield Fault("stamp_over", "", str(over))
    except (LogBroken, ImproperlyConfigured) as refusal:
        yield Fault("stamp", "", str(refusal))


def _kept(anchor: str) -> Callable[[Place], Found]:
    """A walk over the notes at an anchor that can be read from here."""

    def walk(after: Place) -> Found:
        try:
            known, read = verifiers(), _reader(anchor)
            for end, note in read(int(after or 0)) if read else ():
                yield str(end), _differing(anchor, note, known)
        except Exception as error:  # noqa: BLE001 - a class of the site's own
            _keep_standing(anchor)
            if _is_used(anchor):
                yield END, [Fault("kept_unread", anchor, type(error).__name__)]

    return walk


def _gone(anchor: str) -> Callable[[], Iterator[Fault]]:
    """What looks for all that was placed at such an anchor."""

    def look() -> Iterator[Fault]:
        points = Checkpoint.objects.filter(anchored__anchor=anchor)
        placed = dict(points.values_list("note", "size"))  # before the place is read: it only grows
        try:
            if not (read := _reader(anchor)):
                return
            for _end, note in read(0):
                placed.pop(note, None)
        except Exception:  # noqa: BLE001 - the step before has told
            _keep_standing(anchor)
            return
        if placed:
            newest = max(placed.values())
            why = f"{len(placed)} placed there are gone, the newest of {newest} entries"
            yield Fault("kept_gone", anchor, why, same=str(newest))

    return look


def _reader(anchor: str) -> Callable[[int], Iterator[tuple[int, str]]] | None:
    """What gives back what an anchor keeps, from a place on; None where that can't be read."""
    given = audit().anchors[anchor]
    place = conf.backend(given["BACKEND"], dict(given.get("OPTIONS", {})))
    return getattr(place, "kept", None)


def _keep_standing(anchor: str) -> None:
    """Nothing that was found at an anchor has gone while nobody can look there."""
    found = Alarm.objects.filter(kind=LOG, code__in=("kept", "kept_gone"), about=anchor[:64])
    found.filter(gone_at=None).update(seen_at=timezone.now())


def _is_used(anchor: str) -> bool:
    """Whether a checkpoint was ever placed there; before, there is nothing to read."""
    return Anchored.objects.filter(anchor=anchor).exists()


def _differing(anchor: str, note: str, known: list[notes.Verifier]) -> Iterator[Fault]:
    try:
        told = notes.opened(note, known)
    except notes.NotANote as error:
        yield Fault("kept", anchor, str(error))
        return
    here = Checkpoint.objects.filter(size=told.size).values_list("root", flat=True).first()
    if here != told.root.hex():
        why = "is gone here" if here is None else "covers another log here"
        yield Fault("kept", anchor, f"the checkpoint of {told.size} entries {why}")
