"""What a member of staff gets to see of a content, and that they saw what is sensitive."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from wagtail_contracts import events
from wagtail_contracts.actors import Actor
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.core import masking
from wagtail_contracts.contracts.flows import announcing
from wagtail_contracts.contracts.models import Contract

QUIET = timedelta(minutes=15)  # the editor asks every second while somebody types
Content = dict[str, Any]


@transaction.atomic
def seen(contract: Contract, content: Content, user: Any, *, by: Actor) -> Content:
    """The content as `user` may read it: with a mask for each sensitive value, or all of it.

    Whoever reads all of it leaves a trace in our own side's trail, once in a quarter of an hour.
    """
    keys = masking.hidden(content)
    if contract._state.adding:
        return content  # it is imagined from what this person has just typed
    if not permissions.reads(user, contract, content):
        return masking.masked(content)
    if keys and not _lately(contract, by):
        announcing.record(contract, events.SENSITIVE_SEEN, {"fields": sorted(keys)}, by=by)
    return content


def seen_both(
    contract: Contract, old: Content, new: Content, user: Any, *, by: Actor
) -> tuple[Content, Content]:
    """Two contents to be compared, as `seen`; a masked value that differs says so."""
    if permissions.reads(user, contract, old) and permissions.reads(user, contract, new):
        return seen(contract, old, user, by=by), seen(contract, new, user, by=by)
    return masking.both(old, new)


def _lately(contract: Contract, by: Actor) -> bool:
    looks = Event.objects.of(contract.own_trail).named(events.SENSITIVE_SEEN)
    return looks.by(by.key, kind=by.kind).filter(at__gte=timezone.now() - QUIET).exists()
