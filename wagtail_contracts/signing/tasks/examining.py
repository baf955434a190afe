"""What the worker does every minute, the mail that follows, and what a web process does beside."""

from __future__ import annotations

import logging
from typing import Any

from django.conf import settings
from django.utils import translation

from wagtail_contracts import refusals
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.outbox.models import Message
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.flows import examining
from wagtail_contracts.signing.rendering import alarms

log = logging.getLogger("wagtail_contracts.evidence")
watch = examining.Watch()


def examine() -> None:
    """Look at a slice of everything."""
    examining.examine(by=SYSTEM)


def send_alarms(message: Message) -> None:
    """Mail the named people what rang."""
    found = examining.told_as(message.keys["told"])
    to = signing.alarmed()
    for one in found:
        log.error("alarm %s: %s %s", one.key, one.alarm.code, one.alarm.about)
    if not to:
        log.error("nobody is told of %d alarms: no address is named for them", len(found))
    elif found:
        with translation.override(settings.LANGUAGE_CODE):
            alarms.mail(found, to, identity=message.public_id).send()


def beside_requests(**_signal: Any) -> None:
    """After an answer: keep what was refused while it was made, and see that examining goes on."""
    try:
        if refusals.are_waiting():
            examining.note_refused(by=SYSTEM)
        with translation.override(settings.LANGUAGE_CODE):
            watch.look(by=SYSTEM)
    except Exception:
        log.exception("what follows an answer broke off")
