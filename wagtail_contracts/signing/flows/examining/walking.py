"""What there is to examine on this floor, beside what audit and sealing examine by themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta

from wagtail_contracts import examining
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.audit.models import Trail
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import Contract, ContractVersion, StoredFile
from wagtail_contracts.examining import Fault, Step, Walk
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.sealing.models import SealedFile
from wagtail_contracts.signing.conf import signing
from wagtail_contracts.signing.flows.checking import contract, files, trails
from wagtail_contracts.signing.flows.checking.findings import WORDS, Finding
from wagtail_contracts.signing.flows.checkpointing import overdue
from wagtail_contracts.signing.flows.renewing import ageing
from wagtail_contracts.signing.models import Alarm, Examination

OURS = ("wagtail_contracts", "wagtail_contracts_signing", "wagtail_contracts_outbox")
SOON = timedelta(minutes=10)
UNREAD = "exhibit_unread"
DUE = "due"  # the walk over what waits for too long
ELSEWHERE = ("trail_broken", "disclosure_", "seal_waiting")  # told by others
# In whose words people may have names.
NAMING = ("participant_missing", "contract_unsigned", "contract_unreadable")


def walks() -> list[Walk]:
    """All walks: those of audit, of sealing, and ours."""
    cycle = timedelta(hours=signing().examine_hours)
    judged = timedelta(hours=signing().judge_hours)
    guard = examining.lost_triggers(*OURS, of=Contract)
    steps = [
        examining.at_once("triggers", guard),
        Step("contracts", examining.one_by_one(Contract.objects.only("pk", "uuid"), _contract)),
        Step("gone", examining.one_by_one(Trail.objects.only("key"), _gone)),
        Step("orphans", examining.one_by_one(SealedFile.objects.only("subject", "name"), _orphan)),
    ]
    due = [
        examining.at_once("due", overdue),
        examining.at_once("ages", ageing),
    ]
    return [
        *audit.walks(cycle),
        *sealing.walks(cycle, judged, _records),
        Walk("contracts", steps, Examination, Alarm, cycle),
        Walk(DUE, due, Examination, Alarm, SOON),
    ]


def _contract(row: Contract) -> Iterator[Fault]:
    tally = trails.Tally.begun()
    for finding in contract.judge(row.pk, tally, sealed=False):
        if not finding.harmless and not finding.code.startswith(ELSEWHERE):
            yield _away(finding) or Fault(finding.code, row.trail, _why(finding))


def _away(finding: Finding) -> Fault | None:
    """One fault for all files of a storage that is away, which ends the slice: each costs time."""
    if finding.code != UNREAD:
        return None
    [digest] = finding.words
    other = StoredFile.objects.exclude(digest=digest).order_by("pk").last()
    if other is None or contracts.file_fault(other) != "unread":
        return None
    return Fault(UNREAD, "", "no file can be read", same="storage", away=True)


def _why(finding: Finding) -> str:
    plain = WORDS[finding.code][0].replace("%s", "…")
    words = plain if finding.code in NAMING else finding.what
    return f"version {finding.version}: {words}" if finding.version else words


def _gone(trail: Trail) -> Iterator[Fault]:
    if trails.is_gone(trail.key):
        yield Fault("contract_gone", trail.key)


def _orphan(kept: SealedFile) -> Iterator[Fault]:
    if not ContractVersion.objects.filter(digest=kept.subject).exists():
        yield Fault("seal_orphan", kept.subject, kept.name)


def _records(kept: SealedFile, inside: Mapping[str, bytes]) -> Iterator[Fault]:
    for code, why in files.records(kept, inside):
        yield Fault(code, kept.subject, f"{kept.name}: {why}")
