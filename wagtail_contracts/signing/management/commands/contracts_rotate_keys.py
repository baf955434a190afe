"""manage.py contracts_rotate_keys: whatever is encrypted comes under the first of the KEYS."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.signing.flows import privacy


class Command(BaseCommand):
    """Safe to repeat, and to run while the site works; what was cut short goes on."""

    help = "Encrypt with the first key all that is encrypted with an older one."

    def handle(self, *args: Any, **options: Any) -> None:
        """Turn, and say what came of it."""
        done = privacy.rotate_keys(by=SYSTEM)
        self.stdout.write(f"Values: {done.values}, revisions: {done.revisions}.")
        if done.lost:
            raise CommandError(
                f"No key in WAGTAIL_CONTRACTS['KEYS'] opens {done.lost} values: put the one that "
                "was taken away back to the end of the list, and run this again.",
                returncode=1,
            )
