"""manage.py audit_export: a proof of one trail, into a folder."""

import os
from argparse import ArgumentParser
from functools import partial
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from wagtail_contracts.audit import flows as audit
from wagtail_contracts.errors import Refusal
from wagtail_contracts.terminal import plain


class Command(BaseCommand):
    """Writes what proves a trail, with a script that checks it, for nobody else to read."""

    help = "Write the proof of one audit trail, and a script that checks it without this site."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which trail, and where to."""
        parser.add_argument("trail", metavar="TRAIL", help="its key")
        parser.add_argument("folder", type=Path, metavar="FOLDER", help="a new or empty folder")
        parser.add_argument(
            "--timeline",
            action="append",
            default=[],
            choices=list(audit.FORMATS),
            help="also what happened, as sentences; it proves nothing",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the files, and say how they are checked."""
        folder: Path = options["folder"]
        try:
            files = audit.proof([options["trail"]])
            for kind in options["timeline"]:
                files[f"timeline.{kind}"] = audit.told(options["trail"], kind)
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if any(folder.iterdir()):
                raise CommandError(f"{folder} is not empty.", returncode=1)
            for name, content in files.items():
                with open(folder / name, "xb", opener=partial(os.open, mode=0o600)) as target:
                    target.write(content)
        except (Refusal, OSError, UnicodeError) as error:
            raise CommandError(str(error), returncode=1) from error
        words = f"{', '.join(files)} written; python3 -I -S {folder}/verify.py {folder}"
        self.stdout.write(plain(words))
