"""Somebody says what became of an alarm, and why it need ring no more."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from wagtail_contracts import events, examining
from wagtail_contracts.actors import Actor
from wagtail_contracts.contracts.flows.announcing import insist_on_reason
from wagtail_contracts.signing.errors import AlreadySettled
from wagtail_contracts.signing.flows.examining.found import Found
from wagtail_contracts.signing.flows.examining.telling import note


@transaction.atomic
def settle_alarm(found: Found, reason: str, *, by: Actor) -> None:
    """Keep who says what became of it. Raises ReasonMissing, ReasonTooLong and AlreadySettled.

    It stays in the list for good, and in the trail; what is still so rings no more.
    """
    reason = insist_on_reason(reason)
    if not examining.settle(found.alarm, reason, by):
        raise AlreadySettled(_("Somebody has settled this already."))
    data = {"app": found.app, "alarm": found.alarm.pk, "code": found.alarm.code}
    note(found, events.MISMATCH_SETTLED, data, by=by, disclose={"reason": reason})
