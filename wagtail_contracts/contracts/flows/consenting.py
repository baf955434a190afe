"""Where our side confirms who signs: somebody is asked for, and let in or not."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail_contracts import events
from wagtail_contracts.actors import Actor
from wagtail_contracts.contracts.core import taking_part
from wagtail_contracts.contracts.errors import Overtaken, PersonRefused, WrongState
from wagtail_contracts.contracts.flows import announcing
from wagtail_contracts.contracts.flows.acting import insist, staff
from wagtail_contracts.contracts.flows.inviting import hand_on, insist_may_delegate
from wagtail_contracts.contracts.flows.partaking import insist_may
from wagtail_contracts.contracts.flows.people import DECIDED, NewPerson, checked, disclosed
from wagtail_contracts.contracts.flows.telling import tell_of
from wagtail_contracts.contracts.models import Contract, Participant, PersonRequest

State = PersonRequest.State


@transaction.atomic
def ask_for_person(
    participant: Participant, digest: str, person: NewPerson, *, by: Actor
) -> PersonRequest:
    """Ask our side to let somebody sign instead of a participant, who signs until then.

    Raises NotYourPart, WrongState, StaleVersion, PersonRefused.
    """
    contract = Contract.objects.lock(participant.party.contract_id)
    person = insist_may_delegate(contract, participant, digest, person, by=by)
    if PersonRequest.objects.filter(participant=participant, state=State.PENDING).exists():
        raise PersonRefused(_("You have asked for somebody already. Wait for the answer."))

    request = PersonRequest.objects.create(
        participant=participant,
        name=person.name,
        email=person.email,
        language=person.language,
        capacity=person.capacity,
        phone=person.phone,
        message=person.message,
        asked_at=timezone.now(),
    )

    data = _told(request)
    announcing.record(contract, events.REQUEST_MADE, data, by=by, disclose=disclosed(person))
    announcing.tell_owner(contract, "person_asked", by=by, participant=participant)
    return request


@transaction.atomic
def consent_to(request: PersonRequest, *, by: Actor) -> Participant:
    """Let in whom a participant asked for, in their place.

    Raises NotAllowed, Overtaken, NotYourPart, WrongState, PersonRefused.
    """
    contract, request = _pending(request, by=by)
    asker = request.participant
    insist_may(asker, taking_part.FORWARD, contract)
    person = checked(_person(request), asker.party)

    _decide(request, State.ACCEPTED, by=by)
    announcing.record(contract, events.REQUEST_ACCEPTED, _told(request), by=by)
    tell_of([asker], "person_confirmed", by=by)
    return hand_on(contract, asker, person, by=by)


@transaction.atomic
def refuse_person(request: PersonRequest, reason: str, *, by: Actor) -> None:
    """Leave it as it is, and say why. Raises NotAllowed, Overtaken, ReasonMissing."""
    contract, request = _pending(request, by=by)
    reason = announcing.insist_on_reason(reason)

    _decide(request, State.REFUSED, by=by, answer=reason)

    told = {"reason": reason}
    announcing.record(contract, events.REQUEST_REFUSED, _told(request), by=by, disclose=told)
    tell_of([request.participant], "person_refused", by=by)


def insist_on_person_request(contract: Contract) -> PersonRequest:
    """The request that waits longest. Raises WrongState where nobody asks for anybody."""
    mine = PersonRequest.objects.filter(participant__party__contract=contract, state=State.PENDING)
    found = mine.select_related("participant__party").order_by("pk").first()
    if found is None:
        raise WrongState(_("Nobody asks for another signatory."))
    return found


def _pending(request: PersonRequest, *, by: Actor) -> tuple[Contract, PersonRequest]:
    """The locked contract, and the request as it is now. Raises Overtaken for one that is over."""
    contract = Contract.objects.lock(request.participant.party.contract_id)
    insist("send", contract, by=by)
    found = PersonRequest.objects.select_related("participant__party").get(pk=request.pk)
    if found.state != State.PENDING:
        raise Overtaken(_("This was answered meanwhile."))
    return contract, found


def _decide(request: PersonRequest, state: str, *, by: Actor, answer: str = "") -> None:
    decided = {"state": state, "answer": answer, "decided_at": timezone.now(), **DECIDED}
    for name, value in {**decided, "decided_by": staff(by)}.items():
        setattr(request, name, value)
    request.save(update_fields=[*decided, "decided_by"])


def _person(request: PersonRequest) -> NewPerson:
    names = ("name", "email", "phone", "language", "capacity", "message")
    return NewPerson(**{name: getattr(request, name) for name in names})


def _told(request: PersonRequest) -> dict[str, str]:
    return {"request": request.public_id, "participant": request.participant.public_id}
