"""A sending that is confirmed now and leaves later: after the time to undo, or at a moment.

Until it leaves nothing is frozen and nobody outside is told: the contract is the draft that it was,
and only our own side's trail says what was confirmed. So calling it off leaves nothing to take
back. The worker sends exactly what was confirmed, or nothing.
"""

from __future__ import annotations

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
from wagtail_contracts.contracts.errors import MomentRefused, NotAllowed, OwnerRefused, WrongState
from wagtail_contracts.contracts.flows import announcing
from wagtail_contracts.contracts.flows.acting import insist, staff
from wagtail_contracts.contracts.flows.composing import recipients_digest
from wagtail_contracts.contracts.flows.notifying import notify
from wagtail_contracts.contracts.flows.planned import (
    insist_on_holding,
    insist_on_no_plan,
    insist_on_plan,
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
from wagtail_contracts.contracts.models import Contract, ContractVersion, PlannedSending
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
    **wishes: Unpack[Wishes],
) -> PlannedSending:
    """Confirm a sending that leaves at a moment, by default as soon as it can't be undone any more.

    By a member of staff. Raises all that `send` raises, NotAllowed, and WrongState where one is
    confirmed already; one that would not leave any more is called off.
    """
    contract = Contract.objects.lock(contract.pk)
    plan = PlannedSending(contract=contract, digest=shown, into=into)
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


@transaction.atomic
def call_off(contract: Contract, *, by: Actor) -> None:
    """Take a confirmed sending back before it leaves. Raises WrongState, NotAllowed."""
    contract = Contract.objects.lock(contract.pk)
    insist("send", contract, by=by)
    insist_on_plan(contract)

    _lay_aside(contract, by=by)


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
def send_planned(contract: Contract, at: str, *, by: Actor) -> ContractVersion | None:
    """Send what was confirmed for the moment `at`, or say why not; None where nothing was sent.

    What was called off meanwhile, or confirmed for another moment, is left alone. Nothing is sent
    where text, recipients, approval or the right of who confirmed it are not what they were.
    """
    contract = Contract.objects.lock(contract.pk)
    plan = planned(contract)
    if plan is None or _at(plan)["at"] != at:
        return None
    try:
        insist_on_holding(contract, plan)
        return _sent(contract, plan, by=permissions.actor(plan.by))
    except Refusal as refusal:
        _stop(contract, plan, refusal.code, by=by)
        return None


@refusals_told()
@transaction.atomic
def _sent(contract: Contract, plan: PlannedSending, *, by: Actor) -> ContractVersion:
    """In a savepoint of its own: a refusal leaves nothing of it. `send` asks for the right.

    Nor of what `send` posts about it, so that is posted here again.
    """
    return send(
        contract,
        plan.digest,
        into=plan.into,
        deadline=plan.deadline,
        recipients=plan.recipients,
        message=plan.message,
        by=by,
    )


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
    told = {"digest": plan.digest, "into": plan.into, "deadline": str(plan.deadline)}
    announcing.record(contract, events.SENDING_PLANNED, {**_at(plan), **told}, by=by)
    outbox.post(events.SENDING_DUE, after=plan.at, contract=contract.pk, **_at(plan))


def _stop(contract: Contract, plan: PlannedSending, code: str, *, by: Actor) -> None:
    plan.delete()
    announcing.record(contract, events.SENDING_STOPPED, {**_at(plan), "code": code}, by=by)
    notify("unsent", [contract.owner, plan.by], contract, by=by, detail=code)


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
