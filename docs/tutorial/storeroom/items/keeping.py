"""What is done with things: each changes a row and records that it did, or neither."""

from datetime import date

from django.db import transaction

from items.models import Item
from wagtail_contracts.actors import Actor
from wagtail_contracts.audit import flows as audit


@transaction.atomic
def receive(item: Item, quantity: int, *, by: Actor) -> None:
    """More of a thing has come."""
    item = Item.objects.select_for_update().get(pk=item.pk)
    item.quantity += quantity
    item.save()
    audit.record(item.trail, "item.received", {"item": item.pk, "quantity": quantity}, by=by)


@transaction.atomic
def count(item: Item, quantity: int, *, by: Actor) -> None:
    """Somebody has counted; what was found is what there is."""
    item = Item.objects.select_for_update().get(pk=item.pk)
    told = {"item": item.pk, "quantity": quantity, "expected": item.quantity}
    item.quantity = quantity
    item.save()
    audit.record(item.trail, "item.counted", told, by=by)


@transaction.atomic
def lend(item: Item, quantity: int, borrower: str, *, until: date | None = None, by: Actor) -> None:
    """Somebody takes some of them along. Who it is can be erased later, that it was so can't."""
    item = Item.objects.select_for_update().get(pk=item.pk)
    item.quantity -= quantity
    item.save()
    day = until.isoformat() if until else None
    told = {"item": item.pk, "quantity": quantity, "until": day}
    audit.record(item.trail, "item.lent", told, by=by, disclose={"borrower": borrower})
