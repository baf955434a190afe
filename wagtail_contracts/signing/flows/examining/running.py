"""One slice of everything, and what follows from it."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

from django.db import InterfaceError, OperationalError

from wagtail_contracts import examining
from wagtail_contracts.actors import Actor
from wagtail_contracts.contracts.models import Contract
from wagtail_contracts.examining import Walk
from wagtail_contracts.redaction import redacted
from wagtail_contracts.signing.conf import signing
from wagtail_contracts.signing.flows.examining.found import MODELS
from wagtail_contracts.signing.flows.examining.lateness import let_go, ring_late
from wagtail_contracts.signing.flows.examining.telling import tell
from wagtail_contracts.signing.flows.examining.walking import DUE, walks
from wagtail_contracts.signing.flows.trusting import note_check

log = logging.getLogger("wagtail_contracts.evidence")
# The longest first: the others begin like it.
PREFIXES = {
    "wagtail_contracts_audit": "audit",
    "wagtail_contracts_sealing": "sealing",
    "wagtail_contracts": "signing",
}


def examine(*, by: Actor) -> int:
    """Look at everything for a moment, and tell of what rings; of how much.

    Called every minute. One walk that breaks off keeps no other from its turn.
    """
    ring_late()
    let_go()
    note_refused(by=by)
    seconds, walked = signing().examine_seconds, walks()
    through = {walk.kind for walk in walked if _got_through(walk, seconds)}
    if "contracts" in through:
        _note_through(walked, by)
    return tell(by=by)


def note_refused(*, by: Actor) -> list[Any]:
    """Ring for each write that a trigger refused in this process."""
    found = PREFIXES.items()
    return [one for prefix, app in found for one in examining.ring_refused(prefix, MODELS[app])]


def _got_through(walk: Walk, seconds: float) -> bool:
    """Whether a slice was the last one of its cycle."""
    try:
        before = walk.newest()
        walk.go_on(seconds)
        now = walk.newest()
    except (OperationalError, InterfaceError) as error:  # a statement that took too long, say
        log.warning("the examination of %s broke off: %s", walk.kind, redacted(str(error)))
        return False
    return bool(now and now.done_at) and not (before == now and before.done_at)


def _note_through(walked: Sequence[Walk], by: Actor) -> None:
    """Say what is so, once everything was looked at; also what somebody has settled is so.

    What happened in a moment, such as a stranger's copy that was shown, is nothing that is kept.
    """
    if all(walk.got_through() for walk in walked):
        found = [alarm.objects.filter(gone_at=None) for alarm in MODELS.values()]
        there = [one.exclude(kind__in=("", DUE)).count() for one in found]
        note_check(Contract.objects.count(), sum(there), 0, by=by)
