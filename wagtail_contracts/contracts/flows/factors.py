"""Second factors of staff: devices for one-time codes, recovery codes, and their reset.

The rows are django-otp's. Each change is an event in the trail of the staff, and its owner is told
by mail: whoever changed it may be somebody else with their session.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_otp import device_classes, devices_for_user, verify_token

from wagtail_contracts import events
from wagtail_contracts.actors import Actor
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.core import codes
from wagtail_contracts.contracts.errors import CodeRefused, FactorsKept
from wagtail_contracts.contracts.flows.acting import staff
from wagtail_contracts.contracts.flows.announcing import insist_on_reason
from wagtail_contracts.contracts.models import GroupWorkspacePermission, Workspace
from wagtail_contracts.outbox import flows as outbox

TRAIL, RECOVERY_APP = "staff", "otp_static"
PLUGINS = ("django_otp.plugins.otp_totp", "django_otp.plugins.otp_static")
RECOVERY_CODES = 10


def factors_offered() -> bool:
    """Whether this site has the tables for them."""
    return all(apps.is_installed(name) for name in PLUGINS)


def factors_of(user: Any) -> list[Any]:
    """The confirmed devices of somebody; recovery codes are none."""
    return [device for device in devices_for_user(user) if not _is_recovery(device)]


def recovery(user: Any) -> Any:
    """The device that stands for somebody's recovery codes; None without any."""
    found = (device for device in devices_for_user(user) if _is_recovery(device))
    return next(found, None)


def recovery_left(user: Any) -> int:
    """How many recovery codes somebody has left."""
    device = recovery(user)
    return device.token_set.count() if device else 0


def code_accepted(user: Any, device_id: str, code: str) -> bool:
    """Ask a device, or the recovery codes where it is one of these; whichever is used up by it.

    Outside of transactions: what was wrong is counted, and another one waits longer.
    """
    code = codes.typed(code)
    if not code:
        return False
    if codes.is_recovery(code):
        device = recovery(user)
        return device is not None and verify_token(user, device.persistent_id, code) is not None
    mine = {device.persistent_id for device in factors_of(user)}
    return device_id in mine and verify_token(user, device_id, code) is not None


@transaction.atomic
def begin_factor(user: Any, name: str, *, by: Actor) -> Any:
    """Make a device with a new key, in place of those that were begun and never confirmed."""
    _devices().filter(user=user, confirmed=False).delete()
    return _devices().create(user=user, name=name, confirmed=False)


def begun_factor(user: Any, pk: int) -> Any:
    """The device that somebody has begun and not confirmed; None if there is none."""
    return _devices().filter(user=user, pk=pk, confirmed=False).first()


def confirm_factor(device: Any, code: str, *, by: Actor) -> None:
    """Take a device into use by a code that it shows. Raises CodeRefused, outside a transaction."""
    if not verify_token(device.user, device.persistent_id, codes.typed(code)):
        raise CodeRefused(code_refusal())
    _confirm(device, by=by)


@transaction.atomic
def renew_recovery(user: Any, *, by: Actor) -> list[str]:
    """Make recovery codes in place of those there are, and return them: nobody can read them again.

    They are stored as django-otp does, so that each of its forms takes them.
    """
    _lock(user)
    _recoveries().filter(user=user).delete()

    device = _recoveries().create(user=user, name="recovery")
    made = [codes.recovery_code() for _number in range(RECOVERY_CODES)]
    for code in made:
        device.token_set.create(token=code)

    _record(user, events.RECOVERY_RENEWED, by=by)
    return made


@transaction.atomic
def remove_factor(device: Any, *, by: Actor) -> None:
    """Take a device out of use; with the last one go the recovery codes."""
    user = _lock(device.user)
    device.delete()
    if not factors_of(user):
        _recoveries().filter(user=user).delete()

    _record(user, events.FACTOR_REMOVED, by=by)


@transaction.atomic
def reset_factors(user: Any, reason: str, *, by: Actor) -> None:
    """Remove all factors of somebody who has lost them. Raises FactorsKept, ReasonMissing."""
    reason = insist_on_reason(reason)
    asker = staff(by)
    if asker is None or not resettable(asker).filter(pk=user.pk).exists():
        raise FactorsKept(_("You may not reset the second factor of this person."))

    _lock(user)
    for device in devices_for_user(user, confirmed=None):
        device.delete()

    _record(user, events.FACTOR_RESET, by=by, reason=reason)


def resettable(asker: Any) -> Any:
    """The colleagues whose factors somebody may reset: never their own.

    A superuser, everybody's; an administrator, those of people whose every workspace they
    administer and who may do no more than they in the rest of the site, as nobody lowers a guard
    of what isn't theirs.
    """
    people = get_user_model()._default_manager.filter(is_active=True).exclude(pk=asker.pk)
    if asker.is_active and asker.is_superuser:
        return people.order_by("pk")
    mine = permissions.workspaces(asker, ["administer"])
    held = GroupWorkspacePermission.objects.filter(group__user__isnull=False)
    inside = held.filter(workspace__in=mine).values("group__user")
    outside = held.exclude(workspace__in=mine).values("group__user")
    found = people.filter(pk__in=inside, is_superuser=False)
    found = permissions.no_more_than(asker, found.exclude(pk__in=outside))
    return found.order_by("pk")


def resets(asker: Any) -> bool:
    """Whether somebody sees to the factors of others: whoever administers a workspace."""
    return bool(asker.is_superuser or permissions.workspaces(asker, ["administer"]).exists())


def factor_counts(people: Iterable[Any]) -> dict[Any, int]:
    """How many devices each of these has, one query for each kind of device."""
    counts = {person.pk: 0 for person in people}
    for kind in device_classes():
        if kind._meta.app_label != RECOVERY_APP:
            rows = kind._default_manager.filter(user__in=list(counts), confirmed=True)
            for pk in rows.values_list("user", flat=True):
                counts[pk] += 1
    return counts


def factor_needed(verb: str, workspaces: Any) -> bool:
    """Whether any of these workspaces asks for a second factor before this verb."""
    asked = Workspace.objects.filter(pk__in=workspaces).values_list("factor_verbs", flat=True)
    return any(verb in verbs for verbs in asked)


def code_refusal() -> str:
    """One sentence for every code that is not taken, so that it tells nothing."""
    return _("The code is wrong, was used before, or came too soon after a wrong one.")


@transaction.atomic
def _confirm(device: Any, *, by: Actor) -> None:
    _lock(device.user)
    rows = _devices().filter(pk=device.pk, confirmed=False)
    if not rows.update(confirmed=True, created_at=timezone.now()):
        raise CodeRefused(code_refusal())

    _record(device.user, events.FACTOR_ADDED, by=by)


def _record(user: Any, name: str, *, by: Actor, reason: str = "") -> None:
    data = {"user": user.pk, "devices": len(factors_of(user))}
    disclose = {"reason": reason} if reason else {}
    audit.record(TRAIL, name, data, by=by, disclose=disclose)
    actor = {"actor": by.key} if by.kind == "user" else {}
    outbox.post(name, after=None, user=user.pk, **actor)


def _lock(user: Any) -> Any:
    """The account's row, under which its devices are counted and changed."""
    return get_user_model()._default_manager.select_for_update().get(pk=user.pk)


def _is_recovery(device: Any) -> bool:
    return bool(device._meta.app_label == RECOVERY_APP)


def _devices() -> Any:
    return apps.get_model("otp_totp", "TOTPDevice")._default_manager


def _recoveries() -> Any:
    return apps.get_model(RECOVERY_APP, "StaticDevice")._default_manager
