"""A sending that is confirmed, in templates."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import template

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.admin.creating.steps import address
from wagtail_contracts.contracts.core import states
from wagtail_contracts.contracts.models import PlannedSending
from wagtail_contracts.contracts.rendering import plans

register = template.Library()
ROOM = "wagtail_contracts/contracts/admin"


@register.filter
def leaving(at: datetime) -> str:
    """When it leaves, with seconds where there are only few."""
    return plans.moment(at)


@register.filter
def stopped(fate: contracts.Fate) -> str:
    """That it will not leave, and why."""
    return plans.stopped(fate.plan.at, fate.code)


@register.filter
def together(plan: PlannedSending) -> str:
    """That it leaves in a package."""
    return plans.together(plan)


@register.inclusion_tag(f"{ROOM}/_countdown.html")
def countdown(fate: contracts.Fate | None) -> dict[str, Any]:
    """The seconds that are left, where there are few and it leaves."""
    if fate is None or not fate.holds or not plans.is_near(fate.plan.at):
        return {"left": 0}
    return {"left": plans.seconds_left(fate.plan.at)}


@register.inclusion_tag(f"{ROOM}/_planned_note.html", takes_context=True)
def planned_note(context: dict[str, Any], contract: Any) -> dict[str, Any]:
    """Above a form that changes a draft: that its sending is confirmed, or will not leave."""
    if contract.state not in states.INSIDE or not (fate := contracts.fate(contract)):
        return {"fate": None}
    sends = permissions.may(context["request"].user, "send", contract)
    return {"fate": fate, "url": address("send", contract) if sends else ""}
