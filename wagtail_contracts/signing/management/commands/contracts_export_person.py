"""manage.py contracts_export_person: what is kept about one participant, as a ZIP file."""

import os
from argparse import ArgumentParser
from functools import partial
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.signing.flows import privacy
from wagtail_contracts.signing.management.people import participant
from wagtail_contracts.signing.rendering.person import packed


class Command(BaseCommand):
    """For one participant of one contract, whoever was shown to be that person."""

    help = "Write what is kept about one participant, and the files they gave, into a ZIP file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whom, and where to."""
        parser.add_argument(
            "participant", help="the public id, as the address of their page has it"
        )
        parser.add_argument("path", type=Path, help="the file to write; it must not exist")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write it."""
        made = privacy.export_person(participant(options["participant"]), by=SYSTEM)
        with open(options["path"], "xb", opener=partial(os.open, mode=0o600)) as file:
            file.write(packed(made.data, made.files))
        self.stdout.write(f"Files beside person.json: {len(made.files)}.")
