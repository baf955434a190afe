"""New links for whoever has lost theirs and knows nothing but their own address.

The request counts how often an address was typed, and no more: whether it is known is found out by
the worker, so that a known and an unknown one cost the same. No row holds the address: the message
has keyed digests of it, as the index of words does, and loses them once it is done.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from functools import reduce
from operator import or_

from django.db import transaction
from django.db.models import Q

from wagtail_contracts import events
from wagtail_contracts.actors import Actor
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.models import Contract, Participant, digests_of
from wagtail_contracts.outbox import flows as outbox
from wagtail_contracts.outbox.models import Message
from wagtail_contracts.signing.core.networks import network
from wagtail_contracts.signing.errors import TooMany
from wagtail_contracts.signing.flows.limiting import limit
from wagtail_contracts.signing.models import Invitation

ASKED_AN_HOUR, MAILED_AN_HOUR = 10, 3
NEWEST = ("-party__contract", "pk")
MOST = 10  # contracts, the newest, that one asking brings new links to


def ask_links(email: str, address: str, *, by: Actor) -> None:
    """Have a new link mailed to everybody who was invited under this e-mail address.

    `address` is the network address of whoever asks. Nobody learns whether there was anything to
    send: not even from how often it was. Raises TooMany for its network alone.
    """
    limit("lost", network(address), most=ASKED_AN_HOUR, by=by)
    digests = digests_of(email)
    with suppress(TooMany):
        limit("lost link", digests[0], most=MAILED_AN_HOUR, by=by)
        _post(digests, by=by)


@transaction.atomic
def send_links(message: Message, *, by: Actor) -> None:
    """Mail a new link to those whose address a message stands for; a second time to nobody."""
    if digests := message.keys.get("address", "").split():
        contracts.tell(_invited(digests), "new_link")
        outbox.forget(message, "address")


@transaction.atomic
def _post(digests: Sequence[str], *, by: Actor) -> None:
    outbox.post(events.LINKS_DUE, address=" ".join(digests))


def _invited(digests: Sequence[str]) -> list[Participant]:
    """Those at this address in what was sent and is not withdrawn, newest first."""
    called = reduce(or_, (Q(pk__in=Contract.objects.called(one).values("pk")) for one in digests))
    found = Contract.objects.filter(called).exclude(current_version=None)
    held = Invitation.objects.filter(revoked_at=None).values("participant")
    people = Participant.objects.present().filter(party__contract__in=found, pk__in=held)
    people = people.exclude(party__contract__state="withdrawn")
    return [
        person
        for person in people.select_related("user", "party__contract").order_by(*NEWEST)
        if not set(digests).isdisjoint(digests_of(person.email)) and not _enters(person)
    ][:MOST]


def _enters(person: Participant) -> bool:
    """Whether it is one of our own staff who needs no link: they sign in the admin."""
    return person.user is not None and permissions.enters(person.user, person.party.contract)
