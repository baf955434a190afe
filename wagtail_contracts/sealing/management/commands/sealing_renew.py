"""manage.py sealing_renew: until when sealed files prove themselves; renew those that end soon."""

from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.errors import Refusal
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.sealing.models import SealedFileQuerySet
from wagtail_contracts.terminal import day

ADDED = 12  # kB that a time-stamp in a file adds, about
OWNED = "Another app owns the files of this site and records what is done to them: run %s."


class Command(BaseCommand):
    """Exit 0 when nothing that is due was left, 1 otherwise."""

    help = "Say until when sealed files prove themselves, and renew those that are due; for cron."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What is due, and whether anything is done."""
        add = parser.add_argument
        add("--dry-run", action="store_true", help="say what would be done and what it costs")
        soon = f"due is what ends before; else in {sealing.SOON.days} days"
        add("--before", type=day, metavar="DATE", help=soon)

    def handle(self, *args: Any, **options: Any) -> None:
        """Report, then do it."""
        if other := sealing.left_to("sealing_renew"):
            raise CommandError(OWNED % other, returncode=1)
        before = options["before"] or timezone.now() + sealing.SOON
        due = sealing.due(before)
        try:
            self._report(due, before)
            if not options["dry_run"]:
                self._renew(due)
        except (Refusal, ImproperlyConfigured) as error:
            raise CommandError(str(error), returncode=1) from error

    def _report(self, due: SealedFileQuerySet, before: datetime) -> None:
        say, count = self.stdout.write, due.count()
        say("Until when sealed files prove themselves:")
        for one in sealing.standings():
            say(f"  {one}")
        say(f"The certificate of the seal ends {sealing.valid_until():%Y-%m-%d}.")
        say(f"Due before {before:%Y-%m-%d}: {count}.")
        say(f"  {count} time-stamps, about {count * ADDED} kB more")

    def _renew(self, due: SealedFileQuerySet) -> None:
        done = left = 0
        files = due.order_by("renew_before", "pk")
        for told in sealing.renew_files(files, longer=True, by=SYSTEM):
            done, left = done + bool(told.made), left + (not told.made)
            until = told.made and f"until {sealing.until(told.made.file):%Y-%m-%d}"
            self.stdout.write(f"{told.kept.name}: {until or told.error}")
        self.stdout.write(f"{done} renewed.")
        if left:
            raise CommandError(f"{left} not renewed.", returncode=1)
