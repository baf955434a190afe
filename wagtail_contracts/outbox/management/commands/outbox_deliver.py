"""manage.py outbox_deliver: run what waits in the outbox."""

import logging
import os
import secrets
import signal
import socket
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
        parser.add_argument(
            "--seconds", type=float, default=1.0, help="seconds between looks, at most 10"
        )
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
        name = f"{socket.gethostname()[:200]}:{os.getpid()}:{secrets.token_hex(4)}"
        self._watch(stop, min(options["seconds"], outbox.BEAT.total_seconds()), name)
        with suppress(DatabaseError, InterfaceError):  # the row is dropped by another, in a day
            outbox.leave(name)

    def _watch(self, stop: SimpleQueue[int], interval: float, name: str) -> None:
        last: dict[str, float] = {}

        def until() -> bool:
            self._beat(last, name)
            return not stop.empty()

        while stop.empty():
            try:
                self._periodic(last)
                outbox.deliver(until=until)
            except (DatabaseError, InterfaceError) as error:  # it may be back in a moment
                log.warning("the database does not answer: %s", redacted(str(error)))
            close_old_connections()
            with suppress(Empty):
                stop.put(stop.get(timeout=interval))

    def _beat(self, last: dict[str, float], name: str) -> None:
        """Between messages, not beside them: a worker that hangs gives no sign of life."""
        now = time.monotonic()
        if now - last.get(name, float("-inf")) >= outbox.BEAT.total_seconds():
            outbox.beat(name)
            last[name] = now

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
