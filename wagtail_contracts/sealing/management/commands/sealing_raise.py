"""manage.py sealing_raise: take files that lack something as far as the settings want by now."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError

from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.errors import Refusal
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.sealing.flows import Furthered

OWNED = "Another app owns the files of this site and records what is done to them: run %s."


class Command(BaseCommand):
    """Exit 0 when no file is left that lacks something, 1 otherwise."""

    help = "Take every file that lacks something as far as LEVEL wants by now; for cron."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which ones besides."""
        words = "also those of which less was wanted when they were sealed"
        parser.add_argument("--all", action="store_true", help=words)

    def handle(self, *args: Any, **options: Any) -> None:
        """Each in turn, the oldest first."""
        if other := sealing.left_to("sealing_raise"):
            raise CommandError(OWNED % other, returncode=1)
        done = left = 0
        try:
            files = sealing.waiting(earlier=options["all"]).order_by("sealed_at", "pk")
            for told in sealing.raise_files(files, by=SYSTEM):
                done, left = done + bool(told.made), left + (not told.made)
                self.stdout.write(f"{told.kept.name}: {_words(told)}")
        except (Refusal, ImproperlyConfigured) as error:
            raise CommandError(str(error), returncode=1) from error
        self.stdout.write(f"{done} raised.")
        if left:
            raise CommandError(f"{left} not raised.", returncode=1)


def _words(told: Furthered) -> str:
    if told.made:
        made = told.made.file
        return f"{made.level}, {made.name}" + (f", lacks {made.lacks}" if made.lacks else "")
    return str(told.error or f"waits, still at {told.kept.level}")
