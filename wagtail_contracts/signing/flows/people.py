"""Handing a contract on, agreeing to it, and being replaced: what signatures have to say to that.

Whoever has signed the newest version has bound their party: nobody comes in their place.
"""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from wagtail_contracts.actors import Actor
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.errors import PersonRefused
from wagtail_contracts.contracts.models import (
    Agreement,
    Contract,
    Participant,
    PersonRequest,
)
from wagtail_contracts.signing.errors import AlreadySigned
from wagtail_contracts.signing.flows.standing import standing
from wagtail_contracts.signing.models import Signature

SIGN, APPROVE, READ, ADVISE = "sign", "approve", "read", "advise"
ROLES = {
    APPROVE: Participant.Role.APPROVER,
    READ: Participant.Role.READER,
    ADVISE: Participant.Role.ADVISER,
}


@transaction.atomic
def forward(
    participant: Participant, digest: str, person: contracts.NewPerson, todo: str, *, by: Actor
) -> Participant | PersonRequest:
    """Let somebody sign instead of a participant, approve before them, or read and advise.

    Where our side confirms who signs it is asked, and a request is returned. Raises NotYourPart,
    WrongState, StaleVersion, AlreadySigned, PersonRefused.
    """
    contract = Contract.objects.lock(participant.party.contract_id)
    if todo == SIGN:
        _insist_unsigned(contract, participant)
        if contracts.needs_consent(contract, participant):
            return contracts.ask_for_person(participant, digest, person, by=by)
        return contracts.delegate(participant, digest, person, by=by)
    if todo not in ROLES:
        raise PersonRefused(_("Choose what the person should do."), "todo")
    party, role = participant.party, ROLES[todo]
    return contracts.add_person(party, person, role, asked_by=participant, by=by)


@transaction.atomic
def consent_to(request: PersonRequest, *, by: Actor) -> Participant:
    """Let in whom a participant asked for, unless that participant has signed meanwhile.

    Raises NotAllowed, Overtaken, NotYourPart, WrongState, AlreadySigned, PersonRefused.
    """
    contract = Contract.objects.lock(request.participant.party.contract_id)
    _insist_unsigned(contract, request.participant)
    return contracts.consent_to(request, by=by)


@transaction.atomic
def replace_person(
    participant: Participant, person: contracts.NewPerson, reason: str, *, by: Actor
) -> Participant:
    """Put somebody else in the place of a participant who has not signed the newest version.

    Raises NotAllowed, NotYourPart, WrongState, AlreadySigned, ReasonMissing, PersonRefused.
    """
    contract = Contract.objects.lock(participant.party.contract_id)
    _insist_unsigned(contract, participant)
    return contracts.replace_person(participant, person, reason, by=by)


@transaction.atomic
def agree(participant: Participant, digest: str, *, by: Actor) -> Agreement:
    """Agree to the version with this digest; whose turn it is to sign by that is told.

    Raises NotYourPart, WrongState, StaleVersion.
    """
    contract = Contract.objects.lock(participant.party.contract_id)
    version = contracts.insist_on_current(contract, digest)
    before = {place.person["id"] for place in standing(version).waiting}
    made = contracts.agree_in_review(participant, digest, by=by)
    ids = {place.person["id"] for place in standing(version).waiting} - before
    if contract.state == "signing":  # where it was opened by this, everybody is told of that
        contracts.tell(Participant.objects.filter(public_id__in=ids).order_by("pk"), "your_turn")
    return made


def _insist_unsigned(contract: Contract, participant: Participant) -> None:
    version = contract.current_version
    if Signature.objects.filter(participant=participant, version=version).exists():
        raise AlreadySigned(_("This version is signed already. Nobody can sign it instead."))
