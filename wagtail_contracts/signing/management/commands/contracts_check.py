"""manage.py contracts_check: whether a site, or a backup that was restored, is whole."""

import json
from argparse import ArgumentParser
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.contracts.models import Contract
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.terminal import plain


class Command(BaseCommand):
    """Exit 0 when all is whole, harmless files beside it or not; 1 when anything is damaged."""

    help = "Prove that rows, chains, seals, signatures and files belong together, or say what not."
    requires_system_checks: list[str] = []  # evidence is judged however the site is set up

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What to judge, how to say it, what to clear away."""
        parser.add_argument("--contract", metavar="NUMBER", help="judge only this one")
        parser.add_argument("--json", action="store_true", help="one JSON object per line")
        parser.add_argument(
            "--fix",
            action="store_true",
            help="remove half-written .part files older than a day, and nothing else",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Clear, judge, say what was found, and end."""
        number, counted = options["contract"], Counter[bool]()
        contracts = Contract.objects.filter(number=number) if number else Contract.objects.all()
        if number and not contracts.exists():
            raise CommandError(f"There is no contract {number}.")
        for name in self._removed() if options["fix"] else []:
            said = json.dumps({"removed": name}) if options["json"] else f"removed: {name}"
            self.stdout.write(plain(said))
        for finding in signing.check(number):
            counted[finding.harmless] += 1
            self.stdout.write(_json(finding) if options["json"] else _text(finding))
        if not number:
            self._note(contracts.count(), counted)
        self._end(contracts.count(), counted, as_json=options["json"])

    def _removed(self) -> list[str]:
        try:
            return sealing.remove_parts(by=SYSTEM)
        except NotImplementedError as error:
            text = "The storage can't list its names, or tell their age: nothing was removed."
            raise CommandError(text) from error

    def _note(self, contracts: int, counted: Counter[bool]) -> None:
        """Tell the site that it was examined, unless it can't be written to."""
        try:
            signing.note_check(contracts, counted[False], counted[True], by=SYSTEM)
        except DatabaseError as error:
            self.stderr.write(plain(f"This run was not recorded: {error}"))

    def _end(self, contracts: int, counted: Counter[bool], *, as_json: bool) -> None:
        found = {"contracts": contracts, "damages": counted[False], "warnings": counted[True]}
        if as_json:
            self.stdout.write(json.dumps(found))
        else:
            self.stdout.write(", ".join(f"{name}: {count}" for name, count in found.items()) + ".")
        if counted[False]:
            raise CommandError(f"Damaged: {counted[False]}.", returncode=1)


def _json(finding: signing.Finding) -> str:
    return json.dumps(finding.facts(), sort_keys=True)


def _text(finding: signing.Finding) -> str:
    kind = "warning" if finding.harmless else "DAMAGE"
    where = f" {finding.where}:" if finding.where else ""
    return plain(f"{kind} {finding.code}:{where} {finding.what}. {finding.cure}")
