"""What the site can say about a file that somebody holds."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from wagtail_contracts.audit import flows as audit
from wagtail_contracts.audit.errors import ChainBroken
from wagtail_contracts.contracts.models import ContractVersion
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.sealing.core.reports import Report
from wagtail_contracts.signing.rendering import paper


@dataclass(frozen=True)
class Verification:
    """The verdict on the file, and what this site knows about it.

    `version` is the version that the file is about, if it is ours. `trail` says whether the trail
    here still holds what the file holds; None where there is nothing to compare.
    """

    report: Report
    evidence: dict[str, Any] | None
    version: ContractVersion | None
    trail: bool | None
    trail_fault: str = ""


def verify(data: bytes) -> Verification:
    """Judge a file, then compare the trail inside it with the stored one. Reads only."""
    report = sealing.verify(data)
    if not report.intact or paper.EVIDENCE not in report.files:
        return Verification(report, None, None, None)
    evidence = json.loads(report.files[paper.EVIDENCE])
    version = ContractVersion.objects.filter(digest=evidence["subject"]).first()
    if version is None:
        return Verification(report, evidence, None, None)
    try:
        audit.compare(evidence["trail"])
    except ChainBroken as broken:
        return Verification(report, evidence, version, trail=False, trail_fault=str(broken))
    return Verification(report, evidence, version, trail=True)
