"""manage.py sealing_identity: the certificate that this site seals with."""

import hashlib
from argparse import ArgumentParser
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from asn1crypto import x509
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError

from wagtail_contracts import chain
from wagtail_contracts.errors import Refusal
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.sealing.backends import identity
from wagtail_contracts.sealing.core.identities import TEST
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


class Command(BaseCommand):
    """Exit 0 when it is done or all is well, 1 otherwise."""

    help = "Make a local authority and a seal under it, show the seal, or try it."
    requires_system_checks: list[str] = []  # the checks ask for what this makes

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What to do, where and for whom."""
        parser.add_argument("action", choices=["create", "show", "check"])
        parser.add_argument("--folder", type=Path, help="create: a private folder to write to")
        parser.add_argument("--test", action="store_true", help="create, show: the test identity")
        parser.add_argument("--name", default="", help="create: the organisation in the seal")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, or say why not."""
        actions = {"create": self._make, "show": self._show, "check": self._check}
        try:
            actions[options["action"]](**options)
        except (Refusal, ImproperlyConfigured, OSError) as error:
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

    def _check(self, **options: Any) -> None:
        """Seal a page and judge it, as every contract is; nothing is stored."""
        sealed = sealing.seal(_sample())
        report = sealing.verify(sealed.content)
        if not report.intact:
            raise CommandError(f"{report.verdict}: {'; '.join(report.reasons)}.")
        self.stdout.write(f"A page was sealed by {sealed.signer} and judged {report.verdict}.")


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
