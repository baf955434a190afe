"""manage.py audit_examine: re-read trails and log, for so many seconds or until all is done."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from wagtail_contracts.audit import flows as audit
from wagtail_contracts.audit.models import Alarm


class Command(BaseCommand):
    """Exit 0 when nothing that was ever found is left to settle, 1 otherwise."""

    help = "Re-read trails and log in slices, and say what is not as it was kept; for cron."
    requires_system_checks: list[str] = []  # evidence is judged however the site is set up

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How long, and how often everything."""
        parser.add_argument("--seconds", type=float, default=50.0, help="of this run, about")
        parser.add_argument("--hours", type=float, default=24.0, help="of a cycle over everything")

    def handle(self, *args: Any, **options: Any) -> None:
        """Look, say what is found, and end."""
        cycle = timedelta(hours=options["hours"])
        audit.examine(options["seconds"] / 2, cycle=cycle)
        for alarm in Alarm.objects.unsettled().order_by("pk"):
            gone = "" if alarm.gone_at is None else f", gone {alarm.gone_at:%Y-%m-%d %H:%M}"
            since = f"{alarm.found_at:%Y-%m-%d %H:%M}{gone}"
            self.stdout.write(f"{alarm.code} {alarm.about}: {alarm.why} (since {since})")
        if count := Alarm.objects.unsettled().count():
            raise CommandError(f"{count} to settle.", returncode=1)
        self.stdout.write("Nothing found.")
