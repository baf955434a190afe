"""manage.py contracts_renew_seals: until when sealed files prove themselves, and what to do."""

from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.contracts.models import Contract, ContractVersion
from wagtail_contracts.errors import Refusal
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.sealing.models import SealedFile, SealedFileQuerySet
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.terminal import day

ADDED = 12  # kB that a time-stamp in a file adds, about


class Command(BaseCommand):
    """Exit 0 when nothing that is due was left, 1 otherwise."""

    help = (
        "Say until when sealed files prove themselves. Renew all by one time-stamp over a "
        "checkpoint, or with --in-file those that are due, each by one in the file."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What is renewed, and how."""
        add = parser.add_argument
        add("--dry-run", action="store_true", help="say what would be done and what it costs")
        add("--in-file", action="store_true", help="put the time-stamp into each file")
        add("--contract", action="append", default=[], metavar="NUMBER", help="its files alone")
        soon = f"due is what ends before; else in {sealing.SOON.days} days"
        add("--before", type=day, metavar="DATE", help=soon)

    def handle(self, *args: Any, **options: Any) -> None:
        """Report, then do it."""
        chosen = options["before"] or timezone.now() + sealing.SOON
        files = _files(options["contract"])
        due = files if options["contract"] else sealing.due(chosen)
        try:
            self._report(files, due, chosen)
            if options["dry_run"]:
                return
            if options["in_file"]:
                self._in_file(due, longer=not options["contract"])
            else:
                self._by_checkpoint()
        except (Refusal, ImproperlyConfigured) as error:
            raise CommandError(str(error), returncode=1) from error

    def _report(self, files: SealedFileQuerySet, due: SealedFileQuerySet, before: datetime) -> None:
        say, count = self.stdout.write, due.count()
        say("Until when sealed files prove themselves:")
        for one in sealing.standings(files):
            say(f"  {one}")
        say(f"The certificate of the seal ends {sealing.valid_until():%Y-%m-%d}.")
        say(_covered(audit.lasting()))
        say(f"Due before {before:%Y-%m-%d}: {count}.")
        say("  by checkpoint: 1 time-stamp for all, and no file grows")
        say(f"  in the file: {count} time-stamps, about {count * ADDED} kB more")

    def _by_checkpoint(self) -> None:
        audit.checkpoint()
        made = audit.stamp() or audit.renew(by=SYSTEM, at_once=True)
        covered = audit.lasting()
        if covered is None:
            raise CommandError("AUDIT names no TIMESTAMP: nobody was asked.", returncode=1)
        done = "One time-stamp was given" if made else "The newest checkpoint has its time-stamp"
        self.stdout.write(f"{done}; it proves until {covered.ends:%Y-%m-%d}.")

    def _in_file(self, due: SealedFileQuerySet, *, longer: bool) -> None:
        done, left, files = 0, 0, due.order_by("renew_before").iterator()
        for one in signing.renew_files(files, longer=longer, by=SYSTEM):
            done, left = done + bool(one.made), left + (not one.made)
            until = one.made and f"until {one.made.renew_before:%Y-%m-%d}"
            self.stdout.write(f"{one.kept.name}: {until or one.fault}")
        self.stdout.write(f"{done} renewed.")
        if left:
            raise CommandError(f"{left} not renewed.", returncode=1)


def _files(numbers: list[str]) -> SealedFileQuerySet:
    if not numbers:
        return SealedFile.objects.current()
    contracts = Contract.objects.filter(number__in=numbers)
    if unknown := set(numbers) - set(contracts.values_list("number", flat=True)):
        raise CommandError(f"There is no contract {', '.join(sorted(unknown))}.", returncode=1)
    versions = ContractVersion.objects.filter(contract__in=contracts)
    return SealedFile.objects.current().filter(subject__in=versions.values("digest"))


def _covered(found: audit.Lasting | None) -> str:
    if found is None:
        return "No time-stamp covers the trails."
    return (
        f"The newest time-stamp over all trails, of {found.at:%Y-%m-%d}, proves until "
        f"{found.ends:%Y-%m-%d} that they, and the files that they name, existed."
    )
