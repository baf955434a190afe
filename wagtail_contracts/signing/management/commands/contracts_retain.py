"""manage.py contracts_retain: remove what the register says is over, and name what is due."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.contracts.models import Contract
from wagtail_contracts.signing.flows import privacy


class Command(BaseCommand):
    """The worker does the same once a day. Contracts are named, and never deleted."""

    help = "Remove operational data whose time is over; name the contracts that are due."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whether to remove anything."""
        parser.add_argument("--dry-run", action="store_true", help="say what would go")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, or say exactly what would be done."""
        dry = options["dry_run"]
        gone = privacy.rehearse(by=SYSTEM) if dry else privacy.retain(by=SYSTEM)
        for key, rows in gone.items():
            self.stdout.write(f"{key}: {rows} {'would go' if dry else 'removed'}")
        due = list(privacy.contracts_due(Contract.objects.all(), timezone.now()))
        for one in due:
            self.stdout.write(f"due since {one.since.date()}: {one.contract.number}")
        self.stdout.write(f"contracts that are due: {len(due)}, none is deleted.")
