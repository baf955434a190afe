"""How people come in: invitations, and the sessions that they are exchanged for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail_contracts import events
from wagtail_contracts.actors import Actor
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.errors import WrongState
from wagtail_contracts.contracts.models import Contract, Package, Participant, Visit
from wagtail_contracts.signing.conf import signing
from wagtail_contracts.signing.core import tokens
from wagtail_contracts.signing.errors import ExpiredLink, HandedOn, UnknownLink
from wagtail_contracts.signing.flows import hosting
from wagtail_contracts.signing.flows.limiting import limit
from wagtail_contracts.signing.models import Invitation, Purpose, SigningSession

CONTRACT = "participant__party__contract"
# Whoever of the staff has a closed account has no way in left, whatever link they kept.
CLOSED = Q(participant__user__is_active=False)
# The working copy is nothing that an outsider's page needs, and can be long.
WORKING = ("body", "outline", "fields", "roles", "values")
MAKING = ("template", "template_revision", "template_digest", "latest_revision", "sent", "made_at")
UNREAD = (*WORKING, *MAKING, "locked", "locked_at", "locked_by", "expired_from")
HOURS = 12  # of a session
LINKS_AN_HOUR, ENTRIES_AN_HOUR = 3, 30


def invited(secret: str) -> Participant:
    """Whose link this is. Raises UnknownLink, HandedOn, ExpiredLink."""
    return _invitation(secret).participant


def package_behind(secret: str) -> Package | None:
    """The package that a link leads to, if it does; of one contract, none."""
    issued = _issued(secret).first()
    return issued.package if issued else None


def host_of(secret: str) -> Any:
    """Who of the staff hands over a device with this link; None for a link that was sent."""
    return _invitation(secret).host


def addressee(secret: str) -> Participant | None:
    """For whom a link was made, also one that is over, was ended, or whose person has left."""
    issued = _issued(secret).first()
    return issued.participant if issued else None


def actor_of(participant: Participant, address: str = "") -> Actor:
    """The participant as the one who acts; `address` is the network address."""
    return Actor("participant", participant.public_id, participant.name, address)


@transaction.atomic
def invite(
    participant: Participant, *, by: Actor, aside: bool = False, package: Package | None = None
) -> str:
    """Issue a personal link and return its secret, which is stored nowhere.

    Earlier links stay valid: a mail that was tried twice has two. `aside` says that it goes with
    what the participant's side says to itself, of which the others learn nothing. With a `package`
    the link leads to all contracts in it: that is for mails to the person themselves alone.
    """
    contract = Contract.objects.lock(participant.party.contract_id)
    secret, now = tokens.issue(), timezone.now()

    invitation = Invitation.objects.create(
        participant=participant,
        package=package,
        secret_hash=tokens.fingerprint(secret),
        issued_at=now,
        expires_at=now + timedelta(days=signing().link_days),
    )

    data = {"participant": participant.public_id, "invitation": invitation.pk}
    if aside:
        audit.record(contract.aside_trail(participant.party), events.INVITATION_ISSUED, data, by=by)
    else:
        contracts.record(contract, events.INVITATION_ISSUED, data, by=by)
    return secret


def admit(secret: str, *, by: Actor, replaces: str = "") -> tuple[SigningSession, str]:
    """Exchange a link for a session; return it with the secret for the cookie.

    `replaces` is the cookie that this browser had, which ends. Raises UnknownLink, ExpiredLink,
    TooMany.
    """
    invitation = _invitation(secret)
    limit("enter", f"invitation {invitation.pk}", most=ENTRIES_AN_HOUR, by=by)
    return _admitted(invitation, replaces, by=by)


@transaction.atomic
def renew(session: SigningSession, *, by: Actor) -> str:
    """Give a session another secret and return it; the old one opens nothing any more."""
    cookie = tokens.issue()
    going_on = SigningSession.objects.filter(pk=session.pk, ended_at=None)
    going_on.update(secret_hash=tokens.fingerprint(cookie))
    return cookie


@transaction.atomic
def leave(session: SigningSession, *, by: Actor) -> None:
    """End a session."""
    SigningSession.objects.filter(pk=session.pk, ended_at=None).update(ended_at=timezone.now())


def session_of(cookie: str, *, unread: Sequence[str] = ()) -> SigningSession | None:
    """The session of a cookie, if it goes on; `unread` are columns of the version to leave out."""
    if not tokens.TOKEN.fullmatch(cookie):
        return None
    found = _going_on().filter(participant__left_at=None)
    found = found.exclude(CLOSED).filter(secret_hash=tokens.fingerprint(cookie))
    whole = [f"{CONTRACT}__{name}" for name in ("workspace__logo", "owner", "current_version")]
    left_out = [*UNREAD, *(f"current_version__{name}" for name in unread)]
    try:
        found = found.select_related(*whole, "invitation__host")
        return found.defer(*(f"{CONTRACT}__{name}" for name in left_out)).get()
    except SigningSession.DoesNotExist:
        return None


def insist_not_handed_on(cookie: str, public_id: str) -> None:
    """Raise HandedOn to a browser whose participant has handed the contract on to somebody."""
    if tokens.TOKEN.fullmatch(cookie):
        mine = _going_on().filter(participant__public_id=public_id)
        mine = mine.filter(secret_hash=tokens.fingerprint(cookie)).exclude(
            participant__left_at=None
        )
        for session in mine.select_related("participant__replaced_by"):
            _say_handed_on(session.participant)


def ask_link(secret: str, *, by: Actor) -> None:
    """Mail a new link to the registered address of whoever had this expired one.

    Raises UnknownLink, TooMany.
    """
    try:
        _invitation(secret)
    except ExpiredLink:
        participant = _found(secret).participant
        limit("link", str(participant.pk), most=LINKS_AN_HOUR, by=by)
        _send_again(participant, by=by)


@transaction.atomic
def reissue(participant: Participant, *, by: Actor) -> None:
    """End all links and sessions of a participant and mail a new link.

    Raises NotAllowed, WrongState, NotYourPart.
    """
    contract = Contract.objects.lock(participant.party.contract_id)
    contracts.insist("send", contract, by=by)
    if contract.current_version is None:
        raise WrongState(_("This contract has not been sent."))
    contracts.insist_is_here(participant)
    now = timezone.now()

    mine, package = Q(participant=participant), contracts.package_of(participant)
    if package:  # whoever had its link came in here, too
        mine |= Q(package=package)
    Invitation.objects.filter(mine, revoked_at=None).update(revoked_at=now)
    SigningSession.objects.filter(mine, ended_at=None).update(ended_at=now)
    Visit.objects.begun_by(participant).update(expires_at=now)

    data = {"participant": participant.public_id}
    contracts.record(contract, events.INVITATION_REVOKED, data, by=by)
    contracts.tell([participant], "new_link")


@transaction.atomic
def _admitted(invitation: Invitation, replaces: str, *, by: Actor) -> tuple[SigningSession, str]:
    if invitation.host_id:
        hosting.use_up(invitation)
    cookie, now = tokens.issue(), timezone.now()

    old = SigningSession.objects.filter(secret_hash=tokens.fingerprint(replaces), ended_at=None)
    old.update(ended_at=now)
    session = SigningSession.objects.create(
        participant=invitation.participant,
        invitation=invitation,
        package_id=invitation.package_id,
        secret_hash=tokens.fingerprint(cookie),
        begun_at=now,
        expires_at=now + (hosting.STAY if invitation.host_id else timedelta(hours=HOURS)),
    )
    if invitation.host_id:
        hosting.vouch(session, Purpose.OPENING, by=by)
    return session, cookie


@transaction.atomic
def _send_again(participant: Participant, *, by: Actor) -> None:
    contracts.tell([participant], "new_link")


def _invitation(secret: str) -> Invitation:
    invitation = _found(secret)
    if invitation.expires_at <= timezone.now():
        raise ExpiredLink(_("This link has expired."))
    return invitation


def _found(secret: str) -> Invitation:
    invitation = _issued(secret).filter(revoked_at=None).exclude(CLOSED).first()
    if invitation and invitation.package and invitation.participant.left_at:
        invitation.participant = _still_there(invitation.package) or invitation.participant
    if invitation and invitation.participant.left_at:
        _say_handed_on(invitation.participant)
    if invitation is None or invitation.participant.left_at:
        raise UnknownLink(_("This link does not work."))
    return invitation


def _still_there(package: Package) -> Participant | None:
    """The person of a package in one of its contracts, whatever they handed on of the others."""
    item = package.items.filter(participant__left_at=None).first()
    return item.participant if item else None


def _issued(secret: str) -> QuerySet[Invitation]:
    """The invitation that was this link, whatever has become of it."""
    people = Invitation.objects.select_related(
        "participant__party__contract__workspace", "participant__replaced_by", "package", "host"
    )
    hashed = tokens.fingerprint(secret) if tokens.TOKEN.fullmatch(secret) else b""
    return people.filter(secret_hash=hashed)


def _going_on() -> QuerySet[SigningSession]:
    """Sessions that are not over, whoever's they are."""
    now = timezone.now()
    return SigningSession.objects.filter(
        ended_at=None, expires_at__gt=now, invitation__revoked_at=None
    )


def _say_handed_on(gone: Participant) -> None:
    """Raise HandedOn to whoever let the other one in; who was replaced by others learns nothing."""
    new = gone.replaced_by
    if new is not None and new.added_by_id == gone.pk:
        raise HandedOn(new.email, gone.language)
