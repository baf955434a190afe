"""`manage.py contracts_take_report < MAIL`: a mail server hands over what came back."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.core.reports import LARGEST


class Command(BaseCommand):
    """Takes every mail, so that a mail server never returns one to whoever sent it."""

    help = "Read delivery reports (RFC 3464), from files or from standard input, and note them."

    def add_arguments(self, parser: CommandParser) -> None:
        """Files, or none."""
        parser.add_argument("paths", nargs="*", type=Path, help="mails; none: standard input")

    def handle(self, *args: Any, **options: Any) -> None:
        """Note each."""
        paths: list[Path] = options["paths"]
        mails = [_start(path) for path in paths] or [sys.stdin.buffer.read(LARGEST + 1)]
        noted = [signing.take_report(content, by=SYSTEM) for content in mails]
        self.stdout.write(f"{sum(map(bool, noted))} of {len(noted)} noted")


def _start(path: Path) -> bytes:
    """No more than is needed to see that it is too large."""
    with path.open("rb") as file:
        return file.read(LARGEST + 1)
