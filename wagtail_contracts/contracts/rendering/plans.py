"""A sending that is confirmed, in words: when it leaves, or why it will not."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wagtail_contracts.contracts.models import PlannedSending
from wagtail_contracts.contracts.rendering.days import exact_moment, short_moment

NEAR = timedelta(minutes=2)  # so close that its seconds matter
WHY = {
    "stale_version": gettext_lazy("the contract was changed since it was confirmed"),
    "approval_missing": gettext_lazy("it needs an approval"),
    "not_allowed": gettext_lazy("whoever confirmed it may not send it any more"),
    "not_ready": gettext_lazy("something is missing"),
    "quota_reached": gettext_lazy("more people would get contracts within a day than may"),
    "deadline_refused": gettext_lazy("its deadline is over"),
    "package_refused": gettext_lazy("another contract of its package can't be sent"),
}
OTHERWISE = gettext_lazy("it can't be sent as it is now")


def moment(at: datetime) -> str:
    """When it leaves, with seconds where there are only few."""
    return exact_moment(at) if is_near(at) else short_moment(at)


def is_near(at: datetime) -> bool:
    """Say whether it leaves within two minutes."""
    return timezone.now() > at - NEAR


def seconds_left(at: datetime) -> int:
    """How long it can still be called off."""
    return max(0, round((at - timezone.now()).total_seconds()))


def stopped(at: datetime, code: str) -> str:
    """That it will not leave, and why, by the code of the refusal."""
    words = {"moment": moment(at), "why": WHY.get(code, OTHERWISE)}
    return _("It will not leave on %(moment)s: %(why)s. Confirm it again.") % words


def together(plan: PlannedSending) -> str:
    """That it is one of a package; "" where it leaves alone."""
    if not plan.together:
        return ""
    words = _(
        "It is one of %(n)s contracts that leave as a package: all of them or none, and they are "
        "called off together."
    )
    return words % {"n": len(plan.together)}


def in_short(at: datetime, code: str) -> str:
    """The same for a row of a list, whether it leaves or not."""
    return _("Will not leave") if code else _("Leaves %(moment)s") % {"moment": moment(at)}
