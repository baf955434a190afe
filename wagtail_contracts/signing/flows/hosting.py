"""Signing in person: a member of staff hands over the device, and is the host of who signs.

The host says who the guest is, and proves oneself anew right before. What the guest gets is a link
that works once, on that device, within minutes; the door ends the host's own log-in with it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail_contracts import events
from wagtail_contracts.actors import Actor
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.errors import WrongState
from wagtail_contracts.contracts.models import Contract, Participant, person_name
from wagtail_contracts.signing.backends.methods import IN_PERSON
from wagtail_contracts.signing.core import shown as kinds
from wagtail_contracts.signing.core import tokens
from wagtail_contracts.signing.core.shown import Shown
from wagtail_contracts.signing.errors import CodeWrong, ExpiredLink, NotInPerson
from wagtail_contracts.signing.flows.identifying import failed, identified
from wagtail_contracts.signing.flows.limiting import limit, limited
from wagtail_contracts.signing.flows.standing import standing
from wagtail_contracts.signing.models import Identification, Invitation, Purpose, SigningSession

HANDING = timedelta(minutes=10)  # from the host's yes to the guest's first step
STAY = timedelta(hours=2)  # of a guest on a device that is not theirs
AN_HOUR, GUESSES_A_DAY, DAY = 20, 15, 86_400


def hand_over(participant: Participant, user: Any, *, by: Actor) -> str:
    """Open the contract for a guest on the device of `user`; return the secret of a link.

    The link is good for one session. Raises NotAllowed, NotInPerson, WrongState, NotYourTurn,
    TooMany.
    """
    with limited("hand", f"{by.kind} {by.key}", most=AN_HOUR, by=by):
        return _handed_over(participant, user, by=by)


def insist_may_host(contract: Contract, participant: Participant) -> None:
    """Raise NotInPerson or WrongState where there is nothing to hand over for."""
    if participant.signs_by != IN_PERSON or participant.user_id is not None:
        raise NotInPerson(_("This person does not sign in person."))
    version = contract.current_version
    place = standing(version).of(participant) if version else None
    if contract.state != "signing" or contract.is_overdue(timezone.now()) or place is None:
        raise WrongState(_("This contract can't be signed now."))
    if participant.left_at is not None or not place.turn:
        raise WrongState(_("It is not this person’s turn to sign."))


def guests(contract: Contract) -> QuerySet[Participant]:
    """Those who sign in person, and whose turn it is."""
    version = contract.current_version
    if version is None or contract.state != "signing":
        return Participant.objects.none()
    turns = [place.person["id"] for place in standing(version).waiting]
    found = Participant.objects.present().filter(party__contract=contract, public_id__in=turns)
    here: QuerySet[Participant] = found.filter(signs_by=IN_PERSON, user=None)
    return here.select_related("party").order_by("pk")


def use_up(invitation: Invitation) -> None:
    """Let the link of a handing over be good for no other session. Raises ExpiredLink."""
    Contract.objects.lock(invitation.participant.party.contract_id)
    now = timezone.now()
    unused = Invitation.objects.filter(pk=invitation.pk, expires_at__gt=now)
    if not unused.update(expires_at=now):
        raise ExpiredLink(_("This link has expired."))


def vouch(session: SigningSession, purpose: str, *, by: Actor) -> Identification:
    """Take the word of the host, who proved to be it a moment ago, for who the guest is.

    It is about the newest version; the caller has a transaction.
    """
    contract = Contract.objects.lock(session.participant.party.contract_id)
    host: Any = session.invitation.host
    version: Any = contract.current_version  # there is a session, so it was sent
    shown = Shown(method=IN_PERSON, kind=kinds.HOST, host=person_name(host))
    more = {"session": session, "host": host}
    return identified(session.participant, version, shown, purpose, by=_actor(host, by), **more)


def vouch_again(session: SigningSession, digest: str, code: str, *, by: Actor) -> Identification:
    """Let the host say once more who signs, by an own code typed in on the guest's page.

    It logs nobody in. Raises NotInPerson, CodeWrong, NotAllowed, StaleVersion, TooMany.
    """
    host = session.invitation.host
    if host is None:
        raise NotInPerson(_("This person does not sign in person."))
    limit("host", str(host.pk), most=GUESSES_A_DAY, seconds=DAY, by=by)
    devices, typed = contracts.factors_of(host) if host.is_active else [], "".join(code.split())
    if not any(contracts.code_accepted(host, one.persistent_id, typed) for one in devices):
        failed(session.participant, IN_PERSON, by=by)
        raise CodeWrong(contracts.code_refusal(), 0)
    return _vouched_again(session, digest, by=by)


@transaction.atomic
def hand_back(session: SigningSession, *, by: Actor) -> None:
    """End a guest's session: the device is the host's again."""
    contract = Contract.objects.lock(session.participant.party.contract_id)
    ended = SigningSession.objects.filter(pk=session.pk, ended_at=None)
    if ended.update(ended_at=timezone.now()):
        contracts.record(contract, events.DEVICE_RETURNED, _told(session.invitation), by=by)


@transaction.atomic
def take_back(cookies: Collection[str], *, by: Actor) -> None:
    """End what a guest left open in the browser that these cookies are of."""
    for session in _open(cookies).exclude(invitation__host=None).order_by("pk"):
        hand_back(session, by=by)


@transaction.atomic
def clear_device(cookies: Collection[str], *, by: Actor) -> None:
    """End every session of outsiders that a browser has a cookie of."""
    _open(cookies).update(ended_at=timezone.now())


def _open(cookies: Collection[str]) -> QuerySet[SigningSession]:
    known = [tokens.fingerprint(cookie) for cookie in cookies if tokens.TOKEN.fullmatch(cookie)]
    return SigningSession.objects.filter(secret_hash__in=known, ended_at=None)


@transaction.atomic
def _vouched_again(session: SigningSession, digest: str, *, by: Actor) -> Identification:
    contract = Contract.objects.lock(session.participant.party.contract_id)
    contracts.insist("send", contract, by=_actor(session.invitation.host, by))
    contracts.insist_on_current(contract, digest)
    return vouch(session, Purpose.SIGNING, by=by)


@transaction.atomic
def _handed_over(participant: Participant, user: Any, *, by: Actor) -> str:
    contract = Contract.objects.lock(participant.party.contract_id)
    contracts.insist("send", contract, by=by)
    insist_may_host(contract, Participant.objects.get(pk=participant.pk))
    secret, now = tokens.issue(), timezone.now()

    invitation = Invitation.objects.create(
        participant=participant,
        secret_hash=tokens.fingerprint(secret),
        issued_at=now,
        expires_at=now + HANDING,
        host=user,
    )

    contracts.record(contract, events.DEVICE_HANDED, _told(invitation), by=by)
    return secret


def _actor(host: Any, by: Actor) -> Actor:
    """The host as the one who acts, from where the guest does."""
    return replace(permissions.actor(host), address=by.address)


def _told(invitation: Invitation) -> dict[str, Any]:
    return {
        "participant": invitation.participant.public_id,
        "host": str(invitation.host_id),
        "invitation": invitation.pk,
    }
