"""Letting others in: to sign instead, to approve before, to advise, to read; and showing them out.

By the rules of the template, which the contract keeps. Each gets a link of their own. Whoever is
replaced or shown out has none from that moment: their row says that they left.
"""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from wagtail_contracts import events
from wagtail_contracts.actors import Actor
from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.core import states, taking_part
from wagtail_contracts.contracts.errors import NotYourPart, PersonRefused, WrongState
from wagtail_contracts.contracts.flows import announcing
from wagtail_contracts.contracts.flows.acting import insist
from wagtail_contracts.contracts.flows.partaking import insist_is_here, insist_may
from wagtail_contracts.contracts.flows.people import (
    NewPerson,
    change_places,
    checked,
    disclosed,
    freeze_people,
    hand_over_draft,
    join,
    leave,
    told_of,
)
from wagtail_contracts.contracts.flows.quotas import insist_on_invitation
from wagtail_contracts.contracts.flows.telling import invite, tell_of
from wagtail_contracts.contracts.flows.versioning import insist_on_current
from wagtail_contracts.contracts.models import Contract, Participant, Party

SIGNATORY = Participant.Role.SIGNATORY


@transaction.atomic
def delegate(participant: Participant, digest: str, person: NewPerson, *, by: Actor) -> Participant:
    """Have somebody sign instead of a participant, whose part ends.

    `digest` is that of the version on the page. Raises NotYourPart, WrongState, StaleVersion,
    PersonRefused.
    """
    contract = Contract.objects.lock(participant.party.contract_id)
    person = insist_may_delegate(contract, participant, digest, person, by=by)
    if needs_consent(contract, participant):
        raise PersonRefused(_("The sender has to agree to whoever signs here."))

    return hand_on(contract, participant, person, by=by)


def needs_consent(contract: Contract, participant: Participant) -> bool:
    """Whether staff have to agree to somebody in this place: always to who signs for our side."""
    return contract.signatories_fixed or contract.is_own(participant.party)


def insist_may_delegate(
    contract: Contract, participant: Participant, digest: str, person: NewPerson, *, by: Actor
) -> NewPerson:
    """The person in clean words, who may come in place of a participant of a locked contract."""
    insist_may(participant, taking_part.FORWARD, contract)
    insist_on_current(contract, digest)
    if not contract.may_delegate:
        raise PersonRefused(_("The sender decides who signs here. Write to them."))
    person = checked(person, participant.party)
    insist_on_invitation(contract, person.email, asked_by=participant, by=by)
    return person


def hand_on(
    contract: Contract, participant: Participant, person: NewPerson, *, by: Actor
) -> Participant:
    """Put `person` in a participant's place, and tell everybody; `contract` is locked."""
    made = change_places(contract, participant, person, added_by=participant, by=by)
    hand_over_draft(participant, made)

    data = told_of(contract, made, instead_of=participant.public_id)
    announcing.record(contract, events.PERSON_FORWARDED, data, by=by, disclose=disclosed(person))
    invite(made, "forwarded", by=by)
    _tell_others(contract, made, by=by)
    return made


@transaction.atomic
def add_person(
    party: Party, person: NewPerson, role: str, *, by: Actor, asked_by: Participant | None = None
) -> Participant:
    """Let somebody take part for a party, beside those who do.

    `asked_by` is the signatory who wishes it, of the same party; without one it is our staff, who
    alone may add another signatory. Raises NotAllowed, NotYourPart, WrongState, PersonRefused.
    """
    contract = Contract.objects.lock(party.contract_id)
    _insist_may_add(contract, party, role, asked_by, by=by)
    person = checked(person, party)
    insist_on_invitation(contract, person.email, asked_by=asked_by, by=by)

    made: Participant = join(party, person, role=role, added_by=asked_by)
    if role == SIGNATORY:
        freeze_people(contract, by=by)

    data = told_of(contract, made)
    announcing.record(contract, events.PERSON_ADDED, data, by=by, disclose=disclosed(person))
    invite(made, "person_added", by=by)
    _tell_others(contract, made, by=by)
    return made


def _insist_may_add(
    contract: Contract, party: Party, role: str, asked_by: Participant | None, *, by: Actor
) -> None:
    if role not in Participant.Role.values:
        raise PersonRefused(_("Choose what the person should do."), "todo")
    if asked_by is None:
        insist("send", contract, by=by)
        _insist_on_state(contract, "add_person")
        return
    insist_may(asked_by, taking_part.ADD, contract)
    if asked_by.party_id != party.pk or role == SIGNATORY:
        raise NotYourPart(_("This is not for you to do in this contract. Nothing was stored."))
    if not contract.may_add_readers:
        raise PersonRefused(_("The sender decides who reads this. Write to them."))


@transaction.atomic
def replace_person(
    participant: Participant, person: NewPerson, reason: str, *, by: Actor
) -> Participant:
    """Put somebody else in a participant's place, from our side, in the same role.

    Raises NotAllowed, NotYourPart, WrongState, ReasonMissing, PersonRefused.
    """
    contract = Contract.objects.lock(participant.party.contract_id)
    insist("send", contract, by=by)
    _insist_on_state(contract, "replace_person")
    insist_is_here(participant)
    reason = announcing.insist_on_reason(reason)
    person = checked(person, participant.party, instead_of=participant)
    _insist_on_colleague(contract, person)
    insist_on_invitation(contract, person.email, asked_by=None, by=by)

    made = change_places(contract, participant, person, added_by=None, by=by)

    data = told_of(contract, made, instead_of=participant.public_id)
    told = disclosed(person, reason=reason)
    announcing.record(contract, events.PERSON_REPLACED, data, by=by, disclose=told)
    invite(made, "person_added", by=by)
    _tell_replaced(participant, made, by=by)
    _tell_others(contract, made, by=by)
    return made


@transaction.atomic
def revoke_access(
    participant: Participant,
    reason: str,
    *,
    by: Actor,
    asked_by: Participant | None = None,
) -> None:
    """End somebody's access at once: their link and every open page of theirs.

    `asked_by` is a signatory of the same party, for people whom that party added; without one it is
    our staff. Who signs is replaced, as long as there is something to sign. Raises NotAllowed,
    NotYourPart, WrongState, ReasonMissing, PersonRefused.
    """
    contract = Contract.objects.lock(participant.party.contract_id)
    _insist_may_revoke(contract, participant, asked_by, by=by)
    reason = announcing.insist_on_reason(reason)

    leave(participant)

    data, told = told_of(contract, participant), disclosed(participant, reason=reason)
    announcing.record(contract, events.ACCESS_REVOKED, data, by=by, disclose=told)
    tell_of([participant], "access_revoked", by=by)
    _tell_others(contract, participant, by=by)


def _insist_may_revoke(
    contract: Contract, participant: Participant, asked_by: Participant | None, *, by: Actor
) -> None:
    if asked_by is None:
        insist("send", contract, by=by)
        _insist_on_state(contract, "revoke_access")
    else:
        insist_may(asked_by, taking_part.ADD, contract)
        theirs = asked_by.party_id == participant.party_id and participant.added_by_id
        if not theirs or participant.role == SIGNATORY:
            raise NotYourPart(_("This is not for you to do in this contract. Nothing was stored."))
    insist_is_here(participant)
    needed = participant.role == SIGNATORY and states.allows(contract.state, "extend")
    if needed:
        raise PersonRefused(_("Whoever signs is replaced by somebody else, not taken away."))


def _insist_on_state(contract: Contract, verb: str) -> None:
    if not states.allows(contract.state, verb) or contract.current_version is None:
        raise WrongState(_("The contract is not in the state for this."))


def _insist_on_colleague(contract: Contract, person: NewPerson) -> None:
    """One of ours who takes part sees what they sign in the admin."""
    seen = permissions.colleagues(contract.workspace)
    if person.user and not seen.filter(pk=person.user.pk).exists():
        raise PersonRefused(_("This colleague has no part in the workspace."), "user")


def _tell_replaced(old: Participant, new: Participant, *, by: Actor) -> None:
    """Who is out learns it, but not who comes in anew to sign another way."""
    if new.email.lower() != old.email.lower():
        tell_of([old], "person_replaced", by=by)


def _tell_others(contract: Contract, about: Participant, *, by: Actor) -> None:
    """Everybody else learns who has access now; of a new version, if there is one."""
    others = [person for person in announcing.everybody(contract) if person.pk != about.pk]
    made = about.role == SIGNATORY and about.left_at is None
    if made and contract.current_version:
        tell_of(others, "new_version", by=by, version=contract.current_version.pk)
    else:
        tell_of(others, "people_changed", by=by)
    announcing.tell_owner(contract, "people_changed", by=by, participant=about)
