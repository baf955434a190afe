"""A checkpoint inside a file that leaves the house, and whether one that comes back is ours."""

from __future__ import annotations

from typing import Any

from wagtail_contracts import merkle, notes
from wagtail_contracts.audit.errors import CheckpointRefused, LogBroken
from wagtail_contracts.audit.flows.attesting import included_in
from wagtail_contracts.audit.flows.checkpointing import verifiers
from wagtail_contracts.audit.models import Checkpoint, LogEntry


def attested(key: str, length: int) -> dict[str, Any] | None:
    """What shows that a checkpoint covers the beginning of a trail, of at most so many events.

    `length` is how many of them, `key` what opens the note. None where no checkpoint covers any,
    where the settings name no key that opens it, and where the log is damaged: that is found by
    those who look at it, and keeps nothing from leaving.
    """
    known = LogEntry.objects.filter(trail__key=key, length__lte=length)
    entry = known.order_by("length").last()
    if entry is None:
        return None
    point = Checkpoint.objects.filter(size__gt=entry.index).order_by("size").first()
    if point is None:
        return None
    opens, path = _opening(point.note), _path(point, entry)
    if opens is None or path is None:
        return None
    where = {"length": entry.length, "index": entry.index, "path": [item.hex() for item in path]}
    return {**where, "note": point.note, "key": opens}


def is_ours(note: str) -> bool:
    """Whether a checkpoint that somebody shows stands here."""
    _origin, size, _rest = [*note.split("\n", 2), "", ""][:3]
    there = Checkpoint.objects.filter(note=note)
    return notes.SIZE.fullmatch(size) is not None and there.filter(size=int(size)).exists()


def _path(point: Checkpoint, entry: LogEntry) -> list[bytes] | None:
    try:
        path = included_in(point.size, entry.index)
    except (LogBroken, ValueError, IndexError):
        return None
    leaf, root = notes.entry(entry.trail.key, entry.length, entry.head), bytes.fromhex(point.root)
    return path if merkle.includes(leaf, entry.index, point.size, path, root) else None


def _opening(note: str) -> str | None:
    try:
        for verifier in verifiers():
            if _opens(verifier, note):
                return str(verifier)
    except CheckpointRefused:  # no longer set up
        pass
    return None


def _opens(verifier: notes.Verifier, note: str) -> bool:
    try:
        notes.opened(note, [verifier])
    except notes.NotANote:
        return False
    return True
