"""manage.py audit_checkpoint: sign how far all trails have grown, and place that elsewhere."""

from argparse import ArgumentParser
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.audit.errors import NotPlaced
from wagtail_contracts.errors import Refusal


class Command(BaseCommand):
    """Exit 0 when the newest checkpoint is stamped and stands at every anchor, 1 otherwise."""

    help = "Sign how far all audit trails have grown, and place the checkpoint at every anchor."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Instead of that: a new key, the verifier keys, or a proof for who keeps a checkpoint."""
        instead = parser.add_mutually_exclusive_group()
        instead.add_argument(
            "--new-key", type=Path, metavar="FILE", help="write a new key, and end"
        )
        instead.add_argument(
            "--keys", action="store_true", help="print the keys that open our checkpoints, and end"
        )
        instead.add_argument(
            "--since",
            type=int,
            metavar="SIZE",
            help="print what proves that the log of this size was only added to, and end",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Do one of the four."""
        try:
            self._do(options)
        except Refusal as refusal:
            raise CommandError(str(refusal), returncode=1) from refusal

    def _do(self, options: dict[str, Any]) -> None:
        if options["new_key"]:
            audit.make_key(options["new_key"])
            self.stdout.write(f"{options['new_key']} written; name it in the settings.")
        elif options["keys"]:
            self.stdout.write("\n".join(map(str, audit.verifiers())))
        elif options["since"] is not None:
            self.stdout.write("\n".join(audit.consistency(options["since"])))
        else:
            self._checkpoint()

    def _checkpoint(self) -> None:
        """What fails keeps no other from its turn, and is told when all have had theirs."""
        steps: list[Callable[[], object]] = [
            self._sign,
            audit.stamp,
            partial(audit.renew, by=SYSTEM),
            self._place,
        ]
        faults = [fault for step in steps if (fault := _fault(step))]
        if faults:
            raise CommandError("\n".join(dict.fromkeys(faults)), returncode=1)

    def _sign(self) -> None:
        made = audit.checkpoint()
        self.stdout.write(made.note if made else "Nothing has grown.")

    def _place(self) -> None:
        placed = audit.anchor()
        for one in placed:
            self.stdout.write(f"{one.anchor}: {one.fault or 'placed'}")
        if missing := sum(bool(one.fault) for one in placed):
            raise NotPlaced(f"{missing} of {len(placed)} not placed.")


def _fault(step: Callable[[], object]) -> str:
    try:
        step()
    except DatabaseError:
        raise
    except Refusal as refusal:
        return str(refusal)
    except Exception as error:  # noqa: BLE001 - a setting of the site's; the anchors have their turn
        return f"{type(error).__name__}: {error}"
    return ""
