"""manage.py audit_verify: whether the trails are what was recorded."""

from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from wagtail_contracts import notes
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.audit.core import anchors, letters
from wagtail_contracts.audit.errors import ChainBroken, Undated
from wagtail_contracts.audit.models import Checkpoint
from wagtail_contracts.errors import Refusal

BETWEEN = (
    "two checkpoints that you hold, and what audit_checkpoint --since printed: compare them "
    "without the database, and end"
)
KEPT = (
    "a sealed PDF, or its evidence.json (judge the seal itself first), "
    "or a text or a mail with checkpoints that were kept elsewhere"
)


class Command(BaseCommand):
    """Exit 0 when all is whole, 1 otherwise; each broken trail is named with its first fault.

    A time-stamp that is merely over is named, too, and breaks nothing.
    """

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
            metavar="FILE",
            help=KEPT,
        )
        parser.add_argument(
            "--head",
            action="append",
            default=[],
            type=_head,
            metavar="TRAIL:LENGTH:HEAD",
            help="the head of a trail, as a mail or a file names it",
        )

        parser.add_argument(
            "--between", nargs=3, type=Path, metavar=("OLD", "NEW", "PROOF"), help=BETWEEN
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Verify, say what is broken, and end."""
        if options["between"]:
            if self._faulty(_grown, *options["between"]):
                raise CommandError("1 of 1 broken.", returncode=1)
            self.stdout.write("The newer log begins with the older one.")
            return
        looked = broken = 0
        for fault in self._faults(options):
            looked, broken = looked + 1, broken + fault
        if broken:
            raise CommandError(f"{broken} of {looked} broken.", returncode=1)
        self.stdout.write(f"{looked} whole.")

    def _faults(self, options: dict[str, Any]) -> Iterator[bool]:
        """One after the other, whether it is one; it has been told by then."""
        deep, keys = options["deep"], options["trails"]
        yield from (self._faulty(audit.verify, key, deep=deep) for key in keys)
        if not keys:
            yield from (self._told(fault) for _key, fault in audit.verify_all(deep=deep))
            if Checkpoint.objects.exists():
                yield from (self._faulty(audit.verify_log), self._faulty(audit.stamped))
        yield from (self._faulty(_anchor, path) for path in options["anchor"])
        yield from (self._faulty(_held, *head) for head in options["head"])

    def _told(self, fault: Refusal | None) -> bool:
        if fault:
            self.stderr.write(str(fault))
        return fault is not None

    def _faulty(self, verify: Callable[..., object], *what: Any, **how: Any) -> bool:
        try:
            verify(*what, **how)
        except Undated as over:  # nothing can bring back the time that it proved
            self.stderr.write(str(over))
        except (Refusal, anchors.NoAnchor, notes.NotANote, OSError) as refusal:
            place = f"{what[0]}: " if what and isinstance(what[0], Path) else ""
            self.stderr.write(f"{place}{refusal}")
            return True
        return False


def _head(text: str) -> tuple[str, int, str]:
    key, length, head = text.split(":")
    return key, int(length), head.lower()


def _anchor(path: Path) -> None:
    data = path.read_bytes()
    if found := _notes(data):
        audit.verify_notes(found)
    else:
        audit.compare(anchors.read(data))


def _notes(data: bytes) -> list[str]:
    return [note for text in letters.texts(data) for note in notes.found(text)]


def _grown(old: Path, new: Path, proof: Path) -> None:
    held = [_notes(path.read_bytes()) for path in (old, new)]
    if [len(found) for found in held] != [1, 1]:
        raise notes.NotANote("It takes one checkpoint in each file.")
    [[before], [now]] = held
    audit.verify_growth(before, now, proof.read_text(errors="replace").split())


def _held(key: str, length: int, head: str) -> None:
    if not audit.verify_anchor(key, length, head):
        raise ChainBroken(key, length, "does not have the digest of the anchor")
