"""Whether a file is sealed, by whom, and whether it has been changed since."""

import hashlib
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils import timezone

from wagtail_contracts.sealing.conf import sealing
from wagtail_contracts.sealing.core.reports import LARGEST, TOO_MUCH, Report
from wagtail_contracts.sealing.flows.proving import listed, roots
from wagtail_contracts.sealing.models import SealedFile
from wagtail_contracts.sealing.rendering import typefaces, worker

if TYPE_CHECKING:
    from wagtail_contracts.sealing.core.judging.judge import Trust

JOB = "wagtail_contracts.sealing.core.judging.jobs:job"
LIMITS = worker.Limits(memory=768 << 20, cpu=10, wall=30.0, file=1 << 20)
NOT_NOW = "not judged now: there is no time or room for it"


def verify(data: bytes, *, at: datetime | None = None, proof: bytes | None = None) -> Report:
    """Judge a file that somebody handed in, with the configured roots, as of now or `at`.

    `proof` is one of existence; with it the file is judged as of when it is proved to exist.

    It is read in a process of its own with little time and memory. `known` says whether it is,
    byte for byte, a file that was sealed and kept here. A stranger's file that takes more is
    unreadable, as TOO_MUCH says; one that is known was judged before, and one that nobody began to
    read is not told from others: they are not `judged`.
    """
    try:
        report, limit = judged(data, at=at, proof=proof), None
    except worker.LimitReached as reached:
        report, limit = _unreadable(data, TOO_MUCH), reached
    report.known = SealedFile.objects.filter(digest=report.sha256).exists()
    if limit and (report.known or isinstance(limit, worker.NotStarted)):
        report.judged, report.reasons = False, [NOT_NOW]
    return report


def judged(data: bytes, *, at: datetime | None = None, proof: bytes | None = None) -> Report:
    """As `verify`, for bytes that need no verdict whatever it takes. Raises LimitReached."""
    from wagtail_contracts.sealing.core.judging import jobs

    if len(data) > LARGEST:
        return _unreadable(data, "larger than 25 MB")
    request = jobs.ask(data, trust(), at or timezone.now(), proof)
    try:
        said = worker.shared(JOB, LIMITS, (typefaces.BUNDLED,))(request)
    except worker.JobRefused as error:
        return _unreadable(data, error.kind)
    return jobs.answer(said)


def sealed_here(report: Report) -> bool:
    """Whether a seal of this site made it, as the files that were kept say.

    A trusted root may have issued seals to others: that one of them holds says nothing of ours.
    """
    ours = SealedFile.objects.filter(signer_fingerprint=report.fingerprint)
    return bool(report.known) or ours.exists()


def trust() -> "Trust":
    """The roots of our own seals, of time, and of persons. Raises ImproperlyConfigured."""
    from wagtail_contracts.sealing.core.judging.judge import Trust

    stamps = listed("TIMESTAMP_TRUST", sealing().timestamp_trust)
    seals = listed("TRUST", sealing().trust)
    return Trust(seals, stamps, persons=roots(), retired=sealing().retired)


def _unreadable(data: bytes, reason: str) -> Report:
    return Report(hashlib.sha256(data).hexdigest(), reasons=[reason])
