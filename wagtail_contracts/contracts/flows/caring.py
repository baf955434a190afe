"""What is kept about a person, and how it goes: the rows, the revisions, the disclosed values.

What others signed stays as it was signed: versions, signatures and the texts of threads go with the
contract. The chain of events stays whole, as its records hold commitments only.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.models import Revision

from wagtail_contracts import events
from wagtail_contracts.actors import Actor
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.audit.models import Disclosure, Event
from wagtail_contracts.contracts.core import states
from wagtail_contracts.contracts.errors import WrongState
from wagtail_contracts.contracts.flows import announcing, indexing
from wagtail_contracts.contracts.flows.acting import insist
from wagtail_contracts.contracts.flows.people import lapse_requests
from wagtail_contracts.contracts.models import (
    AnswerDraft,
    AnswerFile,
    Contract,
    Notification,
    Participant,
    PersonRequest,
)
from wagtail_contracts.contracts.models.guards import unguarded
from wagtail_contracts.outbox import flows as outbox

GROUND = "GDPR art. 17"
CONTACT = ("email", "phone", "national_id")
ASKED = ("name", "email", "phone", "capacity", "message")  # of a request, whom it is about
ABOUT = frozenset({"name", "message", "email", "phone", "evidence"})  # kinds, of whom data name
WITNESS = {events.WITNESS_ATTESTED: {"name", "about"}}  # theirs, who was present, of nobody else
BUSY = (states.OPEN | states.INSIDE) - {states.DRAFT}
Held = dict[str, list[str]]


@transaction.atomic
def forget(participant: Participant, reason: str, *, by: Actor) -> None:
    """Erase what is kept about somebody who takes part no more, and record it with the reason.

    Raises NotAllowed, WrongState, ReasonMissing, ReasonTooLong.
    """
    contract = Contract.objects.lock(participant.party.contract_id)
    for action in ("administer", "sensitive"):
        insist(action, contract, by=by)
    if contract.state in BUSY and participant.left_at is None:
        words = _("This person takes part still. End the access first, or the contract.")
        raise WrongState(words)
    reason = announcing.insist_on_reason(reason)

    asked = requests_about(participant)  # found by what goes
    _blank(contract, participant)
    _blank_revisions(contract, participant)
    _drop(participant)
    _drop_requests(asked)
    outbox.forget_errors(participant=participant.pk)
    for key, commitments in _held(contract, participant, asked).items():
        told = {"reason": reason} if key == contract.trail else None
        about = {"participant": participant.public_id}
        audit.erase_all(key, commitments, GROUND, by=by, about=about, disclose=told)
    indexing.index(contract)


def nameless(contract: Contract) -> str:
    """What somebody is called whose name was erased, in the contract's language."""
    with translation.override(contract.language):
        return _("Erased person")


def keeps_name(contract: Contract, participant: Participant) -> bool:
    """Whether a version names this person: it can't change, so the name goes with the contract."""
    return contract.versions.filter(record__contains=f'"{participant.public_id}"').exists()


def requests_about(participant: Participant) -> list[PersonRequest]:
    """Where somebody of their party asked that this person signs.

    Who was let in is known by whose place they took, others by the address.
    """
    made = PersonRequest.objects.filter(participant__party=participant.party_id).order_by("pk")
    return [one for one in made.select_related("participant") if _is_about(one, participant)]


def names_of(participant: Participant, asked: Iterable[PersonRequest]) -> list[str]:
    """The ids by which events say that they are about this person."""
    return [participant.public_id, *(one.public_id for one in asked)]


def is_about(event: Event, ids: Collection[str]) -> bool:
    """Whether an event is about the person with these ids, whoever did it."""
    return any(event.data.get(key) in ids for key in ("person", "participant", "request"))


def disclosed_of(event: Event, ids: Sequence[str]) -> dict[str, str]:
    """What an event discloses of this person, by kind; nothing of whoever else was there.

    Whoever asked for somebody has their name erased, and doesn't get it.
    """
    kinds = set(_kinds(event, ids))
    if event.data.get("request", ids[0]) not in ids:
        kinds.discard("name")
    return {kind: value for kind, value in event.disclosures.items() if kind in kinds}


def _is_about(request: PersonRequest, participant: Participant) -> bool:
    if request.state == PersonRequest.State.ACCEPTED:
        return request.participant.replaced_by_id == participant.pk
    return bool(request.email) and request.email.casefold() == participant.email.casefold()


def _blank(contract: Contract, participant: Participant) -> None:
    for name in CONTACT:
        setattr(participant, name, "")
    if not keeps_name(contract, participant):
        participant.name, participant.capacity = nameless(contract), ""
    with unguarded():
        participant.save(update_fields=[*CONTACT, "name", "capacity"])


def _blank_revisions(contract: Contract, participant: Participant) -> None:
    """A revision that was taken from a draft is made anew without what was erased."""
    for revision in Revision.objects.for_instance(contract).iterator():
        if _blanked(revision.content, participant):
            Revision.objects.filter(pk=revision.pk).update(content=revision.content)


def _blanked(content: dict[str, Any], participant: Participant) -> bool:
    people = [person for party in content.get("parties", ()) for person in party.get("people", ())]
    mine = [person for person in people if person.get("public_id") == participant.public_id]
    for person in mine:
        person.update({name: "" for name in CONTACT if name in person})
        person.update(name=participant.name, capacity=participant.capacity)
    return bool(mine)


def _drop(participant: Participant) -> None:
    """What was kept for them alone, and whom they asked to let in."""
    AnswerDraft.objects.filter(participant=participant).delete()
    AnswerFile.objects.filter(participant=participant).delete()
    Notification.objects.filter(participant=participant).delete()
    asked = PersonRequest.objects.filter(participant=participant)
    asked.update(answer="")
    _drop_requests(asked)


def _drop_requests(asked: Iterable[PersonRequest]) -> None:
    keys = [one.pk for one in asked]
    lapse_requests(pk__in=keys)
    PersonRequest.objects.filter(pk__in=keys).update(**dict.fromkeys(ASKED, ""))


def _held(contract: Contract, participant: Participant, asked: Iterable[PersonRequest]) -> Held:
    """By trail, what stands for something about this person; the shared one is always named."""
    aside = contract.aside_trail(participant.party)
    keys = dict.fromkeys([contract.trail, contract.own_trail, aside])
    ids = names_of(participant, asked)
    found = {key: list(_commitments(key, ids)) for key in keys}
    return {key: held for key, held in found.items() if held or key == contract.trail}


def _commitments(key: str, ids: Collection[str]) -> Iterator[str]:
    found = Event.objects.of(key)
    held = [event.commitments[kind] for event in found for kind in _kinds(event, ids)]
    kept = Disclosure.objects.kept(held)
    yield from (one for one in held if one in kept)


def _kinds(event: Event, ids: Collection[str]) -> Iterator[str]:
    """Kinds of what is theirs: of one who did it who that was, of whom it is about the rest."""
    did, about = event.actor_kind == "participant" and event.actor_key in ids, is_about(event, ids)
    kinds = set(event.commitments) - WITNESS.get(event.name, set())
    yield from (kind for kind in sorted(kinds) if (about if kind in ABOUT else did))
