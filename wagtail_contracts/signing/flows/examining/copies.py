"""Somebody shows the verification page a copy of a contract of ours that is not what we sealed."""

from __future__ import annotations

from wagtail_contracts import examining
from wagtail_contracts.actors import Actor
from wagtail_contracts.contracts.models import ContractVersion
from wagtail_contracts.examining import Fault
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.sealing.core.reports import Report, Verdict
from wagtail_contracts.signing.flows.verifying import Verification
from wagtail_contracts.signing.models import Alarm

ALTERED = (
    Verdict.ALTERED,
    Verdict.MISMATCH,
    Verdict.UNPROVED,
    Verdict.UNKNOWN_SIGNER,
    Verdict.UNSEALED,
    Verdict.REVOKED,
    Verdict.UNREADABLE,
)


def note_shown(data: bytes, found: Verification, *, by: Actor) -> bool:
    """Ring for a file that says it is a contract of ours and is not, or that our trail contradicts.

    Of altered copies of one contract only the first rings, until somebody settles it. The file is
    not kept: its digest is.
    """
    about, code, same = "", "", "copy"
    if found.trail is False and found.version:
        about, code, same = found.version.digest, "copy_contradicts", found.report.sha256
    elif found.foreign or _is_altered(found.report):
        about, code = sealing.claimed(data), "copy_altered"
    if not about or not ContractVersion.objects.filter(digest=about).exists():
        return False
    return examining.ring(Alarm, Fault(code, about, found.report.sha256, same))[1]


def _is_altered(report: Report) -> bool:
    """A file that we keep is examined where it is kept."""
    return report.judged and not report.known and report.verdict in ALTERED
