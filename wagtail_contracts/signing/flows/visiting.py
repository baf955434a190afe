"""Those who come by a public address: their mailbox first, then a contract that is theirs alone.

No contract and no invitation comes of a form. It is answered by one mail at most, with a link that
whoever reads that mailbox follows; then the contract is made. What was typed waits encrypted, for a
day at most. How much comes in is limited by network, by mailbox in silence, and for each template.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import fields
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail_contracts import events
from wagtail_contracts.actors import Actor
from wagtail_contracts.contracts.flows import offering, self_service
from wagtail_contracts.contracts.flows.visitors import Visitor
from wagtail_contracts.contracts.models import Participant, SelfService, Visit, digests_of
from wagtail_contracts.errors import Refusal
from wagtail_contracts.outbox import flows as outbox
from wagtail_contracts.signing.core import tokens
from wagtail_contracts.signing.core.networks import network
from wagtail_contracts.signing.errors import SelfServiceAway, SelfServiceFull, TooMany, UnknownLink
from wagtail_contracts.signing.flows.admitting import actor_of, admit, invite
from wagtail_contracts.signing.flows.limiting import limit, limited
from wagtail_contracts.signing.models import SigningSession
from wagtail_contracts.signing.rendering.visits import FULL

DAY = timedelta(days=1)
SECONDS = 86_400
ASKED_AN_HOUR, MAILED_AN_HOUR, CONFIRMED_AN_HOUR = 20, 3, 30
MAILS_FOR_EACH = 3  # for every contract that may be made in a day


def service_at(slug: str) -> SelfService | None:
    """What is offered at a public address; None for what is unknown, switched off or not live."""
    found = SelfService.objects.open().filter(slug=slug)
    return found.select_related("workspace__logo", "owner", "template").first()


def is_full(service: SelfService) -> bool:
    """Whether no more contracts, or mails, are to be had within these 24 hours."""
    since, visits = timezone.now() - DAY, Visit.objects.to(service)
    mails = visits.asked_since(since).count()
    return _has_enough(service) or mails >= service.ceiling * MAILS_FOR_EACH


def ask_visit(service: SelfService, visitor: Visitor, address: str, *, by: Actor) -> None:
    """Have the link mailed by which a visitor begins; `address` is the network address.

    Nobody learns whether a mailbox is known, nor that it has had enough. Raises TooMany for the
    network alone, SelfServiceFull.
    """
    limit("visit", network(address), most=ASKED_AN_HOUR, by=by)
    _insist_on_room(service, by=by)
    with suppress(TooMany):
        limit("visit mail", digests_of(visitor.email)[0], most=MAILED_AN_HOUR, by=by)
        _asked(service, visitor, by=by)


def visit_of(secret: str) -> Visit:
    """The visit behind the link of a mail. Raises UnknownLink."""
    hashed = tokens.fingerprint(secret) if tokens.TOKEN.fullmatch(secret) else b""
    found = Visit.objects.filter(secret_hash=hashed, expires_at__gt=timezone.now())
    visit = found.select_related("service__workspace__logo", "service__owner").first()
    if visit is None or not SelfService.objects.open().filter(pk=visit.service_id).exists():
        raise UnknownLink(_("This link does not work."))
    return visit


@transaction.atomic
def visit_secret(visit: Visit, *, by: Actor) -> str | None:
    """A secret for the mail of a visit; None if it is over. No row ever holds it."""
    secret = tokens.issue()
    waiting = Visit.objects.filter(pk=visit.pk, confirmed_at=None, expires_at__gt=timezone.now())
    return secret if waiting.update(secret_hash=tokens.fingerprint(secret)) else None


def confirm_visit(visit: Visit, address: str, *, by: Actor) -> tuple[SigningSession, str]:
    """Make the contract of a visit, once, and let its visitor in: session and cookie.

    Raises SelfServiceFull, SelfServiceAway, TooMany.
    """
    limit("visit confirmed", f"visit {visit.pk}", most=CONFIRMED_AN_HOUR, by=by)
    try:
        participant = _confirmed(visit, by=by)
    except UnknownLink:
        raise
    except SelfServiceFull:
        _tell(visit.service, FULL, by=by)
        raise
    except Refusal as refusal:
        _tell(visit.service, refusal.code, by=by)
        raise SelfServiceAway(_("This can’t be begun now. Try again later.")) from refusal
    mine = actor_of(participant, address)
    return admit(invite(participant, by=mine), by=mine)


@transaction.atomic
def forget_visits(*, by: Actor) -> int:
    """Remove what was typed and never confirmed, and what is not needed to count; how many."""
    gone, _by_model = Visit.objects.over(timezone.now()).delete()
    return gone


def _insist_on_room(service: SelfService, *, by: Actor) -> None:
    if is_full(service):
        _tell(service, FULL, by=by)
        raise SelfServiceFull(_("So many have begun today that no more can. Come back tomorrow."))


def _tell(service: SelfService, why: str, *, by: Actor) -> None:
    """Once a day: whoever is responsible hears that visitors are turned away."""
    key = f"{service.pk} {why}"
    with suppress(TooMany), limited("service told", key, most=1, seconds=SECONDS, by=by):
        outbox.post(events.SERVICE_DUE, service=service.pk, why=why)


@transaction.atomic
def _asked(service: SelfService, visitor: Visitor, *, by: Actor) -> None:
    held = SelfService.objects.select_for_update().get(pk=service.pk)
    if is_full(held):
        return
    now = timezone.now()

    visit = Visit.objects.create(service=held, **vars(visitor), asked_at=now, expires_at=now + DAY)

    outbox.post(events.VISIT_DUE, visit=visit.pk)


@transaction.atomic
def _confirmed(visit: Visit, *, by: Actor) -> Participant:
    """The part of the visitor; another press of the button finds the same one."""
    service = SelfService.objects.select_for_update().get(pk=visit.service_id)
    row = Visit.objects.select_for_update().get(pk=visit.pk)
    if row.participant is not None:
        return row.participant
    _insist_may_begin(service)

    typed = {field.name: getattr(row, field.name) for field in fields(Visitor)}
    visitor = Visitor(**typed)
    row.participant, row.confirmed_at = (
        self_service.make_for(service, visitor, by=by),
        timezone.now(),
    )
    row.name = row.email = row.organisation = row.organisation_number = ""
    row.save()
    return row.participant


def _insist_may_begin(service: SelfService) -> None:
    if not service.is_on or offering.is_closed(service):
        raise UnknownLink(_("This link does not work."))
    if _has_enough(service):
        raise SelfServiceFull(_("So many have begun today that no more can. Come back tomorrow."))


def _has_enough(service: SelfService) -> bool:
    made = Visit.objects.to(service).confirmed_since(timezone.now() - DAY)
    return made.count() >= service.ceiling
