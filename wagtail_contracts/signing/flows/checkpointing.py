"""How far all trails have grown is signed, time-stamped and placed elsewhere, by the hour."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial

from django.db import DatabaseError, InterfaceError
from django.utils import timezone

from wagtail_contracts.actors import Actor
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.examining import Fault
from wagtail_contracts.redaction import redacted
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.signing.flows.raising import given_up

log = logging.getLogger("wagtail_contracts.evidence")
HOUR = timedelta(hours=1)
PATIENCE = 2 * HOUR  # before somebody is told that it doesn't get on
DAY = timedelta(days=1)


def checkpoint(*, by: Actor) -> list[str]:
    """Sign a checkpoint once an hour, have it stamped and placed; returns what didn't get on.

    What one authority or anchor does keeps no other from its turn, and is tried again by the next
    call. Nothing is done where the settings name no key.
    """
    if not audit.attests():
        return []
    steps = (_sign, _stamp, partial(_last, by), _place)
    faults = [fault for step in steps for fault in _tried(step)]
    for fault in faults:
        log.error("checkpoint: %s", redacted(fault))
    return faults


def overdue() -> Iterator[Fault]:
    """What waits for too long: a checkpoint, its time-stamp, its place, or what a seal lacks.

    A seal that nothing can complete doesn't wait: it is told at once.
    """
    now = timezone.now()
    for late in audit.late(now - PATIENCE):
        yield Fault(f"checkpoint_{late.what}", late.anchor)
    waiting = list(sealing.waiting())
    final = given_up(waiting)
    for kept in waiting:
        if why := final.get(kept.subject):
            yield Fault(f"seal_{why}", kept.subject)
        elif kept.sealed_at < now - DAY:
            yield Fault(f"seal_without_{kept.lacks}", kept.subject)


def _sign() -> list[str]:
    newest = audit.last_checkpoint()
    if newest is None or newest.at <= timezone.now() - HOUR:
        audit.checkpoint()
    return []


def _stamp() -> list[str]:
    audit.stamp()
    return []


def _last(by: Actor) -> list[str]:
    audit.renew(by=by)
    return []


def _place() -> list[str]:
    return [f"{one.anchor}: {one.fault}" for one in audit.anchor() if one.fault]


def _tried(step: Callable[[], list[str]]) -> list[str]:
    try:
        return step()
    except (DatabaseError, InterfaceError):
        raise
    except Exception as error:  # noqa: BLE001 - whatever one does, the others have their turn
        return [f"{type(error).__name__}: {error}"]
