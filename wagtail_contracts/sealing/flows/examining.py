"""Re-reading every sealed file, in slices: its bytes against its row, and, dearer, judging it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import timedelta

from django.core.files.storage import storages
from django.db import transaction

from wagtail_contracts import examining
from wagtail_contracts.actors import Actor
from wagtail_contracts.examining import Fault, Step, Walk
from wagtail_contracts.sealing.conf import sealing
from wagtail_contracts.sealing.flows.inspecting import inspect
from wagtail_contracts.sealing.flows.storing import read
from wagtail_contracts.sealing.models import Alarm, Examination, SealedFile

LABEL = "wagtail_contracts_sealing"
FILES, SEALS = "files", "seals"
DAY, SECONDS = timedelta(days=1), 2.0
Also = Callable[[SealedFile, Mapping[str, bytes]], Iterable[Fault]]


def nothing(_kept: SealedFile, _files: Mapping[str, bytes]) -> Iterable[Fault]:
    """No more is asked of the records inside a file than that they agree with each other."""
    return ()


def examine(
    seconds: float = SECONDS,
    *,
    cycle: timedelta = DAY,
    judged: timedelta = DAY,
    also: Also = nothing,
) -> list[Alarm]:
    """Read files for so many seconds, and judge for as many; the alarms that rang by it.

    Call it every minute or so: all bytes are compared once in a `cycle`, all seals judged once in
    `judged`. `also` compares what is inside a file that holds with what only the caller knows.
    """
    rung: list[Alarm] = examining.ring_refused(LABEL, Alarm)
    for walk in walks(cycle, judged, also):
        rung += walk.go_on(seconds)
    return rung


def walks(cycle: timedelta = DAY, judged: timedelta = DAY, also: Also = nothing) -> list[Walk]:
    """What is walked over, and how far that has come."""

    def seal(kept: SealedFile) -> Iterator[Fault]:
        yield from _judged(kept, also)

    guard = examining.lost_triggers(LABEL, of=SealedFile)
    every = SealedFile.objects.all()
    files = [
        examining.at_once("triggers", guard),
        Step("files", examining.one_by_one(every, _bytes_or_away)),
    ]
    seals = [Step("seals", examining.one_by_one(every, seal))]
    return [
        Walk(FILES, files, Examination, Alarm, cycle),
        Walk(SEALS, seals, Examination, Alarm, judged),
    ]


@transaction.atomic
def settle(alarm: Alarm, reason: str, *, by: Actor) -> bool:
    """Say what became of an alarm; False where somebody has. It stays, with who said what."""
    return examining.settle(alarm, reason, by)


def _bytes_or_away(kept: SealedFile) -> Iterator[Fault]:
    """One fault for all files of a storage that is away, which ends the slice: each costs time."""
    for fault in _bytes(kept):
        if fault.code == "file_unread" and _is_away(kept):
            why = f"no file can be read: {fault.why.rpartition(': ')[2]}"
            yield Fault(fault.code, "", why, same="storage", away=True)
        else:
            yield fault


def _is_away(kept: SealedFile) -> bool:
    """Whether the newest of the others can't be read either."""
    other = SealedFile.objects.exclude(pk=kept.pk).order_by("pk").last()
    return other is not None and any(fault.code == "file_unread" for fault in _bytes(other))


def _bytes(kept: SealedFile) -> Iterator[Fault]:
    if kept.name != f"{kept.digest}.pdf":
        yield Fault("file_row", kept.subject, f"{kept.name}: name")
        return
    try:
        storage = storages[sealing().storage]
        data = read(storage, kept.name) if storage.exists(kept.name) else None
    except Exception as error:  # noqa: BLE001 - each kind of storage raises its own
        yield Fault("file_unread", kept.subject, f"{kept.name}: {type(error).__name__}")
        return
    if data is None:
        yield Fault("file_missing", kept.subject, kept.name)
    elif hashlib.sha256(data).hexdigest() != kept.digest:
        yield Fault("file_altered", kept.subject, kept.name)


def _judged(kept: SealedFile, also: Also) -> Iterator[Fault]:
    """What the bytes alone don't tell; a file that is not read is told by the other walk."""
    if any(True for _fault in _bytes(kept)):
        return
    found = inspect(kept)
    if found.fault:
        yield Fault(f"file_{found.fault}", kept.subject, f"{kept.name}: {found.why}")
    if found.files:
        yield from also(kept, found.files)
