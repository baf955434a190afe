"""manage.py audit_verify: whether the trails are what was recorded."""

from argparse import ArgumentParser
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from wagtail_contracts import notes
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.audit.core import anchors, mails
from wagtail_contracts.audit.errors import ChainBroken, Undated
from wagtail_contracts.audit.models import Checkpoint
from wagtail_contracts.errors import Refusal
from wagtail_contracts.terminal import plain

WHOLE, OVER, BROKEN = "whole", "over", "broken"
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
            if any(options[name] for name in ("trails", "deep", "anchor", "head")):
                raise CommandError("--between compares three files alone.", returncode=1)
            self._between(*options["between"])
            return
        found = Counter(self._judged(options))
        if found[BROKEN]:
            raise CommandError(f"{found[BROKEN]} of {found.total()} broken.", returncode=1)
        over = f", {found[OVER]} over" if found[OVER] else ""
        self.stdout.write(f"{found[WHOLE]} whole{over}.")

    def _between(self, old: Path, new: Path, proof: Path) -> None:
        """Each step names the file that is at fault."""
        steps = ((_one, old), (_one, new), (_insist_on_order, old, new), (_grown, proof, old, new))
        if any(self._judge(*step) == BROKEN for step in steps):
            raise CommandError("1 of 1 broken.", returncode=1)
        self.stdout.write("The newer log begins with the older one.")

    def _judged(self, options: dict[str, Any]) -> Iterator[str]:
        """One after the other, what it is; a fault has been told by then."""
        deep, keys = options["deep"], options["trails"]
        yield from (self._judge(audit.verify, key, deep=deep) for key in keys)
        if not keys:
            yield from (self._told(fault) for _key, fault in audit.verify_all(deep=deep))
            if Checkpoint.objects.exists():
                yield from (self._judge(audit.verify_log), self._judge(audit.stamped))
        yield from (self._judge(self._anchor, path) for path in options["anchor"])
        yield from (self._judge(_held, *head) for head in options["head"])

    def _anchor(self, path: Path) -> None:
        """A text may hold many: how many were found in it is said."""
        data = path.read_bytes()
        if not data.startswith(anchors.PDF) and (found := _notes(data)):
            audit.verify_notes(found)
            self.stdout.write(plain(f"{path}: checkpoints compared: {len(found)}."))
        else:
            audit.compare(anchors.read(data))

    def _told(self, fault: Refusal | None) -> str:
        if fault:
            self._tell(fault)
        return BROKEN if fault else WHOLE

    def _judge(self, verify: Callable[..., object], *what: Any, **how: Any) -> str:
        try:
            verify(*what, **how)
        except Undated as over:  # nothing can bring back the time that it proved
            self._tell(over)
            return OVER
        except (Refusal, anchors.NoAnchor, notes.NotANote, OSError, UnicodeError) as refusal:
            place = f"{what[0]}: " if what and isinstance(what[0], Path) else ""
            self._tell(f"{place}{refusal}")
            return BROKEN
        return WHOLE

    def _tell(self, fault: object) -> None:
        """Who wrote the file chose words in it, and must not write another verdict with them."""
        self.stderr.write(plain(str(fault)))


def _head(text: str) -> tuple[str, int, str]:
    key, length, head = text.split(":")
    return key, int(length), head.lower()


def _notes(data: bytes) -> list[str]:
    text = "\n\n".join(mails.texts(data))
    found = notes.found(text)
    if (missed := notes.passed_over(text, found)) > 0:
        raise notes.NotANote(f"{missed} of its checkpoints can't be read")
    return found


def _one(path: Path) -> tuple[str, notes.Checkpoint]:
    found = _notes(path.read_bytes())
    if len(found) != 1:
        raise notes.NotANote("It takes one checkpoint in each file.")
    return found[0], notes.opened(found[0], audit.verifiers())


def _insist_on_order(old: Path, new: Path) -> None:
    (_text, before), (_other, now) = _one(old), _one(new)
    if before.size > now.size:
        raise notes.NotANote(f"the first is the newer one ({before.size} entries, then {now.size})")


def _grown(proof: Path, old: Path, new: Path) -> None:
    path = proof.read_text(errors="replace").split()
    audit.verify_growth(_one(old)[0], _one(new)[0], path)


def _held(key: str, length: int, head: str) -> None:
    if not audit.verify_anchor(key, length, head):
        raise ChainBroken(key, length, "does not have the digest of the anchor")
