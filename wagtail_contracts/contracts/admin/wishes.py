"""What somebody chose for a sending that they called off: it stands in the form again.

Kept with their session until it is sent, as they call it off to mend something.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.conf import contracts as conf
from wagtail_contracts.contracts.models import Contract, PlannedSending

PREFIX = "wagtail_contracts_wishes"


def of_plan(plan: PlannedSending) -> dict[str, Any]:
    """What the form begins with: all that was chosen and can be chosen still.

    A moment that is not further away than the time to undo was chosen by nobody, or comes too soon.
    """
    soonest = timezone.now() + timedelta(seconds=conf().undo_seconds)
    chosen: dict[str, Any] = {"into": plan.into, "message": plan.message}
    if plan.deadline >= contracts.today(plan.contract.workspace):
        chosen["deadline"] = plan.deadline
    if plan.at > soonest:
        chosen["at"] = plan.at
    return chosen


def keep(request: HttpRequest, plan: PlannedSending) -> None:
    """Remember what was chosen for a plan that is called off."""
    dates = {"deadline": plan.deadline.isoformat(), "at": plan.at.isoformat()}
    request.session[_key(plan.contract)] = {"into": plan.into, "message": plan.message, **dates}


def kept(request: HttpRequest, contract: Contract) -> dict[str, Any]:
    """What was remembered for a contract."""
    if (found := request.session.get(_key(contract))) is None:
        return {}
    plan = PlannedSending(contract=contract, into=found["into"], message=found["message"])
    plan.deadline = date.fromisoformat(found["deadline"])
    plan.at = datetime.fromisoformat(found["at"])
    return of_plan(plan)


def kept_alike(request: HttpRequest, several: Sequence[Contract]) -> dict[str, Any]:
    """What was remembered for each of several contracts alike."""
    first, *others = [kept(request, contract) for contract in several] or [{}]
    return {
        name: value
        for name, value in first.items()
        if all(name in one and one[name] == value for one in others)
    }


def forget(request: HttpRequest, contract: Contract) -> None:
    """It was sent, or confirmed anew."""
    request.session.pop(_key(contract), None)


def _key(contract: Contract) -> str:
    return f"{PREFIX}_{contract.pk}"
