"""One contract: its versions, its trails, its signatures, its state, its sealed files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from django.db import InterfaceError, OperationalError
from django.utils import timezone

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import Answer, Contract, ContractVersion, Participant
from wagtail_contracts.signing.core import quorum
from wagtail_contracts.signing.flows.checking import files, levels, trails
from wagtail_contracts.signing.flows.checking.findings import Finding
from wagtail_contracts.signing.flows.checking.story import compare, given, rows, story
from wagtail_contracts.signing.flows.standing import signed_in_full
from wagtail_contracts.signing.flows.watching import PATIENCE
from wagtail_contracts.signing.models import Identification

LARGE = ("body", "outline", "fields", "roles", "values", "title")
FILES = (levels.of_contract, files.exhibits)


def judge(pk: int, tally: trails.Tally, *, sealed: bool = True) -> list[Finding]:
    """All that is wrong with a contract; a row that nothing can read is a finding, too.

    Its sealed files are judged by another walk where `sealed` is false.
    """
    contract = Contract.objects.defer(*LARGE).filter(pk=pk).first()
    if contract is None:  # a draft that was deleted meanwhile
        return []
    found = _tried(contract, lambda: trails.shared(contract, tally))
    whole = not any(finding.code.startswith("trail_") for finding in found)
    found += _tried(contract, lambda: trails.own(contract, tally))
    steps = (_versions, _people, _signatures, _answers, _complete, *FILES)
    for step in (*steps, files.of_contract) if sealed else steps:
        found += _tried(contract, lambda step=step: step(contract))  # type: ignore[misc]
    # A trail that is broken tells nothing about the rows.
    return found + (_tried(contract, lambda: _told(contract)) if whole else [])


def _tried(contract: Contract, step: Callable[[], Iterable[Finding]]) -> list[Finding]:
    found: list[Finding] = []
    try:
        found.extend(step())
    except (OperationalError, InterfaceError):  # the database is away, and no row is damaged
        raise
    except Exception as error:  # noqa: BLE001 - whatever a damaged row raises, the rest is judged
        words = (f"{type(error).__name__}: {error}",)
        found.append(Finding("contract_unreadable", words, contract.number))
    return found


def _versions(contract: Contract) -> Iterator[Finding]:
    for number, fault in contracts.version_faults(contract):
        yield Finding(f"version_{fault}", (), contract.number, number)


def _people(contract: Contract) -> Iterator[Finding]:
    """Everybody in the newest version is there."""
    if (version := _current(contract)) is None:
        return
    people = Participant.objects.filter(party__contract=contract)
    there = set(people.values_list("public_id", flat=True))
    for party in version.content["parties"]:
        for name in (person["name"] for person in party["people"] if person["id"] not in there):
            yield Finding("participant_missing", (name,), contract.number, version.number)


def _signatures(contract: Contract) -> Iterator[Finding]:
    """Each names its version's digest, is by somebody whom that asks, and is identified."""
    signatures = given(contract)
    versions = {signature.version for signature in signatures}
    digests = dict(contract.versions.filter(pk__in=versions).values_list("pk", "digest"))
    asked = {pk: _asked(ContractVersion.objects.get(pk=pk)) for pk in versions}
    proofs = Identification.objects.filter(version__in=versions)
    proved = {pk: whom for pk, *whom in proofs.values_list("pk", "participant_id", "version_id")}
    for signature in signatures:
        faults = {
            "digest": signature.digest != digests[signature.version],
            "stranger": signature.person not in asked[signature.version],
            "identification": proved.get(signature.identification)
            != [signature.participant, signature.version],
        }
        for fault in (name for name, wrong in faults.items() if wrong):
            words = (signature.person,)
            yield Finding(f"signature_{fault}", words, contract.number, signature.number)


def _asked(version: ContractVersion) -> set[str]:
    return {person["id"] for _party, person in quorum.signatories(version.content)}


def _answers(contract: Contract) -> Iterator[Finding]:
    answers = Answer.objects.filter(version__contract=contract).order_by("version__number", "pk")
    version: ContractVersion | None = None
    for answer in answers.iterator(chunk_size=100):
        if version is None or version.pk != answer.version_id:
            version = ContractVersion.objects.get(pk=answer.version_id)
            values = {item["key"]: item["value"] for item in version.content["values"]}
        if answer.key not in values or values[answer.key] != answer.value:
            yield Finding("answer_other", (answer.key,), contract.number, version.number)


def _complete(contract: Contract) -> Iterator[Finding]:
    """Every party of a signed contract is bound by those who signed its newest version."""
    version = _current(contract)
    if contract.state != "signed" or version is None:
        return
    signed = signed_in_full(version)
    loose = [party for party in version.content["parties"] if not quorum.bound(party, signed)]
    if loose:
        names = ", ".join(party["name"] for party in loose)
        yield Finding("contract_unsigned", (names,), contract.number, version.number)


def _told(contract: Contract) -> Iterator[Finding]:
    """State and rows follow from the trail, and each event has its row."""
    told, there = story(contract), contracts.stand(contract)
    if there != told.stand:
        words = tuple(" ".join(filter(None, stand)) for stand in (there, told.stand))
        yield Finding("contract_row", words, contract.number)
    found = rows(contract, given(contract))
    yield from compare(contract, told.rows, found)
    unsealed = not found["seal"] and "seal" not in told.rows
    if told.stand.state == "signed" and unsealed and _long_ago(told.signed_at):
        yield Finding("seal_waiting", (told.signed_at,), contract.number)


def _long_ago(moment: str) -> bool:
    return timezone.now() - datetime.fromisoformat(moment) > PATIENCE


def _current(contract: Contract) -> ContractVersion | None:
    """Its row may be gone, though the contract names it."""
    return ContractVersion.objects.filter(pk=contract.current_version_id or 0).first()
