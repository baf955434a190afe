"""Signing how far all trails have grown."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from django.db import transaction
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from wagtail_contracts import canonical, merkle, notes
from wagtail_contracts.audit import signals
from wagtail_contracts.audit.backends import keys
from wagtail_contracts.audit.conf import audit
from wagtail_contracts.audit.errors import CheckpointRefused
from wagtail_contracts.audit.flows.stamping import take_turn, tokens_line
from wagtail_contracts.audit.models import Checkpoint, LogEntry, Trail

BATCH = 1000


@transaction.atomic
def checkpoint() -> Checkpoint | None:
    """Log the head of each trail that has grown since the last checkpoint, and sign the log.

    None where nothing has grown. Raises CheckpointRefused.
    """
    origin, key = _signer()
    take_turn()
    last = Checkpoint.objects.order_by("size").last()
    frontier, events = (last.frontier(), last.events) if last else (merkle.Frontier(), 0)
    covered = frontier.size
    for entry, grown in _entries(covered):
        frontier.append(notes.entry(entry.trail.key, entry.length, entry.head))
        events += grown
    if frontier.size == covered:
        return None
    made = _signed(origin, key, frontier, events)
    transaction.on_commit(partial(signals.checkpoint_made.send_robust, Checkpoint, checkpoint=made))
    return made


def make_key(path: Path) -> None:
    """Write a new key for checkpoints, that only its owner may read. Raises CheckpointRefused."""
    keys.make(path)


def verifiers() -> list[notes.Verifier]:
    """The keys that sign our checkpoints, now and earlier. Raises CheckpointRefused.

    Whoever only compares needs no KEY of ours: EARLIER may name the key that signs now, too.
    """
    try:
        earlier = [notes.Verifier.parse(text) for text in audit().earlier]
    except notes.NotANote as error:
        words = _("WAGTAIL_CONTRACTS['AUDIT']['EARLIER'] holds what is no verifier key.")
        raise CheckpointRefused(words) from error
    if earlier and not audit().key:
        return earlier
    origin, key = _signer()
    return [notes.Verifier(origin, key.public_key()), *earlier]


def _signer() -> tuple[str, keys.Key]:
    settings = audit()
    if not notes.NAME.fullmatch(settings.origin) or not settings.key:
        words = _("WAGTAIL_CONTRACTS['AUDIT'] names no ORIGIN and KEY to sign checkpoints with.")
        raise CheckpointRefused(words)
    return settings.origin, keys.load(settings.key)


def _grown() -> QuerySet[Trail]:
    newest = LogEntry.objects.filter(trail=OuterRef("pk")).order_by("-length").values("length")[:1]
    told = Coalesce(Subquery(newest), 0)
    return Trail.objects.annotate(told=told).filter(length__gt=F("told")).order_by("key")


def _entries(size: int) -> Iterator[tuple[LogEntry, int]]:
    """New entries with how many events each adds, kept in batches as they are taken."""
    batch: list[LogEntry] = []
    for index, trail in enumerate(list(_grown()), start=size):
        entry = LogEntry(index=index, trail=trail, length=trail.length, head=trail.head)
        batch.append(entry)
        if len(batch) == BATCH:
            LogEntry.objects.bulk_create(batch)
            batch = []
        yield entry, trail.length - trail.told  # type: ignore[attr-defined]
    LogEntry.objects.bulk_create(batch)


def _signed(origin: str, key: keys.Key, frontier: merkle.Frontier, events: int) -> Checkpoint:
    at, root = datetime.now(UTC), frontier.root()
    told = [f"at {canonical.moment(at)}", f"events {events}", tokens_line()]
    lines = tuple(line for line in told if line)
    note = notes.sign(notes.Checkpoint(origin, frontier.size, root, lines), origin, key)
    return Checkpoint.objects.create(
        size=frontier.size,
        root=root.hex(),
        events=events,
        peaks=json.dumps([peak.hex() for peak in frontier.peaks]),
        note=note,
        at=at,
    )
