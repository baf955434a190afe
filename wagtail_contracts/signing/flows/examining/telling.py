"""Whoever is to know is told of each alarm once: a trail, the named people, a contract's owner."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from wagtail_contracts import events
from wagtail_contracts.actors import Actor
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import Contract
from wagtail_contracts.outbox import flows as outbox
from wagtail_contracts.outbox.models import new_id
from wagtail_contracts.signing.flows.examining.found import MODELS, Found, with_contracts
from wagtail_contracts.signing.flows.trusting import TRAIL

AT_ONCE = 200  # of each app, in one mail
OWNERS = 50  # contracts whose owners are told one by one: of more, only the named people are


@transaction.atomic
def tell(*, by: Actor) -> int:
    """Tell of every alarm that nobody was told of, in one mail; of how many."""
    found = untold()
    if not found:
        return 0
    identity = new_id()
    record(found, by=by)
    mark(found, identity)
    outbox.post(events.ALARM_DUE, after=None, told=identity)
    tell_owners(found)
    return len(found)


def untold() -> list[Found]:
    """What nobody was told of yet, locked."""
    return with_contracts(
        (app, alarm)
        for app, model in MODELS.items()
        for alarm in model.objects.select_for_update().untold().order_by("pk")[:AT_ONCE]
    )


def told_as(identity: str) -> list[Found]:
    """What one message tells of."""
    return with_contracts(
        (app, alarm)
        for app, model in MODELS.items()
        for alarm in model.objects.filter(told_as=identity).order_by("pk")
    )


def record(found: Iterable[Found], *, by: Actor) -> None:
    """Each in a trail: our own side's of the contract, unless trails are what it is about."""
    for one in found:
        data = {"app": one.app, "alarm": one.alarm.pk, "code": one.alarm.code}
        note(one, events.MISMATCH_FOUND, data, by=by)


def note(
    one: Found,
    name: str,
    data: dict[str, str | int],
    *,
    by: Actor,
    disclose: dict[str, str] | None = None,
) -> None:
    """Record what is about an alarm where it belongs."""
    if one.contract and one.app != "audit":
        contracts.record(one.contract, name, data, by=by, disclose=disclose)
        return
    data = {**data, "about": one.alarm.about}
    audit.record(TRAIL, name, data, by=by, disclose=disclose)


def mark(found: Iterable[Found], identity: str) -> None:
    """Note by which message it is told."""
    for one in found:
        MODELS[one.app].objects.filter(pk=one.alarm.pk).update(told_as=identity)


def tell_owners(found: Iterable[Found]) -> None:
    """The owner of each contract once, by their choices."""
    about: dict[int, tuple[Contract, str]] = {}
    for one in found:
        if one.contract:
            detail = "copy" if one.alarm.code.startswith("copy_") else ""
            about.setdefault(one.contract.pk, (one.contract, detail))
    for contract, detail in about.values() if len(about) <= OWNERS else ():
        contracts.tell_owner(contract, "irregular", detail=detail)
