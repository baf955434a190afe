"""What should have happened to checkpoints, and has not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from wagtail_contracts.audit.conf import audit
from wagtail_contracts.audit.flows.attested import attests
from wagtail_contracts.audit.models import Checkpoint, Event

UNSIGNED, UNSTAMPED, UNPLACED = "unsigned", "unstamped", "unplaced"


@dataclass(frozen=True)
class Late:
    """What is late (a word of this file), since when; `anchor` is the place it isn't at."""

    what: str
    since: datetime
    anchor: str = ""


def late(before: datetime) -> Iterator[Late]:
    """What was due `before` and is not there yet; nothing where no checkpoints are signed.

    A newer checkpoint makes up for one that nobody stamped or placed.
    """
    if not attests():
        return
    chosen, newest = audit(), Checkpoint.objects.order_by("size").last()
    if since := _uncovered(newest, before):
        yield Late(UNSIGNED, since)
    if chosen.timestamp:
        stamped = Checkpoint.objects.exclude(token=None).order_by("size").last()
        if since := _first_after(stamped, before):
            yield Late(UNSTAMPED, since)
    for name in chosen.anchors:
        placed = Checkpoint.objects.filter(anchored__anchor=name).order_by("size").last()
        if since := _first_after(placed, before):
            yield Late(UNPLACED, since, name)


def _uncovered(newest: Checkpoint | None, before: datetime) -> datetime | None:
    """When the last event was that a checkpoint should cover by now; None where one does."""
    if newest and newest.at >= before:
        return None
    last = Event.objects.filter(at__lt=before).order_by("-pk").only("at").first()
    return last.at if last and (newest is None or last.at > newest.at) else None


def _first_after(good: Checkpoint | None, before: datetime) -> datetime | None:
    points = Checkpoint.objects.filter(at__lt=before)
    points = points.filter(size__gt=good.size) if good else points
    return points.order_by("size").values_list("at", flat=True).first()
