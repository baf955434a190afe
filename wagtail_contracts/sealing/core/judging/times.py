"""Whether the times of a seal were given by authorities for time, and can be true."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from pyhanko.sign.validation.status import PdfSignatureStatus, TimestampSignatureStatus

from wagtail_contracts.sealing.core.reports import Fault, Verdict
from wagtail_contracts.wire import tokens


def insist(
    seal: PdfSignatureStatus, stamps: Sequence[TimestampSignatureStatus], at: datetime
) -> None:
    """Each was given by a known authority, and before whatever covers it. Raises the fault undated.

    `stamps` are the document time-stamps, the oldest first; nothing covers the newest, which was
    given before `at`. Clocks differ by up to `tokens.DRIFT`.
    """
    for stamp in (*reversed(stamps), seal.timestamp_validity):
        if stamp is not None:
            _insist(stamp, at)
            at = min(at, stamp.timestamp)


def _insist(stamp: TimestampSignatureStatus, covered: datetime) -> None:
    if not stamp.trusted:
        raise _undated("a timestamp's authority is not known, or its certificate is over")
    if not tokens.is_for_time(stamp.signing_cert):
        raise _undated("a timestamp by a certificate that is not for timestamps alone")
    if stamp.timestamp > covered + tokens.DRIFT:
        day = stamp.timestamp.date()
        raise _undated(f"a timestamp of {day}, which is later than it can have been made")


def _undated(why: str) -> Fault:
    return Fault(Verdict.UNDATED, why)
