"""Anybody holding a file learns whether it is a sealed contract and unchanged. Nothing is kept.

Whoever holds its fingerprint alone learns whether a file that has it was sealed here.
"""

from __future__ import annotations

import json
import re
from datetime import datetime
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.contracts.rendering import days
from wagtail_contracts.contracts.rendering.acting import is_joint
from wagtail_contracts.contracts.rendering.print import CONTRACT
from wagtail_contracts.sealing.core.reports import LARGEST, Verdict
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.backends import methods
from wagtail_contracts.signing.core import digests
from wagtail_contracts.signing.core.networks import network
from wagtail_contracts.signing.flows import Verification, examining
from wagtail_contracts.signing.public import phrases, visitors
from wagtail_contracts.signing.public.page import Page
from wagtail_contracts.signing.public.situations import Status

FORM = 64 << 10  # bytes of a request that are no file
AN_HOUR = 30  # files from one network
GIVEN = {"at", "name", "capacity", "level", "method", "participant"}  # of a signature, as shown


class InMemory(FileUploadHandler):
    """Holds an upload in memory, up to what is judged; Django's own would write it to disk."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin one."""
        super().new_file(*args, **kwargs)
        self.held = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep what came; refuse what is too much."""
        if start + len(raw_data) > LARGEST:
            raise StopUpload(connection_reset=True)
        self.held.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        """The whole of it."""
        self.held.seek(0)
        return InMemoryUploadedFile(
            self.held, self.field_name, self.file_name, self.content_type, file_size, self.charset
        )


class Verify(Page):
    """The page with the file input, and the verdict."""

    most = LARGEST + FORM

    def guard(self, request: HttpRequest) -> None:
        """Keep the upload off the disk."""
        super().guard(request)
        request.upload_handlers = [InMemory(request)]

    def get(self, request: HttpRequest) -> HttpResponse:
        """Ask for a file."""
        return self.show("verify", largest=LARGEST >> 20)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Judge a file."""
        upload = request.FILES.get("file")
        if upload is None and "digest" in request.POST:
            return self._recognised(request)
        if upload is None:
            problem = _("Choose a PDF file.")
            return self.show("verify", largest=LARGEST >> 20, problem=problem, status=422)
        self._count(request)
        data = upload.read()
        found = signing.verify(data)
        examining.note_shown(data, found, by=SYSTEM)
        return self.show("verdict", file=upload.name, **Findings(found).context())

    def _count(self, request: HttpRequest) -> None:
        """One more from this network. Raises TooMany."""
        signing.limit("verify", network(visitors.address(request)), most=AN_HOUR, by=SYSTEM)

    def _recognised(self, request: HttpRequest) -> HttpResponse:
        """Compare a fingerprint alone: the answer has nothing of any contract in it."""
        digest = digests.read(request.POST["digest"])
        if not digest:
            wrong = _("A fingerprint has 64 digits and letters from a to f.")
            return self.show("verify", largest=LARGEST >> 20, wrong=wrong, status=422)
        self._count(request)
        found = signing.recognise(digest)
        sealed_at = days.moment(found.sealed_at, ZoneInfo(settings.TIME_ZONE)) if found else ""
        whole = phrases.eights(digest)
        return self.show("recognised", found=found, sealed_at=sealed_at, whole=whole)


class Findings:
    """A verification in words for people. Of the text it says nothing, who holds it can read it."""

    def __init__(self, found: Verification) -> None:
        self.found, self.report = found, found.report
        contract = found.version.contract if found.version else None
        self.zone = ZoneInfo(contract.workspace.timezone if contract else "UTC")

    def context(self) -> dict[str, Any]:
        """What the page shows."""
        return {
            "verdict": self.verdict(),
            "test": self.is_test(),
            "checks": self.checks(),
            "report": self.report,
            "signatures": [self._signature(item) for item in self._statements()],
            "sealed_at": self._moment(self.report.sealed_at or self.report.claimed_at),
            "groups": phrases.groups(self._subject()) if self._subject() else [],
            "whole": phrases.eights(self.report.sha256),
            "version": self.found.version,
        }

    def verdict(self) -> Status:
        """One sentence."""
        if not self.report.judged:
            return self._not_now()
        if self.found.trail is False:
            return Status(
                _("The seal is whole, but our records say something else."), "warn", "bad"
            )
        if self.found.foreign:
            return Status(_("We did not seal this file."), "cross", "bad")
        if self.report.intact:
            return self._intact()
        return {
            Verdict.ALTERED: Status(_("This file was changed after sealing."), "cross", "bad"),
            Verdict.MISMATCH: Status(_("The records in this file contradict it."), "cross", "bad"),
            Verdict.UNPROVED: Status(
                _("A personal signature in this file does not hold."), "cross", "bad"
            ),
            Verdict.UNKNOWN_SIGNER: Status(
                _("We do not know who sealed this file."), "cross", "bad"
            ),
            Verdict.REVOKED: Status(_("The certificate of the seal was revoked."), "cross", "bad"),
            Verdict.UNDATED: Status(_("We could not check everything."), "warn", "notice"),
            Verdict.UNSEALED: Status(_("This file is not sealed."), "cross", "bad"),
            Verdict.UNREADABLE: Status(_("This file can’t be read as a PDF."), "cross", "bad"),
        }[self.report.verdict]

    def _not_now(self) -> Status:
        words = _("This file can’t be checked just now. Try again in a few minutes.")
        return Status(words, "warn", "notice")

    def _intact(self) -> Status:
        if self.is_test():
            return Status(
                _("This is a TEST. It is unchanged, and it binds nobody."), "warn", "notice"
            )
        if self.found.version is None:
            return Status(_("The seal is whole. We do not know this file."), "warn", "notice")
        return Status(_("This is the sealed contract. It is unchanged."), "check", "good")

    def is_test(self) -> bool:
        """Whether its seal, or the contract that it is of, was made for training."""
        version = self.found.version
        return self.report.test or bool(version and version.contract.workspace.training)

    def checks(self) -> list[Status]:
        """What was looked at, one line each."""
        made = [self._seal(), self._records(), self._trail()]
        return [check for check in made if check]

    def _seal(self) -> Status | None:
        if self.report.signer is None:
            return None
        if self.report.intact and not self.found.foreign:
            return Status(
                _("The seal is from %s, and it is whole") % self._signer(), "done", "good"
            )
        return Status(_("The seal inside names %s") % self._signer(), "warn", "notice")

    def _signer(self) -> str:
        """The organisation in the name of a certificate, else the whole name."""
        signer = self.report.signer or ""
        named = re.search(r"Organization: ([^,;]+)", signer)
        return named[1] if named else signer

    def _records(self) -> Status | None:
        if not self.report.intact:
            return None
        if self.report.known:
            return Status(_("It is, byte for byte, a file that we sealed and kept"), "done", "good")
        return Status(_("It is not one of the files that we keep"), "warn", "notice")

    def _trail(self) -> Status | None:
        if self.found.trail is None:
            return None
        if self.found.trail:
            return Status(_("It fits our unbroken record of what happened"), "done", "good")
        return Status(_("It does not fit our record of what happened"), "cross", "bad")

    def _statements(self) -> list[dict[str, Any]]:
        """Those that people made of a contract: a seal of ours may hold other kinds of files."""
        given = self.found.evidence["statements"] if self.found.evidence else []
        return [item for item in given if item.keys() >= GIVEN]

    def _subject(self) -> str:
        return str(self.found.evidence["subject"]) if self.found.evidence else ""

    def _signature(self, item: dict[str, Any]) -> dict[str, Any]:
        at = parse_datetime(item["at"])
        witnesses = [
            {"name": one["name"], "at": self._moment(parse_datetime(one["at"]))}
            for one in item.get("witnesses", ())
        ]
        return {
            "name": item["name"],
            "capacity": item["capacity"],
            "acts_as": item.get("acts_as", ""),
            "level": item["level"],
            "host": item.get("host", ""),
            "witnesses": witnesses,
            "jointly": item["participant"] in self._joint(),
            "at": self._moment(at),
            "method": methods.how(item["method"]),
        }

    def _joint(self) -> set[str]:
        """Ids of those who sign together with others of their party, as the file says."""
        text = self.report.files.get(CONTRACT, b"{}")
        parties = json.loads(text).get("content", {}).get("parties", [])
        return {one["id"] for party in parties if is_joint(party) for one in party["people"]}

    def _moment(self, at: datetime | None) -> str:
        if at is None:
            return ""
        return days.moment(at if timezone.is_aware(at) else timezone.make_aware(at), self.zone)
