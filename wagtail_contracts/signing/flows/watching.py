"""A signed contract does not wait for its seal unseen."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import BigIntegerField, Exists, Max, OuterRef, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.utils import timezone

from wagtail_contracts import events
from wagtail_contracts.actors import Actor
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import Contract
from wagtail_contracts.outbox import flows as outbox
from wagtail_contracts.outbox.models import Message
from wagtail_contracts.sealing.models import SealedFile
from wagtail_contracts.signing.flows.sealing import sealed_file
from wagtail_contracts.signing.flows.turns import last_signed

PATIENCE = timedelta(minutes=10)
SEALER = "signing.seal"  # the subscriber that seals
MOST = 1000  # contracts that are looked at, those that wait longest


def expect_seal(contract: Contract) -> None:
    """Have somebody look, when patience ends, whether the seal is there.

    In the transaction of the last signature.
    """
    outbox.post(events.SEAL_DUE, after=timezone.now() + PATIENCE, contract=contract.pk)


def late_for_seal(found: QuerySet[Contract]) -> QuerySet[Contract]:
    """Those of `found` that have waited for their seal for longer than PATIENCE, longest first.

    `signed_at` says since when. Asks the outbox first, where few messages are not done, and never
    all signed contracts.
    """
    asked = Message.objects.filter(topic=events.CONTRACT_SIGNED, subscriber=SEALER, done_at=None)
    named = Cast(KeyTextTransform("contract", "keys"), BigIntegerField())
    few = asked.order_by("pk").annotate(contract=named).values("contract")[:MOST]
    sealed = SealedFile.objects.filter(subject=OuterRef("current_version__digest"))
    waiting = found.filter(pk__in=few, state="signed")
    waiting = waiting.annotate(signed_at=last_signed())
    late = waiting.filter(~Exists(sealed), signed_at__lte=timezone.now() - PATIENCE)
    return late.order_by("signed_at")


@transaction.atomic
def alarm(contract: Contract, *, asked: Message, by: Actor) -> timedelta | None:
    """Return how long a contract has waited for its seal, None unless that is too long.

    The owner is told once. As long as there is no seal, another look follows `asked`, which is the
    message that asked for this one: exactly one, however often this is repeated.
    """
    contract = Contract.objects.lock(contract.pk)
    since = _signed_at(contract)
    if since is None:
        return None
    now = timezone.now()
    waited = now - since
    late = waited >= PATIENCE
    if late and not Event.objects.of(contract.own_trail).named(events.SEALING_DELAYED).exists():
        contracts.record(contract, events.SEALING_DELAYED, _version(contract), by=by)
        contracts.tell_owner(contract, "seal_delayed")
    others = Message.objects.unfinished().filter(topic=events.SEAL_DUE).exclude(pk=asked.pk)
    if not others.about(contract=contract.pk).exists():
        after = now + PATIENCE if late else since + PATIENCE
        outbox.post(events.SEAL_DUE, after=after, contract=contract.pk)
    return waited if late else None


def _signed_at(contract: Contract) -> datetime | None:
    version = contract.current_version
    if contract.state != "signed" or version is None or sealed_file(version):
        return None
    at: datetime = version.signatures.aggregate(at=Max("at"))["at"]
    return at


def _version(contract: Contract) -> dict[str, Any]:
    version = contract.current_version
    return {"version": version.number, "digest": version.digest} if version else {}
