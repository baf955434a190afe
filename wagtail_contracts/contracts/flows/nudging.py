"""Reminders to those who have not signed a text for many, at the press of one button."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail_contracts import events
from wagtail_contracts.actors import Actor
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.errors import CircularRefused
from wagtail_contracts.contracts.flows.chronicling import chronicle
from wagtail_contracts.contracts.flows.circulars import insist_on_sender
from wagtail_contracts.contracts.flows.counting import rest
from wagtail_contracts.contracts.flows.sending import remind
from wagtail_contracts.contracts.models import Circular, CircularRound
from wagtail_contracts.errors import Refusal
from wagtail_contracts.outbox import flows as outbox

APART = timedelta(hours=20)  # between two rounds of reminders


@transaction.atomic
def remind_rest(circular: Circular, *, by: Actor) -> int:
    """Have everybody reminded who has not signed the newest text; how many that is now.

    Raises NotAllowed, and CircularRefused where that was asked for within APART.
    """
    circular = Circular.objects.lock(circular.pk)
    user = insist_on_sender(circular.workspace, by=by)
    newest, now = circular.newest, timezone.now()
    if newest.reminded_at and newest.reminded_at > now - APART:
        raise CircularRefused(_("They were reminded today. Nobody likes two reminders in a day."))
    waiting = rest(circular).count()
    if not waiting:
        raise CircularRefused(_("Nobody is left to remind."))
    newest.reminded_at = now
    newest.save(update_fields=["reminded_at"])

    outbox.post(events.CIRCULAR_REMINDER_DUE, round=newest.pk, user=user.pk)
    told = {"circular": circular.public_id, "round": newest.number, "members": waiting}
    named = {"title": circular.title}
    chronicle(circular.workspace, events.CIRCULAR_REMINDED, told, by=by, disclose=named)
    return waiting


def remind_each(of: CircularRound, user: Any, since: datetime, *, by: Actor) -> int:
    """Remind everybody of the rest whom nobody reminded `since`; how many.

    In the name of `user`, who asked for it. Nobody, where a newer round has begun since.
    """
    if of.circular.newest.pk != of.pk:
        return 0
    acting = permissions.actor(user)
    return sum(_remind(row.participant, since, by=acting) for row in rest(of.circular))


def _remind(person: Any, since: datetime, *, by: Actor) -> int:
    told = Event.objects.of(person.party.contract.trail).named(events.PARTICIPANT_REMINDED)
    if told.filter(at__gte=since).exists():
        return 0
    try:
        remind(person, by=by)
    except Refusal:  # it ended meanwhile, or whoever asked may not any more
        return 0
    return 1
