"""manage.py sealing_identity: the certificate that this site seals with."""

import hashlib
from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from asn1crypto import x509
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from wagtail_contracts import chain
from wagtail_contracts.errors import Refusal
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.sealing.backends import identity, requests
from wagtail_contracts.sealing.core.identities import TEST
from wagtail_contracts.sealing.flows import Vetted
from wagtail_contracts.sealing.rendering import Attached, Bundle, evidence
from wagtail_contracts.sealing.rendering import identifier as identified

TEST_SETTINGS = """Made {folder}/{authority}, {seal} and {password}. Add

        "TEST_BACKEND": "wagtail_contracts.sealing.backends.file.Pkcs12Seal",
        "TEST_OPTIONS": {{"path": "{folder}/{seal}", "password_file": "{folder}/{password}"}},

to WAGTAIL_CONTRACTS["SEALING"], and "{folder}/{authority}" to its list TRUST."""
SETTINGS = """Made {folder}/{authority}, {seal} and {password}. Set

    WAGTAIL_CONTRACTS["SEALING"] = {{
        "BACKEND": "wagtail_contracts.sealing.backends.file.Pkcs12Seal",
        "OPTIONS": {{"path": "{folder}/{seal}", "password_file": "{folder}/{password}"}},
        "TRUST": ["{folder}/{authority}"],
    }}

and give {authority} to whoever shall verify your files. Keep a copy of {seal} and {password}."""


TAKEN = """Took in the certificate: {folder}/{seal}. It is in use after

    manage.py sealing_identity rotate --folder {folder}"""
ROTATED = """Sealing as {now} from now on.
Start the web server and the workers again: each holds the key that it opened.

{kept} keeps the seal until now ({before}); its root stays in {trusted}, so what it
sealed still verifies. Give {trusted} to whoever has the earlier one."""
NOT_LISTED = "On an EU trust list: not as far as this site knows. A seal, no qualified seal."
LISTED = "Qualified, as QUALIFIED_TRUST and the certificate say; this site asked no trust list."


class Command(BaseCommand):
    """Exit 0 when it is done or all is well, 1 otherwise."""

    help = "Make a local authority and a seal under it, show the seal, try it, or get another."
    requires_system_checks: list[str] = []  # the checks ask for what this makes

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What to do, where and for whom."""
        add = parser.add_argument
        add("action", choices=["create", "show", "check", "request", "rotate"])
        add("--folder", type=Path, help="create, request: a private folder; rotate: the next seal")
        add("--test", action="store_true", help="create, show: the test identity")
        add("--name", default="", help="create, request: the organisation in the seal")
        add("--country", default="", help="request: two letters, such as NO")
        add("--number", default="", help="request: of the organisation, such as NTRNO-912345678")
        add("--common-name", default="", help="request: what readers see; else the organisation")
        add("--key", choices=["ec", "rsa"], default="ec", help="request: the kind of a new key")
        add("--certificate", type=Path, help="request: take in what was issued for it, PEM")
        add("--root", type=Path, help="request: the root that this leads to, PEM")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, or say why not."""
        actions = {
            "create": self._make,
            "show": self._show,
            "check": self._check,
            "request": self._request,
            "rotate": self._rotate,
        }
        try:
            actions[options["action"]](**options)
        except (Refusal, ImproperlyConfigured, OSError, ValueError) as error:
            raise CommandError(str(error)) from error

    def _make(self, *, folder: Path | None, name: str, test: bool, **options: Any) -> None:
        if not folder or not name:
            raise CommandError("create needs --folder and --name.")
        identity.make(Path(folder), f"{TEST}{name}" if test else name)
        names = {"authority": identity.AUTHORITY, "seal": identity.SEAL}
        told = TEST_SETTINGS if test else SETTINGS
        self.stdout.write(told.format(folder=folder, password=identity.PASSWORD, **names))

    def _show(self, *, test: bool, **options: Any) -> None:
        found = x509.Certificate.load(sealing.identity(test=test).certificate())
        self.stdout.write(f"subject      {found.subject.human_friendly}")
        self.stdout.write(f"issuer       {found.issuer.human_friendly}")
        self.stdout.write(f"fingerprint  {found.sha256.hex()}")
        self.stdout.write(f"ends         {found.not_valid_after:%Y-%m-%d}")

    def _check(self, *, test: bool, **options: Any) -> None:
        """What the certificate says; then seal a page and judge it. Nothing is stored."""
        found = sealing.vetted(test=test)
        faults = list(_faults(found))
        self.stdout.write(f"Leads to {found.root}." if found.root else f"{found.why}.")
        self.stdout.write(f"Ends {found.ends:%Y-%m-%d}.")
        self.stdout.write(LISTED if found.qualified else NOT_LISTED)
        if faults:
            raise CommandError(f"{'; '.join(faults)}.")
        sealed = sealing.seal(_sample(), test=test)
        report = sealing.verify(sealed.content)
        if not report.intact:
            raise CommandError(f"{report.verdict}: {'; '.join(report.reasons)}.")
        self.stdout.write(f"A page was sealed by {sealed.signer} and judged {report.verdict}.")

    def _request(self, *, folder: Path | None, **options: Any) -> None:
        """Ask with a new key in the folder; without one with the key that the settings name."""
        if folder and options["certificate"]:
            self._take_in(folder, **options)
            return
        told = [options[name] for name in ("name", "country", "number", "common_name")]
        if not all(told[:3]):
            raise CommandError("request needs --name, --country and --number.")
        organisation = requests.Organisation(*told)
        if folder:
            made = requests.make_request(folder, organisation, kind=options["key"])
        else:
            made = requests.request_of(sealing.held(), organisation)
        self.stdout.write(made.decode().rstrip())

    def _take_in(
        self, folder: Path, *, certificate: Path, root: Path | None, **options: Any
    ) -> None:
        if root is None:
            raise CommandError("request --certificate needs --root: whom the certificate leads to.")
        requests.take_in(folder, certificate, root)
        self.stdout.write(TAKEN.format(folder=folder, seal=identity.SEAL))

    def _rotate(self, *, folder: Path | None, **options: Any) -> None:
        if folder is None:
            raise CommandError("rotate needs --folder: where create or request made the next seal.")
        done = sealing.rotate(folder)
        told = {"now": done.now, "before": done.before, "kept": done.kept}
        self.stdout.write(ROTATED.format(trusted=done.trusted, **told))


def _faults(found: Vetted) -> Iterator[str]:
    if not found.root:
        yield "it leads to no root in TRUST"
    if found.ends <= timezone.now():
        yield "it is over"
    if not found.commits:
        yield "its use is not to commit to contents (non-repudiation)"
    if found.retires and found.retires.at <= timezone.now():
        yield f"{found.retires.name} is retired"


def _sample() -> Bundle:
    content = b"A page to try the seal.\n"
    key = "0" * 32
    length, head = chain.genesis(key)
    trail = {"key": key, "length": length, "head": head, "records": []}
    subject = hashlib.sha256(content).hexdigest()
    record = evidence(subject, files=[("sample.txt", None, content)], statements=[], trail=trail)
    now = datetime.now(UTC).replace(microsecond=0)
    return Bundle(
        '<!doctype html><html lang="en"><head><title>Sample</title></head>'
        "<body><h1>Sample</h1><p>A page to try the seal.</p></body></html>",
        identified(record),
        attachments=(
            Attached("sample.txt", content, "Source", now),
            Attached("evidence.json", record, "Data", now),
        ),
    )
