"""A consumer withdraws from a signed contract, within the time that its template gives.

The contract was signed and stays so, with its sealed file: that somebody withdrew from it is an act
of its own. `withdraw` is what a sender does before. Source: Directive 2011/83/EU art. 9 to 11a.
"""

from __future__ import annotations

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail_contracts import events
from wagtail_contracts.actors import Actor
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.errors import WrongState
from wagtail_contracts.contracts.flows import disclosing
from wagtail_contracts.contracts.models import Contract, ContractVersion, Participant
from wagtail_contracts.signing.errors import RetractionOver
from wagtail_contracts.signing.models import Retraction, Signature


def retraction_of(contract: Contract) -> Retraction | None:
    """That a consumer withdrew, if one did."""
    return Retraction.objects.filter(contract=contract).select_related("participant").first()


def retracted() -> QuerySet[Any, Any]:
    """The keys of all contracts that a consumer withdrew from."""
    return Retraction.objects.values("contract")


def retracts_until(participant: Participant, version: ContractVersion) -> date | None:
    """The last day on which somebody may withdraw; None for whoever has no such right."""
    contract = version.contract
    if contract.state != "signed" or not contract.withdrawal_days:
        return None
    given = Signature.objects.filter(version=version)
    if not given.filter(participant=participant).exists():
        return None
    if not disclosing.is_consumer(participant, version):
        return None
    zone = ZoneInfo(contract.workspace.timezone)
    last = given.order_by("at").last()
    return disclosing.withdrawal_ends(contract, last.at.astimezone(zone).date()) if last else None


@transaction.atomic
def retract(participant: Participant, digest: str, statement: str, *, by: Actor) -> Retraction:
    """Withdraw from a signed contract; a second time gives the first.

    `statement` is what was said, as it was shown. Raises StaleVersion, WrongState, RetractionOver.
    """
    contract = Contract.objects.lock(participant.party.contract_id)
    version = contracts.insist_on_current(contract, digest)
    if there := retraction_of(contract):
        return there
    _insist_in_time(participant, version)

    made = Retraction.objects.create(
        contract=contract, version=version, participant=participant, at=timezone.now()
    )

    data = {"participant": participant.public_id, "version": version.number, "digest": digest}
    told = {"statement": statement}
    contracts.record(contract, events.CONTRACT_RETRACTED, data, by=by, disclose=told)
    contracts.tell([participant], "retraction")
    others = [person for person in contracts.everybody(contract) if person != participant]
    contracts.tell([one for one in others if one.user_id != contract.owner_id], "retracted")
    contracts.tell_owner(contract, "retracted", by=by, participant=participant)
    return made


def _insist_in_time(participant: Participant, version: ContractVersion) -> None:
    until = retracts_until(participant, version)
    if until is None:
        raise WrongState(_("Nobody can withdraw from this contract here."))
    zone = ZoneInfo(version.contract.workspace.timezone)
    if timezone.now().astimezone(zone).date() > until:
        raise RetractionOver(_("The time to withdraw is over. Write to the sender instead."))


def retraction_words(contract: Contract) -> str:
    """The statement by which a consumer withdrew; "" once it was erased."""
    told = Event.objects.of(contract.trail).named(events.CONTRACT_RETRACTED).last()
    return told.disclosures.get("statement", "") if told else ""
