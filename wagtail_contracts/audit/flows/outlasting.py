"""Proofs that outlive the certificates behind them: since when an event exists, for decades."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from wagtail_contracts import events, merkle
from wagtail_contracts.actors import Actor
from wagtail_contracts.audit.conf import audit
from wagtail_contracts.audit.errors import LogBroken
from wagtail_contracts.audit.flows.attesting import included_in
from wagtail_contracts.audit.flows.checkpointing import checkpoint
from wagtail_contracts.audit.flows.recording import record
from wagtail_contracts.audit.flows.stamping import (
    leaves,
    read,
    roots,
    stamp,
    token_of,
    tokens_under,
)
from wagtail_contracts.audit.models import CheckpointToken, Event, LogEntry

if TYPE_CHECKING:
    from wagtail_contracts.wire.tokens import Proved

TRAIL = "checkpoints"  # grows only where nothing else does
SOON = timedelta(days=90)  # before the newest proof ends
AT_MOST = timedelta(days=7)  # an authority with an old certificate isn't asked each hour


@dataclass(frozen=True)
class Lasting:
    """The newest time-stamp over all trails: when it was given, and when it stops to prove that."""

    at: datetime
    ends: datetime


def existence(key: str, sequence: int) -> dict[str, Any] | None:
    """Since when an event of a trail exists, proved step by step; None while nobody stamped it.

    The records from that one on, up to a head that a checkpoint covers, and the steps from there:
    each stamped, each but the first over the token before it. There are as few as there can be.
    Raises LogBroken where a token proves nothing.
    """
    logged = LogEntry.objects.filter(trail__key=key, length__gte=sequence)
    entry = logged.order_by("length").select_related("trail").first()
    first = _stamped_from(entry) if entry else None
    if entry is None or first is None:
        return None
    told = Event.objects.of(key).filter(sequence__range=(sequence, entry.length))
    records = list(told.order_by("sequence").values_list("record", flat=True))
    steps = [_step(first, entry.index, included_in(first.checkpoint.size, entry.index))]
    for token, place in _following(first):
        size, _root = tokens_under(token.checkpoint)
        steps.append(_step(token, place, merkle.inclusion(list(islice(leaves(), size)), place)))
    return {"trail": key, "sequence": sequence, "records": records, "steps": steps}


def lasting() -> Lasting | None:
    """How long the newest time-stamp proves what it does; None where there is none.

    Raises LogBroken where it proves nothing.
    """
    newest = CheckpointToken.objects.select_related("checkpoint").order_by("pk").last()
    if newest is None:
        return None
    return Lasting(newest.at, _proved(newest).ends(audit().retired))


def renew(*, at_once: bool = False, by: Actor) -> CheckpointToken | None:
    """Have all that was proved proved anew, soon before the proof ends, or `at_once`.

    None where it isn't time, where nothing was stamped yet, or nobody is to be asked.

    Where trails grow their checkpoints do that by the way. Where none does, an event of its own
    makes one. Raises CheckpointRefused, LogBroken, NotStamped.
    """
    now, found = timezone.now(), lasting()
    if found is None or not audit().timestamp:
        return None
    if not at_once and (found.ends > now + SOON or found.at > now - AT_MOST):
        return None
    if checkpoint() is None:
        _grow(found, by=by)
        checkpoint()
    return stamp()


@transaction.atomic
def _grow(found: Lasting, *, by: Actor) -> None:
    record(TRAIL, events.CHECKPOINT_RENEWED, {"ends": found.ends.date().isoformat()}, by=by)


def _stamped_from(entry: LogEntry) -> CheckpointToken | None:
    """The first token over a checkpoint that covers the entry."""
    there = CheckpointToken.objects.filter(checkpoint__size__gt=entry.index)
    return there.select_related("checkpoint").order_by("checkpoint__size").first()


def _following(token: CheckpointToken) -> Iterator[tuple[CheckpointToken, int]]:
    """From token to token, each time the last that was given before this one ended.

    With the place at which this one stands in the tree of the next.
    """
    while True:
        place = CheckpointToken.objects.filter(pk__lt=token.pk).count()
        following = _last_over(token, place)
        if following is None:
            return
        yield following, place
        token = following


def _last_over(token: CheckpointToken, place: int) -> CheckpointToken | None:
    later = CheckpointToken.objects.filter(pk__gt=token.pk).select_related("checkpoint")
    in_time = later.filter(at__lt=_proved(token).ends(audit().retired)).order_by("-pk")
    with closing(read(in_time)) as newest_first:
        return next((one for one in newest_first if tokens_under(one.checkpoint)[0] > place), None)


def _proved(token: CheckpointToken) -> Proved:
    """Judged as of when it was given."""
    from wagtail_contracts.wire import tokens

    content, note = token_of(token), token.checkpoint.note.encode()
    try:
        return tokens.looked_at(content, note, roots(), at=token.at)
    except tokens.NoTime as error:
        raise LogBroken(token.checkpoint.size, f"the checkpoint has {error}") from error


def _step(token: CheckpointToken, index: int, path: Sequence[bytes]) -> dict[str, Any]:
    return step(token.checkpoint.note, token.content, index, [item.hex() for item in path])


def step(note: str, token: str | None, index: int, path: Sequence[str]) -> dict[str, Any]:
    """What lies under the root in a note, where and by which path; `token` stamps the note."""
    return {"index": index, "path": path, "note": note, "token": token}
