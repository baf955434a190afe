"""Erasing one person, as the law allows: what proves a signature stays within its period."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail_contracts import events
from wagtail_contracts.actors import Actor
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.audit.models import Disclosure, Event
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.flows import caring
from wagtail_contracts.contracts.models import OUT, Contract, Participant, Visit
from wagtail_contracts.contracts.rendering.days import day
from wagtail_contracts.signing.errors import KeptForClaims
from wagtail_contracts.signing.flows import alerting
from wagtail_contracts.signing.flows.privacy.periods import kept_until
from wagtail_contracts.signing.flows.privacy.retaining import unnamed
from wagtail_contracts.signing.models import (
    Bounce,
    Challenge,
    Device,
    Invitation,
    Mismatch,
    Signature,
    SignIn,
    SigningSession,
)

# In this order: what hangs on another row goes before it.
THEIRS: tuple[Any, ...] = (Challenge, SignIn, SigningSession, Device, Bounce, Mismatch, Invitation)
REPORTED = ("words", "about")  # of a report of abuse: what it says of others


@transaction.atomic
def erase_person(participant: Participant, reason: str, *, by: Actor) -> None:
    """Erase what is kept about somebody, and record it in the trails with the reason.

    Raises KeptForClaims within the period of a contract that they signed, and what `forget` does.
    """
    contract = Contract.objects.lock(participant.party.contract_id)
    insist_on_over(contract, participant)

    contracts.forget(participant, reason, by=by)
    for model in THEIRS:
        unnamed(model.objects.filter(participant=participant)).delete()
    now = timezone.now()
    Invitation.objects.filter(participant=participant, revoked_at=None).update(revoked_at=now)
    SigningSession.objects.filter(participant=participant, ended_at=None).update(ended_at=now)
    Visit.objects.begun_by(participant).update(expires_at=now)


def insist_on_over(contract: Contract, participant: Participant) -> None:
    """Refuse while what was signed may be needed for legal claims: GDPR art. 17(3)(e)."""
    if contract.state in OUT or not Signature.objects.filter(participant=participant).exists():
        return
    until = kept_until(contract)
    if until > timezone.now():
        words = _(
            "This person has signed. What proves it is kept for legal claims (GDPR art. 17(3)(e)) "
            "until %(day)s; then it can be erased."
        )
        raise KeptForClaims(words % {"day": day(until)})


@transaction.atomic
def erase_reports(participant: Participant, *, by: Actor) -> None:
    """Erase who reported abuse by this person's link, and from where; what was reported stays.

    For those who run the site: no workspace learns that it was reported, nor by whom.
    """
    made = Event.objects.of(alerting.TRAIL).named(events.ABUSE_REPORTED)
    theirs = [event for event in made if event.data["participant"] == participant.public_id]
    held = {
        held for event in theirs for kind, held in event.commitments.items() if kind not in REPORTED
    }
    if left := sorted(Disclosure.objects.kept(held)):
        about = {"participant": participant.public_id}
        audit.erase_all(alerting.TRAIL, left, caring.GROUND, by=by, about=about)
