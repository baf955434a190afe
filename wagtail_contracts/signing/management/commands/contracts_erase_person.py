"""manage.py contracts_erase_person: erase what is kept about one participant."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.errors import Refusal
from wagtail_contracts.signing.flows import privacy
from wagtail_contracts.signing.management.people import participant


class Command(BaseCommand):
    """For one participant of one contract, reports of abuse too; it can't be taken back."""

    help = "Erase what is kept about one participant, and record it with the reason."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whom, and why."""
        parser.add_argument(
            "participant", help="the public id, as the address of their page has it"
        )
        parser.add_argument("reason", help="kept in the trail, which the parties can read")

    def handle(self, *args: Any, **options: Any) -> None:
        """Erase, or say why not."""
        try:
            person = participant(options["participant"])
            privacy.erase_person(person, options["reason"], by=SYSTEM)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        privacy.erase_reports(person, by=SYSTEM)
        self.stdout.write("Erased.")
