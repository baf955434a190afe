"""Devices that read a confidential contract: known by a cookie alone, and told to the owner."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from wagtail_contracts import events
from wagtail_contracts.actors import Actor
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import Contract, Participant
from wagtail_contracts.signing.core import tokens
from wagtail_contracts.signing.models import Device


@transaction.atomic
def note_device(participant: Participant, secret: str, *, by: Actor) -> str:
    """Record once a device on which a participant reads, known by the secret in its cookie.

    The owner is told of each but the first: that somebody opened it they hear anyhow. Return the
    secret for a new device's cookie, empty for a device that is known.
    """
    contract = Contract.objects.lock(participant.party.contract_id)
    known = Device.objects.filter(participant=participant)
    if known.filter(secret_hash=tokens.fingerprint(secret)).exists():
        return ""
    made = tokens.issue()

    Device.objects.create(
        participant=participant, secret_hash=tokens.fingerprint(made), seen_at=timezone.now()
    )

    number = known.count()
    data = {"participant": participant.public_id, "device": number}
    contracts.record(contract, events.DEVICE_SEEN, data, by=by)
    if number > 1:
        contracts.tell_owner(contract, "new_device", by=by, participant=participant)
    return made
