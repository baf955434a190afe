"""What a seal stands on, how long that lasts, and whether it lasted until something newer stood."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from pyhanko.sign.validation.status import (
    PdfSignatureStatus,
    SignatureStatus,
    TimestampSignatureStatus,
)

from wagtail_contracts import algorithms
from wagtail_contracts.sealing.core.reports import Fault, Report, Verdict
from wagtail_contracts.wire import tokens


def insist(
    seal: PdfSignatureStatus,
    stamps: Sequence[TimestampSignatureStatus],
    at: datetime,
    retired: Mapping[str, date],
) -> None:
    """Each was covered by the next before an algorithm of it retired. Raises the fault undated.

    `stamps` are the document time-stamps, the oldest first; the newest has to hold `at` a moment.
    """
    for status, covered in _covered(seal, stamps, at):
        over = algorithms.first(tokens.names(status), retired)
        if over and over.at <= covered:
            why = f"{over.name} is retired since {over.at.date()}, and nothing proves"
            raise Fault(Verdict.UNDATED, f"{why} that the seal or its time is older")


def describe(report: Report, seal: PdfSignatureStatus, *stamps: TimestampSignatureStatus) -> None:
    """Say until when the file proves itself, and by which algorithms; no retirement is in it.

    `stamps` are those that may carry it on, the oldest first: of B-LTA alone.
    """
    token = seal.timestamp_validity
    newest = [seal, token] if report.level != "B-LTA" or not stamps else [stamps[-1]]
    standing = [status for status in newest if status is not None]
    report.ends = min(tokens.ends(status) for status in standing)
    report.algorithms = sorted(set().union(*map(tokens.names, standing)))


def _covered(
    seal: PdfSignatureStatus, stamps: Sequence[TimestampSignatureStatus], at: datetime
) -> Iterator[tuple[SignatureStatus, datetime]]:
    """Each signature with the moment at which something newer proves it."""
    covered = at
    for stamp in (*reversed(stamps), seal.timestamp_validity):
        if stamp is not None:
            yield stamp, covered
            covered = stamp.timestamp
    yield seal, covered
