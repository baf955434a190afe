"""Mails that do not arrive: the owner of the contract is told, once for each."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Q

from wagtail_contracts import events
from wagtail_contracts.actors import Actor
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts.flows import announcing
from wagtail_contracts.contracts.flows.telling import without_asides
from wagtail_contracts.contracts.models import Contract, Participant
from wagtail_contracts.outbox.models import Message

PATIENCE = 3  # attempts, about half an hour
# What waiting does not mend: the other mail server knows nobody of that name.
REFUSED = "SMTPRecipientsRefused"


def tell_undelivered(*, by: Actor) -> int:
    """Tell owners of mails to participants that do not leave; how many they were told of."""
    failed = without_asides(Message.objects.failed())
    failed = failed.filter(topic__in=(events.MAIL_DUE, events.SMS_DUE))
    hopeless = failed.filter(Q(attempts__gte=PATIENCE) | Q(last_error__startswith=REFUSED))
    theirs = [message for message in hopeless.order_by("pk") if "user" not in message.keys]
    return sum(_tell(message, by=by) for message in theirs)


@transaction.atomic
def _tell(message: Message, *, by: Actor) -> bool:
    people: Any = Participant.objects.select_related("party")
    person = people.filter(pk=message.keys["participant"]).first()
    if person is None or _is_told(person.party.contract, message):
        return False
    contract = Contract.objects.lock(person.party.contract_id)
    if _is_told(contract, message):
        return False

    data = {
        "message": message.public_id,
        "kind": message.keys["kind"],
        "participant": person.public_id,
    }
    announcing.record(contract, events.DELIVERY_FAILED, data, by=by)
    kind = str(message.keys["kind"])
    announcing.tell_owner(contract, "undelivered", by=by, participant=person, detail=kind)
    return True


def _is_told(contract: Contract, message: Message) -> bool:
    told = Event.objects.of(contract.own_trail).named(events.DELIVERY_FAILED)
    return any(event.data["message"] == message.public_id for event in told)
