"""Whether the site examines itself at all: asked by whoever is awake, also where no worker is."""

from __future__ import annotations

import logging
import smtplib
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import DatabaseError, InterfaceError, transaction
from django.utils import timezone

from wagtail_contracts import examining
from wagtail_contracts.actors import Actor
from wagtail_contracts.audit.models import Event
from wagtail_contracts.examining import AWAY, SLOW, Fault, Walk
from wagtail_contracts.examining.walking import PATIENCE
from wagtail_contracts.outbox.models import new_id
from wagtail_contracts.redaction import redacted
from wagtail_contracts.signing.flows.alerting import alarmed
from wagtail_contracts.signing.flows.examining.found import Found
from wagtail_contracts.signing.flows.examining.telling import mark, record
from wagtail_contracts.signing.flows.examining.walking import walks
from wagtail_contracts.signing.models import Alarm
from wagtail_contracts.signing.rendering import alarms

log = logging.getLogger("wagtail_contracts.evidence")
LOOK = 600.0  # seconds between looks of one web process, and before its first
# What an alarm is told as while a web process mails it, with the second; after that time it died.
CLAIMED, LEASE = "mailing-", timedelta(minutes=15)


@dataclass(frozen=True)
class Standing:
    """How one walk gets on: `word` is empty, AWAY or SLOW; `row` is the newest examination."""

    walk: Walk
    word: str
    row: Any


def standing_of_walks() -> list[Standing]:
    """How each walk gets on. On a site where nothing was ever recorded none is late."""
    now, every = timezone.now(), walks()
    rows = {
        (model, row.kind): row
        for model in dict.fromkeys(walk.examination for walk in every)
        for row in model.objects.order_by("pk")
    }
    newest = [(walk, rows.get((walk.examination, walk.kind))) for walk in every]
    young = any(row is None for _walk, row in newest) and not _is_old(now)
    return [
        Standing(walk, "" if row is None and young else walk.stands(row, now), row)
        for walk, row in newest
    ]


def ring_late() -> list[Any]:
    """Ring where nobody has looked for too long, or a cycle is not enough; the new alarms."""
    words = {one.word: one.walk.kind for one in standing_of_walks()}
    if AWAY in words:
        fault = Fault("examination_away")
    elif SLOW in words:
        fault = Fault("examination_slow", words[SLOW])
    else:
        return []
    alarm, new = examining.ring(Alarm, fault)
    return [alarm] if new else []


class Watch:
    """What a web process does beside its requests: it looks now and then, and mails by itself.

    Where no worker runs nobody else would, and nobody would deliver a message of the outbox.
    """

    def __init__(self) -> None:
        self.next = time.monotonic() + LOOK  # a worker that starts beside us has its turn first

    def look(self, *, by: Actor) -> int:
        """Tell the named people that the site does not examine itself, once; how often."""
        now = time.monotonic()
        if now < self.next:
            return 0
        self.next = now + LOOK
        try:
            return self._look(by)
        except (DatabaseError, InterfaceError) as error:
            log.warning("the examination was not looked after: %s", redacted(str(error)))
            return 0

    def _look(self, by: Actor) -> int:
        let_go()
        if not ring_late():
            waiting = Alarm.objects.untold().filter(code="examination_away")
            if not waiting.exists():
                return 0
        found = claim(by=by)
        if not found:
            return 0
        identity = new_id()
        try:
            alarms.mail(found, alarmed(), identity=identity).send()
        except (OSError, smtplib.SMTPException) as error:
            mark(found, "")
            log.error("nobody was told: %s", redacted(str(error)))  # noqa: TRY400 - no trace
            return 0
        except Exception:  # what a backend of the site's own or a template raises
            mark(found, "")
            raise
        mark(found, identity)
        return 1


@transaction.atomic
def claim(*, by: Actor) -> list[Found]:
    """Take it on oneself to tell of what waits on this floor; another process finds nothing.

    Unless it is marked as told within LEASE, `let_go` leaves it to others.
    """
    rows = Alarm.objects.select_for_update().untold().filter(code__startswith="examination_")
    found = [Found("signing", alarm, None) for alarm in rows]
    record(found, by=by)
    mark(found, _claimed(timezone.now()))
    return found


def let_go() -> None:
    """Leave to others what a process took on itself to tell and died of."""
    claims = Alarm.objects.filter(told_as__startswith=CLAIMED)
    claims.filter(told_as__lt=_claimed(timezone.now() - LEASE)).update(told_as="")


def _claimed(moment: datetime) -> str:
    return f"{CLAIMED}{int(moment.timestamp()):012}"


def _is_old(now: datetime) -> bool:
    first = Event.objects.order_by("pk").values_list("at", flat=True).first()
    return first is not None and first < now - PATIENCE
