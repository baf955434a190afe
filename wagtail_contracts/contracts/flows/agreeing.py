"""“I agree”: a yes to the text while it is discussed, or before another of one's party signs.

It is no signature and binds nobody. It counts as long as the version is the newest.
"""

from __future__ import annotations

from contextlib import suppress

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail_contracts import events
from wagtail_contracts.actors import SYSTEM, Actor
from wagtail_contracts.contracts.core import states, taking_part
from wagtail_contracts.contracts.errors import ApprovalMissing, WrongState
from wagtail_contracts.contracts.flows import announcing
from wagtail_contracts.contracts.flows.acting import insist
from wagtail_contracts.contracts.flows.partaking import insist_may
from wagtail_contracts.contracts.flows.sending import open_signing
from wagtail_contracts.contracts.flows.versioning import insist_on_current
from wagtail_contracts.contracts.models import Agreement, Contract, ContractVersion, Participant
from wagtail_contracts.contracts.models.guards import unguarded

DECIDING = (Participant.Role.SIGNATORY, Participant.Role.APPROVER)


@transaction.atomic
def agree_in_review(participant: Participant, digest: str, *, by: Actor) -> Agreement:
    """Note that somebody agrees to the version with this digest, once.

    Where the contract says so, the last one who is asked opens it for signing. Raises NotYourPart,
    WrongState, StaleVersion.
    """
    contract = Contract.objects.lock(participant.party.contract_id)
    insist_may(participant, taking_part.AGREE, contract)
    version = insist_on_current(contract, digest)
    given = Agreement.objects.filter(participant=participant, version=version).first()
    if given:
        return given

    made = Agreement.objects.create(participant=participant, version=version, at=timezone.now())

    data = {
        "participant": participant.public_id,
        "version": version.number,
        "digest": version.digest,
    }
    announcing.record(contract, events.AGREEMENT_GIVEN, data, by=by)
    announcing.tell_owner(contract, "agreed", by=by, participant=participant)
    _open_if_all(contract, version)
    return made


@transaction.atomic
def open_when_agreed(contract: Contract, *, opens: bool, by: Actor) -> None:
    """Say whether a contract opens for signing once all agree. Raises NotAllowed, WrongState.

    Where all have agreed already, it opens now.
    """
    contract = Contract.objects.lock(contract.pk)
    insist("send", contract, by=by)
    if not states.allows(contract.state, "opening"):
        raise WrongState(_("The contract is not in the state for this."))
    if contract.opens_when_agreed == opens:
        return

    with unguarded():
        contract.opens_when_agreed = opens
        contract.save(update_fields=["opens_when_agreed"])

    announcing.record(contract, events.OPENING_CHANGED, {"when_agreed": opens}, by=by)
    if contract.current_version:
        _open_if_all(contract, contract.current_version)


def asked_to_agree(contract: Contract) -> QuerySet[Participant]:
    """The signatories and approvers of all other parties: our side agreed by sending it."""
    people = Participant.objects.present().filter(party__contract=contract, role__in=DECIDING)
    return people.exclude(party__role__in=contract.own_roles).order_by("pk")


def yet_to_agree(contract: Contract, version: ContractVersion) -> QuerySet[Participant]:
    """Those of them who have not agreed to a version."""
    given = Agreement.objects.filter(version=version).values("participant")
    return asked_to_agree(contract).exclude(pk__in=given)


def all_agree(contract: Contract, version: ContractVersion) -> bool:
    """Whether somebody was asked, and everybody who was agrees to a version."""
    asked = asked_to_agree(contract).exists()
    return asked and not yet_to_agree(contract, version).exists()


def yet_to_approve(version: ContractVersion) -> list[Participant]:
    """The approvers of all parties who have not agreed to a version: their party waits for them."""
    people = Participant.objects.present().filter(
        party__contract=version.contract_id, role=Participant.Role.APPROVER
    )
    given = Agreement.objects.filter(version=version).values("participant")
    return list(people.exclude(pk__in=given).select_related("party").order_by("pk"))


def _open_if_all(contract: Contract, version: ContractVersion) -> None:
    """What needs a yes from inside first is opened by the owner, who was told."""
    if not contract.opens_when_agreed or contract.state != states.NEGOTIATING:
        return
    if all_agree(contract, version):
        with suppress(ApprovalMissing):
            open_signing(contract, by=SYSTEM)
