"""The command of an app that re-reads what it keeps: look, say what was found, settle it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError


class ExamineCommand(BaseCommand, ABC):
    """Exit 0 when nothing that was ever found is left to settle, 1 otherwise.

    An app says what its `alarms` are, how it looks, and how one is settled.
    """

    requires_system_checks: list[str] = []  # evidence is judged however the site is set up
    alarms: Any

    @abstractmethod
    def look(self, seconds: float, cycle: timedelta) -> None:
        """Go on for so long."""

    @abstractmethod
    def settle(self, alarm: Any, reason: str) -> bool:
        """Settle one; False where somebody has."""

    @abstractmethod
    def elsewhere(self) -> str:
        """Which other app says who settles, and where; empty for none."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How long, and how often everything; or what is settled instead."""
        parser.add_argument("--seconds", type=float, default=50.0, help="of this run, about")
        parser.add_argument("--hours", type=float, default=24.0, help="of a cycle over everything")
        parser.add_argument(
            "--settle", type=int, metavar="NUMBER", help="say what became of an alarm, and end"
        )
        parser.add_argument("--reason", default="", metavar="TEXT", help="what became of it")

    def handle(self, *args: Any, **options: Any) -> None:
        """Settle an alarm, or look, say what is found, and end."""
        if options["settle"] is not None or options["reason"]:
            self._settle(options["settle"], options["reason"].strip())
        else:
            self.look(options["seconds"], timedelta(hours=options["hours"]))
            self._tell()

    def _tell(self) -> None:
        found = self.alarms.objects.unsettled().order_by("pk")
        for alarm in found:
            gone = "" if alarm.gone_at is None else f", gone {alarm.gone_at:%Y-%m-%d %H:%M}"
            since = f"{alarm.found_at:%Y-%m-%d %H:%M}{gone}"
            told = f"{alarm.pk}: {alarm.code} {alarm.about}: {alarm.why} (since {since})"
            self.stdout.write(told)
        if count := len(found):
            raise CommandError(f"{count} to settle.", returncode=1)
        self.stdout.write("Nothing found.")

    def _settle(self, number: int | None, reason: str) -> None:
        if number is None or not reason:
            raise CommandError("It takes both: --settle NUMBER --reason TEXT.", returncode=1)
        if place := self.elsewhere():
            words = f"{place} says who settles alarms on this site, and keeps who did: there."
            raise CommandError(words, returncode=1)
        alarm = self.alarms.objects.filter(pk=number).first()
        if alarm is None:
            raise CommandError(f"There is no alarm {number}.", returncode=1)
        if not self.settle(alarm, reason):
            raise CommandError(f"Somebody has settled alarm {number} already.", returncode=1)
        self.stdout.write(f"Alarm {number} is settled.")
