"""New links for whoever has lost theirs and knows nothing but their own address."""

from __future__ import annotations

from contextlib import suppress

from django.db import transaction

from wagtail_contracts.actors import Actor
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import Contract, Participant
from wagtail_contracts.signing.errors import TooMany
from wagtail_contracts.signing.flows.limiting import limit
from wagtail_contracts.signing.models import Invitation

ASKED_AN_HOUR, MAILED_AN_HOUR = 10, 3
MOST = 10  # contracts, the newest, that one asking brings new links to


def ask_links(email: str, address: str, *, by: Actor) -> None:
    """Mail a new link to everybody who was invited under this e-mail address.

    `address` is the network address of whoever asks. Nobody learns whether there was anything to
    send: not even from how often it was. Raises TooMany for the network address alone.
    """
    limit("lost", address, most=ASKED_AN_HOUR, by=by)
    with suppress(TooMany):
        limit("lost link", email.casefold(), most=MAILED_AN_HOUR, by=by)
        _send(email, by=by)


@transaction.atomic
def _send(email: str, *, by: Actor) -> None:
    if people := _invited(email):
        contracts.tell(people, "new_link")


def _invited(email: str) -> list[Participant]:
    """Those at this address in what was sent and is not withdrawn, newest first."""
    found = Contract.objects.called(email).exclude(current_version=None)
    ours = Participant.objects.present().filter(user=None, party__contract__in=found)
    held = Invitation.objects.filter(revoked_at=None).values("participant")
    people = ours.filter(pk__in=held).exclude(party__contract__state="withdrawn")
    return [
        person
        for person in people.select_related("party__contract").order_by("-party__contract", "pk")
        if person.email.casefold() == email.casefold()
    ][:MOST]
