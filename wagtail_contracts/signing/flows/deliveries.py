"""What the outbox does for contracts, and what people ask of it: once more, or no more."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import CharField, Q, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from wagtail_contracts import events
from wagtail_contracts.actors import Actor
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import Contract, Participant
from wagtail_contracts.outbox import flows as outbox
from wagtail_contracts.outbox.models import Message, MessageQuerySet

# Topics whose keys are ours; a site's own app may mean another thing by “contract”.
OURS = frozenset(
    name for key, name in vars(events).items() if key.isupper() and isinstance(name, str)
)


def deliveries(found: QuerySet[Contract]) -> MessageQuerySet:
    """The messages that are about one of `found`, or about somebody who takes part in it.

    None of what another side says to itself.
    """
    people = Participant.objects.filter(party__contract__in=found.values("pk"))
    keyed: Any = Message.objects.filter(topic__in=OURS).alias(
        for_contract=_key("contract"), for_participant=_key("participant")
    )
    kept: MessageQuerySet = keyed.filter(
        Q(for_contract__in=_texts(found)) | Q(for_participant__in=_texts(people))
    )
    return contracts.without_asides(kept)


def is_ours(message: Message) -> bool:
    """Whether the keys of a message are ids of our rows."""
    return message.topic in OURS


def contracts_with(ids: Iterable[int]) -> dict[int, Contract]:
    """The contracts with these ids, for a door that was given messages that it may show."""
    return Contract.objects.select_related("current_version").in_bulk(set(ids))


def contract_of(message: Message) -> Contract | None:
    """The contract that a message is about; None where it is about something else."""
    if not is_ours(message):
        return None
    if "contract" in message.keys:
        return Contract.objects.filter(pk=message.keys["contract"]).first()
    people = Participant.objects.select_related("party__contract")
    person = people.filter(pk=message.keys.get("participant", 0)).first()
    return person.party.contract if person else None


@transaction.atomic
def retry(message: Message, *, by: Actor) -> None:
    """Deliver a message again now, also one that was given up; recorded. Raises NotWaiting."""
    contract = _locked(message)
    outbox.retry(message, by=by)
    if contract:
        contracts.record(contract, events.DELIVERY_RETRIED, _told(message), by=by)


@transaction.atomic
def discard(message: Message, *, by: Actor) -> None:
    """Give a message up for good, unless somebody tries it again; recorded. Raises NotWaiting."""
    contract = _locked(message)
    outbox.discard(message, by=by)
    if contract:
        contracts.record(contract, events.DELIVERY_DISCARDED, _told(message), by=by)


def _locked(message: Message) -> Contract | None:
    contract = contract_of(message)
    return Contract.objects.lock(contract.pk) if contract else None


def _told(message: Message) -> dict[str, Any]:
    """What the trail says of a message: which, and what for."""
    kind = message.keys.get("kind", message.subscriber)
    return {"message": message.public_id, "kind": kind}


def _key(name: str) -> Cast:
    """As text, because a key of a row is a number to one database and JSON to the other."""
    return Cast(KeyTextTransform(name, "keys"), CharField())


def _texts(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.order_by().annotate(text=Cast("pk", CharField())).values("text")
