"""manage.py contracts_prove: the proof of one contract, as a ZIP file."""

import os
from argparse import ArgumentParser
from functools import partial
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.contracts.models import Contract
from wagtail_contracts.errors import Refusal
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.rendering.zipped import zipped


class Command(BaseCommand):
    """Overwrites nothing; nobody else may read the file."""

    help = (
        "Write the proof of one sealed contract into a ZIP file: python3 -I -S verify.py checks it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which contract, and where to."""
        parser.add_argument("number", metavar="NUMBER", help="of the contract")
        parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.zip")
        parser.add_argument("--own", action="store_true", help="also the trail of the own side")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write it."""
        contract = Contract.objects.filter(number=options["number"]).first()
        if contract is None:
            raise CommandError(f"There is no contract {options['number']}.")
        try:
            files = signing.prove(contract, own=options["own"], by=SYSTEM)
            with open(options["output"], "xb", opener=partial(os.open, mode=0o600)) as file:
                file.write(zipped(files))
        except (Refusal, OSError) as error:
            raise CommandError(str(error), returncode=1) from error
        self.stdout.write(f"{', '.join(files)} written.")
