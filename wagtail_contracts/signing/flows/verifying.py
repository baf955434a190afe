"""What the site can say about a file that somebody holds."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from wagtail_contracts.audit import flows as audit
from wagtail_contracts.audit.errors import ChainBroken, LogBroken
from wagtail_contracts.contracts.models import ContractVersion
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.sealing.core.reports import Report, Verdict
from wagtail_contracts.sealing.models import SealedFile
from wagtail_contracts.signing.flows.renewing import existence
from wagtail_contracts.signing.rendering import paper


@dataclass(frozen=True)
class Verification:
    """The verdict on the file, and what this site knows about it.

    `version` is the version that the file is about, if it is ours. `trail` says whether the trail
    here still holds what the file holds; None where there is nothing to compare. `foreign` files
    are about a version of ours under a trusted seal that is none of ours.
    """

    report: Report
    evidence: dict[str, Any] | None
    version: ContractVersion | None
    trail: bool | None
    trail_fault: str = ""
    foreign: bool = False


def verify(data: bytes) -> Verification:
    """Judge a file, then compare the trail inside it with the stored one. Reads only."""
    report = _judged(data)
    if not report.intact or paper.EVIDENCE not in report.files:
        return Verification(report, None, None, None)
    evidence = json.loads(report.files[paper.EVIDENCE])
    version = ContractVersion.objects.filter(digest=evidence["subject"]).first()
    if version is None:
        return Verification(report, evidence, None, None)
    if not sealing.sealed_here(report):
        return Verification(report, None, version, None, foreign=True)
    try:
        audit.compare(evidence["trail"])
    except ChainBroken as broken:
        return Verification(report, evidence, version, trail=False, trail_fault=str(broken))
    point = evidence["checkpoint"]
    if point and not audit.is_ours(point["note"]):
        fault = "the checkpoint inside is none of those that stand here"
        return Verification(report, evidence, version, trail=False, trail_fault=fault)
    return Verification(report, evidence, version, trail=True)


def _judged(data: bytes) -> Report:
    """Our checkpoints prove since when a file that we keep exists, where it no longer does."""
    report = sealing.verify(data)
    if report.verdict is not Verdict.UNDATED or not report.known:
        return report
    try:
        proof = existence(SealedFile.objects.get(digest=report.sha256))
    except (LogBroken, ImproperlyConfigured) as fault:
        report.notes.append(str(fault))
        return report
    return sealing.verify(data, proof=proof) if proof else report
