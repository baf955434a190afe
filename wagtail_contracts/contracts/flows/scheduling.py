"""A sending that is confirmed now and leaves later: after the time to undo, or at a moment.

Until it leaves nothing is frozen and nobody outside is told: the contract is the draft that it was,
and only our own side's trail says what was confirmed. So calling it off leaves nothing to take
back. The worker sends exactly what was confirmed, or nothing. What is confirmed as a package
leaves, is called off and is stopped as one.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, Unpack
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail_contracts import canonical, events
from wagtail_contracts.actors import Actor
from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.conf import contracts
from wagtail_contracts.contracts.errors import (
    MomentRefused,
    NotAllowed,
    OwnerRefused,
    PackageRefused,
    WrongState,
)
from wagtail_contracts.contracts.flows import announcing
from wagtail_contracts.contracts.flows.acting import insist, staff
from wagtail_contracts.contracts.flows.composing import recipients_digest
from wagtail_contracts.contracts.flows.notifying import notify
from wagtail_contracts.contracts.flows.packaging import (
    Offer,
    held_together,
    naming,
    same_person,
    send_together,
)
from wagtail_contracts.contracts.flows.planned import (
    Fate,
    fates_of,
    insist_on_no_plan,
    insist_on_plan,
    leaving_with,
    planned,
)
from wagtail_contracts.contracts.flows.quotas import insist_on_quota, refusals_told
from wagtail_contracts.contracts.flows.sending import (
    Wishes,
    default_deadline,
    future,
    insist_on_sendable,
    personal,
    send,
)
from wagtail_contracts.contracts.models import Contract, PlannedSending
from wagtail_contracts.errors import Refusal
from wagtail_contracts.outbox import flows as outbox

LATEST = timedelta(days=365)


@refusals_told()
@transaction.atomic
def schedule(
    contract: Contract,
    shown: str,
    *,
    into: str,
    by: Actor,
    at: datetime | None = None,
    together: Sequence[int] = (),
    **wishes: Unpack[Wishes],
) -> PlannedSending:
    """Confirm a sending that leaves at a moment, by default as soon as it can't be undone any more.

    By a member of staff. Raises all that `send` raises, NotAllowed, and WrongState where one is
    confirmed already; one that would not leave any more is called off.
    """
    contract = Contract.objects.lock(contract.pk)
    plan = PlannedSending(contract=contract, digest=shown, into=into, together=[*together])
    plan.by = _insist_on_colleague(contract, by=by)
    insist_on_no_plan(contract)
    _lay_aside(contract, by=by)
    plan.recipients = wishes.get("recipients") or recipients_digest(contract)
    insist_on_sendable(contract, shown, into=into, recipients=plan.recipients)
    insist_on_quota(contract, by=by, ahead=Q(plannedsending__by=plan.by))
    plan.message = personal(wishes.get("message", ""))
    plan.deadline = future(wishes.get("deadline") or default_deadline(contract), contract.workspace)
    plan.at = _moment(at, plan.deadline, contract)

    plan.save(force_insert=True)
    _announce(contract, plan, by=by)
    return plan


@refusals_told()
@transaction.atomic
def schedule_together(
    offers: Sequence[Offer], *, into: str, by: Actor, at: datetime | None = None, **words: Any
) -> list[PlannedSending]:
    """Confirm a package, all of it or nothing: it leaves as one, by `send_together`.

    `words` are `deadline` and `message`. Raises what `send_together` raises, and MomentRefused.
    """
    ordered = held_together(offers)
    same_person([offer.contract for offer in ordered])
    keys, plans = [offer.contract.pk for offer in ordered], []
    for offer in ordered:
        how = {**words, "recipients": offer.recipients, "together": keys}
        with naming(offer.contract):
            plan = schedule(offer.contract, offer.digest, into=into, at=at, by=by, **how)
        plans.append(plan)
    return plans


@transaction.atomic
def call_off(contract: Contract, *, by: Actor) -> list[PlannedSending]:
    """Take a confirmed sending back before it leaves, with its package. By whoever may send each.

    Returns what was called off, of which no row is left. Raises WrongState, NotAllowed.
    """
    contract, plans = _held(contract)
    insist("send", contract, by=by)
    insist_on_plan(contract)
    for plan in plans:
        insist("send", plan.contract, by=by)
    for plan in plans:
        _lay_aside(plan.contract, by=by)
    return plans


@transaction.atomic
def take_over(contract: Contract, to: Any, *, by: Actor) -> None:
    """Let another colleague have confirmed what is to leave, who may send it.

    By whoever administers the contract. Raises NotAllowed, WrongState, OwnerRefused.
    """
    contract = Contract.objects.lock(contract.pk)
    insist("administer", contract, by=by)
    if (plan := planned(contract)) is None:
        raise WrongState(_("There is nothing to take over: it has left, or was called off."))
    if not permissions.may(to, "send", contract):
        raise OwnerRefused(_("The new one may not send this contract."))

    was, plan.by = plan.by, to
    plan.save(update_fields=["by"])

    data = {**_at(plan), "was": str(was.pk), "is": str(to.pk)}
    announcing.record(contract, events.SENDING_HANDED, data, by=by)


@transaction.atomic
def send_planned(contract: Contract, at: str, *, by: Actor) -> bool:
    """Send what was confirmed for the moment `at`, with its package, or say why not.

    Returns whether it was sent. What was called off meanwhile, or confirmed for another moment, is
    left alone. Nothing is sent where text, recipients, approval or the right of who confirmed it
    are not what they were.
    """
    contract, plans = _held(contract)
    if not any(plan.contract_id == contract.pk and _at(plan)["at"] == at for plan in plans):
        return False
    found = fates_of(plans)
    if all(one.holds for one in found):
        try:
            _sent(plans, by=permissions.actor(plans[0].by))
        except Refusal as refusal:
            found = [Fate(plan, refusal.code) for plan in plans]
        else:
            return True
    _stop(found, by=by)
    return False


def _held(contract: Contract) -> tuple[Contract, list[PlannedSending]]:
    """A contract that is locked, and what leaves with it: locked in the order of their keys."""
    plan = planned(contract)
    keys = {contract.pk, *(plan.together if plan else ())}
    there = Contract.objects.filter(pk__in=keys).order_by("pk").values_list("pk", flat=True)
    rows = {key: Contract.objects.lock(key) for key in there}
    plan = planned(contract)
    return rows[contract.pk], leaving_with(plan) if plan else []


@refusals_told()
@transaction.atomic
def _sent(plans: Sequence[PlannedSending], *, by: Actor) -> None:
    """In a savepoint of its own: a refusal leaves nothing of it. `send` asks for the right.

    Nor of what `send` posts about it, so that is posted here again.
    """
    first, message = plans[0], plans[0].message
    if first.together:
        send_together([_offer(plan) for plan in plans], into=first.into, message=message, by=by)
        return
    how: Wishes = {"deadline": first.deadline, "recipients": first.recipients, "message": message}
    send(first.contract, first.digest, into=first.into, by=by, **how)


def _offer(plan: PlannedSending) -> Offer:
    by = permissions.actor(plan.by)
    return Offer(plan.contract, plan.digest, plan.recipients, plan.deadline, by)


def _lay_aside(contract: Contract, *, by: Actor) -> None:
    if plan := planned(contract):
        plan.delete()
        announcing.record(contract, events.SENDING_CANCELLED, _at(plan), by=by)


def _insist_on_colleague(contract: Contract, *, by: Actor) -> Any:
    """The user behind `by`, who may send this now. Raises NotAllowed."""
    insist("send", contract, by=by)
    if (user := staff(by)) is None:
        raise NotAllowed(_("Only a colleague can confirm what is sent later."))
    return user


def _announce(contract: Contract, plan: PlannedSending, *, by: Actor) -> None:
    told: dict[str, Any] = {
        "digest": plan.digest,
        "into": plan.into,
        "deadline": str(plan.deadline),
        **({"contracts": len(plan.together)} if plan.together else {}),
    }
    announcing.record(contract, events.SENDING_PLANNED, {**_at(plan), **told}, by=by)
    outbox.post(events.SENDING_DUE, after=plan.at, contract=contract.pk, **_at(plan))


def _stop(found: Sequence[Fate], *, by: Actor) -> None:
    """Tell each person once of what leaves together: of one that stopped the others, if need be."""
    told: list[Any] = []
    for plan, code in sorted(found, key=lambda one: one.code == PackageRefused.code):
        contract = plan.contract
        people = [one for one in (contract.owner, plan.by) if one not in told]
        plan.delete()
        announcing.record(contract, events.SENDING_STOPPED, {**_at(plan), "code": code}, by=by)
        notify("unsent", people, contract, by=by, detail=code)
        told += people


def _at(plan: PlannedSending) -> dict[str, str]:
    return {"at": canonical.moment(plan.at)}


def _moment(at: datetime | None, deadline: date, contract: Contract) -> datetime:
    """When it leaves: not before it can be undone, and while it can be answered."""
    now = timezone.now()
    soonest = now + timedelta(seconds=contracts().undo_seconds)
    if at is None:
        return soonest
    if not now < at <= now + LATEST:
        raise MomentRefused([_("Choose a moment within a year from now.")])
    if at.astimezone(ZoneInfo(contract.workspace.timezone)).date() > deadline:
        raise MomentRefused([_("It would be sent after the deadline.")])
    return max(at, soonest)
