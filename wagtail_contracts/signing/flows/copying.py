"""A personal link in the hands of whoever sends: for a message that goes another way than ours.

Whoever copies it could come in with it themselves. So it is an event that the parties share, and
each signature afterwards says so (peers of this kind sign for others with such links).
"""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from wagtail_contracts import events
from wagtail_contracts.actors import Actor
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.errors import WrongState
from wagtail_contracts.contracts.models import OUT, Contract, Participant
from wagtail_contracts.signing.flows.admitting import invite
from wagtail_contracts.signing.flows.limiting import limited

COPIES_AN_HOUR = 10


def copy_link(participant: Participant, *, by: Actor) -> str:
    """Issue a personal link to whoever asks; return its secret, which is shown once.

    Raises NotAllowed, WrongState, TooMany.
    """
    with limited("copy", f"{by.kind} {by.key}", most=COPIES_AN_HOUR, by=by):
        return _copied(participant, by=by)


def is_copied(participant: Participant) -> bool:
    """Whether somebody else had a link of this person in hand."""
    shared = Event.objects.of(participant.party.contract.trail).named(events.INVITATION_COPIED)
    return any(event.data["participant"] == participant.public_id for event in shared)


@transaction.atomic
def _copied(participant: Participant, *, by: Actor) -> str:
    contract = Contract.objects.lock(participant.party.contract_id)
    contracts.insist("send", contract, by=by)
    gone = participant.left_at is not None
    if contract.state not in OUT or gone or participant.user_id is not None:
        raise WrongState(_("Nobody needs this link: there is nothing to open with it now."))

    secret = invite(participant, by=by)

    data = {"participant": participant.public_id}
    contracts.record(contract, events.INVITATION_COPIED, data, by=by)
    return secret
