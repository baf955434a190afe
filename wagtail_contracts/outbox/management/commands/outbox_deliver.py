"""manage.py outbox_deliver: run what waits in the outbox."""

import logging
import signal
import time
from argparse import ArgumentParser
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError, InterfaceError, close_old_connections

from wagtail_contracts.outbox import flows as outbox
from wagtail_contracts.outbox import topics
from wagtail_contracts.redaction import redacted

log = logging.getLogger("wagtail_contracts.outbox")


class Command(BaseCommand):
    """Delivers once, or watches until it is told to stop: SIGTERM or SIGINT ends it cleanly."""

    help = "Deliver the messages of the outbox; --watch goes on until SIGTERM or SIGINT."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whether to go on, and how often to look."""
        parser.add_argument("--watch", action="store_true", help="go on until told to stop")
        parser.add_argument("--seconds", type=float, default=1.0, help="seconds between looks")
        parser.add_argument("--limit", type=int, help="attempts, without --watch")

    def handle(self, *args: Any, **options: Any) -> None:
        """Deliver."""
        if not options["watch"]:
            self.stdout.write(f"{outbox.deliver(options['limit'])} delivered.")
            return
        # Not an Event: two signals at once can stop its own lock from ever being released.
        stop: SimpleQueue[int] = SimpleQueue()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda number, _frame: stop.put(number))
        self._watch(stop, options["seconds"])

    def _watch(self, stop: SimpleQueue[int], interval: float) -> None:
        last: dict[str, float] = {}
        while stop.empty():
            try:
                self._periodic(last)
                outbox.deliver(until=lambda: not stop.empty())
            except (DatabaseError, InterfaceError) as error:  # it may be back in a moment
                log.warning("the database does not answer: %s", redacted(str(error)))
            close_old_connections()
            with suppress(Empty):
                stop.put(stop.get(timeout=interval))

    def _periodic(self, last: dict[str, float]) -> None:
        now = time.monotonic()  # a jump of the wall clock neither skips nor repeats a task
        for periodic in topics.periodic():
            if now - last.get(periodic.name, float("-inf")) < periodic.seconds:
                continue
            last[periodic.name] = now
            try:
                periodic.task()
            except Exception as error:  # noqa: BLE001 - it is tried again
                text = redacted(f"{type(error).__name__}: {error}")
                log.warning("periodic task %s: %s", periodic.name, text)
