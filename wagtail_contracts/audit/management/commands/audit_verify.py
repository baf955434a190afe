"""Walk the trails."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from wagtail_contracts.audit import flows as audit
from wagtail_contracts.audit.core import anchors
from wagtail_contracts.audit.errors import ChainBroken
from wagtail_contracts.audit.models import Trail


class Command(BaseCommand):
    """Exit code 0: every trail is what it was; 1: one is not, and the first event is named."""

    help = "Verify audit trails; with --anchor also against heads that left the house."

    def add_arguments(self, parser: CommandParser) -> None:
        """Trails and anchors."""
        parser.add_argument("trails", nargs="*", metavar="TRAIL", help="by default all")
        parser.add_argument("--deep", action="store_true", help="also check the canonical form")
        parser.add_argument(
            "--anchor",
            action="append",
            default=[],
            type=Path,
            metavar="FILE.pdf",
            help="a sealed file, or its evidence.json, whose trail must still be there",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Verify, and say what is broken."""
        keys = options["trails"] or list(Trail.objects.values_list("key", flat=True))
        broken = [text for key in keys if (text := _verify(key, deep=options["deep"]))]
        broken += [text for path in options["anchor"] if (text := _anchor(path))]
        for text in broken:
            self.stderr.write(text)
        if broken:
            raise CommandError(f"{len(broken)} of {len(keys) + len(options['anchor'])} are broken.")
        self.stdout.write(f"{len(keys)} trails and {len(options['anchor'])} anchors verified.")


def _verify(key: str, *, deep: bool) -> str:
    try:
        audit.verify(key, deep=deep)
    except ChainBroken as refusal:
        return str(refusal)
    return ""


def _anchor(path: Path) -> str:
    try:
        audit.compare(anchors.read(path.read_bytes()))
    except (OSError, anchors.NoAnchor, ChainBroken) as error:
        return f"{path}: {error}"
    return ""
