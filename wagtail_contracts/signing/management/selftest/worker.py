"""Whether the site's own worker lives and delivers, by the rows that it writes."""

from __future__ import annotations

import time
from datetime import timedelta

from wagtail_contracts.outbox import flows as outbox
from wagtail_contracts.outbox.models import Message, Worker
from wagtail_contracts.signing.flows.trial import Missing, Unmet

PATIENCE = timedelta(minutes=10)
START = "Keep manage.py outbox_deliver --watch running, as a service that is started again."
LATE = "Read the log of manage.py outbox_deliver --watch, or run more of them."


def seen(within: timedelta = 3 * outbox.BEAT) -> str:
    """A worker gave a sign of life lately, and nothing waits for long."""
    if not outbox.worker_seen(within):
        what = f"No worker gave a sign of life in the last {within.total_seconds():.0f} seconds."
        raise Unmet([Missing(what, START)])
    late = Message.objects.overdue(PATIENCE)
    if oldest := late.first():
        what = f"{late.count()} messages wait, one since {oldest.not_before:%Y-%m-%d %H:%M} UTC."
        raise Unmet([Missing(what, LATE)])
    return ", ".join(Worker.objects.seen(within).values_list("name", flat=True))


def still_seen(begun: float) -> str:
    """It has given another sign since then, a `time.monotonic`: it was not about to die."""
    return seen(max(timedelta(seconds=time.monotonic() - begun), outbox.BEAT * 1.5))
