"""manage.py audit_verify: whether the trails are what was recorded."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from wagtail_contracts.audit import flows as audit
from wagtail_contracts.audit.core import anchors
from wagtail_contracts.audit.models import Trail
from wagtail_contracts.errors import Refusal


class Command(BaseCommand):
    """Exit 0 when all is whole, 1 otherwise; each broken trail is named with its first fault."""

    help = "Verify audit trails, and compare them with anchors kept in sealed files."
    requires_system_checks: list[str] = []  # evidence is judged however the site is set up

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Trails, depth and anchors."""
        parser.add_argument("trails", nargs="*", metavar="TRAIL", help="keys; all if none is given")
        parser.add_argument("--deep", action="store_true", help="also compare canonical forms")
        parser.add_argument(
            "--anchor",
            action="append",
            default=[],
            type=Path,
            metavar="FILE.pdf",
            help="a sealed PDF, or its evidence.json; judge the seal itself first",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Verify, say what is broken, and end."""
        keys = options["trails"] or Trail.objects.order_by("pk").values_list("key", flat=True)
        faults = [self._trail(key, deep=options["deep"]) for key in keys]
        faults += [self._anchor(path) for path in options["anchor"]]
        broken = sum(faults)
        if broken:
            raise CommandError(f"{broken} of {len(faults)} broken.", returncode=1)
        self.stdout.write(f"{len(faults)} whole.")

    def _trail(self, key: str, *, deep: bool) -> bool:
        try:
            audit.verify(key, deep=deep)
        except Refusal as refusal:
            self.stderr.write(str(refusal))
            return True
        return False

    def _anchor(self, path: Path) -> bool:
        try:
            audit.compare(anchors.read(path.read_bytes()))
        except (Refusal, anchors.NoAnchor, OSError) as refusal:
            self.stderr.write(f"{path}: {refusal}")
            return True
        return False
