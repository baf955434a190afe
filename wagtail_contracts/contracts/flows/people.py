"""Rows of people who come in and go while a contract is out, and the version that this makes.

Another signatory is part of what is signed: then there is a new version. Nobody else is.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail_contracts import events
from wagtail_contracts.actors import SYSTEM, Actor
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts.blocks.means import CAPACITY, PURPOSES, offered
from wagtail_contracts.contracts.core import links
from wagtail_contracts.contracts.core.fields.mobiles import mobile
from wagtail_contracts.contracts.core.text import normal
from wagtail_contracts.contracts.errors import NotReady, PersonRefused, Unprintable
from wagtail_contracts.contracts.flows.asking import lapse
from wagtail_contracts.contracts.flows.composing import people_of
from wagtail_contracts.contracts.flows.lawful import unlawful
from wagtail_contracts.contracts.flows.sending import personal
from wagtail_contracts.contracts.flows.versioning import freeze, insist_on_name
from wagtail_contracts.contracts.models import (
    AnswerDraft,
    Contract,
    ContractVersion,
    Participant,
    Party,
    PersonRequest,
)
from wagtail_contracts.contracts.models.guards import unguarded
from wagtail_contracts.contracts.rendering.law import NO_WITNESS
from wagtail_contracts.contracts.rendering.means import NUMBER_NEEDED
from wagtail_contracts.contracts.rendering.ways import NO_NUMBER, NUMBER_MISSING

LONGEST = 120  # characters of a name
DECIDED = {"phone": "", "message": ""}  # of a request, which nobody reads then
Way = Participant.InvitedBy


@dataclass(frozen=True)
class NewPerson:
    """Somebody who is to take part; `message` stands in their invitation.

    `user` is a member of staff, where one of ours takes part. `invited_by` is one of
    Participant.InvitedBy; empty, it is by mail, and by SMS too where there is a number. `opens_by`,
    `signs_by` and `fetches_by` are means of identification; empty: as whoever let them in.
    """

    name: str
    email: str
    language: str = ""
    capacity: str = ""
    message: str = ""
    user: Any = None
    phone: str = ""
    invited_by: str = ""
    opens_by: str = ""
    signs_by: str = ""
    fetches_by: str = ""
    national_id: str = ""
    acts_as: str = ""
    witnesses: int = 0


def checked(person: NewPerson, party: Party, *, instead_of: Participant | None = None) -> NewPerson:
    """The same in clean words. Raises PersonRefused, at what is wrong with it.

    The address of `instead_of` is free: somebody may come in again who signs another way now.
    """
    email = person.email.strip()
    _insist_on_address(email, party, instead_of)
    phone = _number(person.phone)
    return NewPerson(
        name=_line(person.name, "name") or _missing(),
        email=email,
        language=person.language or party.contract.workspace.language,
        capacity=_line(person.capacity, "capacity"),
        message=_message(person.message),
        user=person.user,
        phone=phone,
        invited_by=_way(person.invited_by, phone),
        opens_by=person.opens_by,
        signs_by=person.signs_by,
        fetches_by=person.fetches_by,
        national_id=person.national_id.strip(),
        acts_as=_capacity(person, party),
        witnesses=person.witnesses,
    )


def _capacity(person: NewPerson, party: Party) -> str:
    """In whose name somebody signs, if the list of laws that is kept here allows it."""
    asked = {"acts_as": person.acts_as, "witnesses": person.witnesses}
    if person.acts_as and person.acts_as not in Participant.ActsAs.values:
        raise PersonRefused(_("Choose in whose name the person signs."), "acts_as")
    if person.witnesses and person.user:
        raise PersonRefused(str(NO_WITNESS) % {"name": person.name}, "witnesses")
    if found := unlawful(party.contract, [asked]):
        raise PersonRefused(found[0], "acts_as" if person.acts_as else "witnesses")
    return person.acts_as


def _number(raw: str) -> str:
    number = mobile(raw)
    if raw.strip() and not number:
        raise PersonRefused(str(NO_NUMBER), "phone")
    return number


def _way(raw: str, phone: str) -> str:
    way = Way(raw or (Way.BOTH if phone else Way.MAIL))
    if way != Way.MAIL and not phone:
        raise PersonRefused(str(NUMBER_MISSING), "phone")
    return way.value


def _missing() -> str:
    raise PersonRefused(_("Write the name of the person."), "name")


def _line(raw: str, field: str) -> str:
    words = " ".join(normal(raw).split())
    if len(words) > LONGEST:
        raise PersonRefused(_("Use at most %d characters.") % LONGEST, field)
    if list(links.found(words)):  # mail programs would lead others there, in our name
        raise PersonRefused(_("Write a name without a web address."), field)
    try:
        insist_on_name(words)
    except Unprintable as refusal:
        raise PersonRefused(str(refusal), field) from refusal
    return words


def _message(raw: str) -> str:
    try:
        return personal(raw)
    except NotReady as refusal:
        raise PersonRefused(" ".join(refusal.missing), "message") from refusal


def _insist_on_address(email: str, party: Party, instead_of: Participant | None) -> None:
    """An address that a mail reaches, of nobody who takes part for this party.

    Of the people of other parties nothing is said: nobody learns their addresses here.
    """
    try:
        validate_email(email)
    except ValidationError:
        raise PersonRefused(_("Write an e-mail address."), "email") from None
    people = Participant.objects.present().filter(party=party)
    if instead_of:
        people = people.exclude(pk=instead_of.pk)
    if email.lower() in {person.email.lower() for person in people}:
        raise PersonRefused(_("Somebody with this address takes part for you already."), "email")


def join(
    party: Party,
    person: NewPerson,
    *,
    added_by: Participant | None,
    like: Participant | None = None,
    **row: Any,
) -> Any:
    """The row of somebody who comes in; `row` has the role, and the place of a signatory.

    Means that are not said are those of `like`, or else of whoever lets them in: nobody lets
    others in by weaker ones than their own.
    """
    row = {**_means(person, like or added_by), **row}
    with unguarded():
        return Participant.objects.create(
            party=party,
            name=person.name,
            email=person.email,
            language=person.language,
            capacity=person.capacity,
            user=person.user,
            phone=person.phone,
            invited_by=person.invited_by,
            added_by=added_by,
            joined_at=timezone.now(),
            national_id=person.national_id,
            **row,
        )


def _means(person: NewPerson, like: Participant | None) -> dict[str, Any]:
    """By what somebody shows who they are, and how they sign: as was said, or as `like` does."""
    found = {
        name: getattr(person, name) or getattr(like or person, name)
        for name in (*PURPOSES, *CAPACITY)
    }
    by_number = {means.key for means in offered() if means.by_number}
    if by_number.intersection(found.values()) and not person.phone:
        raise PersonRefused(str(NUMBER_NEEDED), "phone")
    return found


def leave(person: Participant, *, replaced_by: Participant | None = None) -> None:
    """End somebody's part: links, sessions and what they asked for end with it."""
    now = timezone.now()
    with unguarded():
        person.left_at, person.replaced_by = now, replaced_by
        person.save(update_fields=["left_at", "replaced_by"])
    lapse_requests(participant=person)


def lapse_requests(**of: Any) -> None:
    """Decide what these people asked for and nobody answers any more."""
    waiting = PersonRequest.objects.filter(state=PersonRequest.State.PENDING, **of)
    waiting.update(state=PersonRequest.State.REFUSED, decided_at=timezone.now(), **DECIDED)


def change_places(
    contract: Contract,
    old: Participant,
    person: NewPerson,
    *,
    added_by: Participant | None,
    by: Actor,
) -> Participant:
    """Let `person` take part in the place of `old`, of a locked contract."""
    row = {"role": old.role, "position": old.position}
    new: Participant = join(old.party, person, added_by=added_by, like=old, **row)
    leave(old, replaced_by=new)
    if old.role == Participant.Role.SIGNATORY:
        freeze_people(contract, by=by)
    return new


def hand_over_draft(old: Participant, new: Participant) -> None:
    """What was filled in and kept goes along; files do not, they were given by one person."""
    files = {item["key"] for item in old.party.contract.fields if item["kind"] == "file"}
    for draft in AnswerDraft.objects.filter(participant=old):
        kept = {key: value for key, value in draft.values.items() if key not in files}
        AnswerDraft.objects.create(participant=new, values=kept)
        draft.delete()


def freeze_people(contract: Contract, *, by: Actor) -> ContractVersion:
    """Make the current version anew with those who sign now. The working copy is not looked at."""
    current: Any = contract.current_version
    whole = deepcopy(current.whole)
    parties = {party.public_id: party for party in Party.objects.filter(contract=contract)}
    for party in whole["parties"]:
        party["people"] = people_of(parties[party["id"]])
    with unguarded():
        made = freeze(contract, whole, ContractVersion.Kind.PEOPLE, by=by)
        contract.save(update_fields=["current_version"])
    lapse(contract, by=SYSTEM)
    return made


def message_to(person: Participant) -> str:
    """What was written to somebody who came in later; empty also where it was erased since."""
    names = (events.PERSON_ADDED, events.PERSON_FORWARDED, events.PERSON_REPLACED)
    found = Event.objects.of(person.party.contract.trail).named(*names)
    mine = (event for event in found if event.data["person"] == person.public_id)
    event = next(mine, None)
    return event.disclosed().get("message", "") if event else ""


def told_of(contract: Contract, person: Participant, **more: Any) -> dict[str, Any]:
    """What an event says of somebody: ids alone, names are disclosures."""
    version: Any = contract.current_version
    return {
        "person": person.public_id,
        "party": person.party.public_id,
        "role": str(person.role),
        "version": version.number,
        "digest": version.digest,
        **more,
    }


def disclosed(person: NewPerson | Participant, **more: str) -> Mapping[str, str]:
    """What is personal in it, as disclosures; no address."""
    message = getattr(person, "message", "")
    said = {"name": person.name, "message": message, **more}
    return {key: words for key, words in said.items() if words}
