"""manage.py sealing_verify FILE...: judge files by this site's roots, and whether it kept them."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError

from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.sealing.core.reports import EXIT, LARGEST, WORST_FIRST, Report
from wagtail_contracts.terminal import plain


class Command(BaseCommand):
    """Exit 0 when each is intact and was kept here; else as `python -m wagtail_contracts.sealing`.

    What is intact and was not kept here ends with 1, as a file that is another one.
    """

    help = "Judge sealed files by TRUST, and say whether this site kept them, byte for byte."
    requires_system_checks: list[str] = []  # evidence is judged however the site is set up

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which files, and for whom."""
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--json", action="store_true", help="one JSON object per line")

    def handle(self, *args: Any, **options: Any) -> None:
        """Judge one after the other; the worst counts."""
        codes = []
        for path in options["files"]:
            try:
                report = sealing.verify(_read(path))
            except (OSError, ImproperlyConfigured) as error:
                raise CommandError(str(error), returncode=5) from error
            codes.append(EXIT[report.verdict] or int(not report.known))
            lines = [_json(path, report)] if options["json"] else _lines(path, report)
            self.stdout.writelines(f"{line}\n" for line in lines)
        if worst := next(code for code in WORST_FIRST if code in codes):
            words = f"{sum(map(bool, codes))} of {len(codes)} not intact, or not kept here."
            raise CommandError(words, returncode=worst)


def _read(path: Path) -> bytes:
    """At most one byte more than is judged."""
    with path.open("rb") as file:
        return file.read(LARGEST + 1)


def _json(path: Path, report: Report) -> str:
    return json.dumps({"file": str(path), **report.facts()}, sort_keys=True)


def _lines(path: Path, report: Report) -> Iterator[str]:
    level = f" ({report.level})" if report.level else ""
    yield f"{plain(str(path))}: {report.verdict if report.judged else 'not judged'}{level}"
    yield f"  {'kept here' if report.known else 'NOT kept here'}"
    when = report.signer and f"sealed {report.sealed_at or report.claimed_at}"
    told = (report.signer, when, *report.reasons, *report.notes, f"sha256 {report.sha256}")
    yield from (f"  {plain(line)}" for line in told if line)
