"""The worker."""

import signal
import threading
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import OperationalError, close_old_connections

from wagtail_contracts.outbox import flows as outbox
from wagtail_contracts.outbox import topics


class Command(BaseCommand):
    """Runs what waits in the outbox; with --watch until it is told to stop."""

    help = "Deliver what waits in the outbox."

    def add_arguments(self, parser: CommandParser) -> None:
        """--watch and how often to look."""
        parser.add_argument("--watch", action="store_true", help="go on until told to stop")
        parser.add_argument("--seconds", type=float, default=1.0, help="pause between two looks")

    def handle(self, *args: Any, **options: Any) -> None:
        """Deliver once, or go on."""
        if not options["watch"]:
            self.stdout.write(f"{outbox.deliver()} delivered.")
            return
        stopped = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_args: stopped.set())
        due = {item.name: 0.0 for item in topics.periodic()}
        while not stopped.is_set():
            self.look(due)
            stopped.wait(options["seconds"])

    def look(self, due: dict[str, float]) -> None:
        """Do what is due; a database that is away is tried again at the next look."""
        close_old_connections()
        try:
            for item in topics.periodic():
                if due[item.name] <= time.monotonic():
                    due[item.name] = time.monotonic() + item.seconds
                    item.task()
            outbox.deliver()
        except OperationalError as error:
            self.stderr.write(f"The database does not answer: {type(error).__name__}.")
