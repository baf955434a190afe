"""Who hears of what is said about a contract, and when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from wagtail_contracts.actors import Actor
from wagtail_contracts.contracts.flows import announcing
from wagtail_contracts.contracts.flows.notifying import BUNDLE
from wagtail_contracts.contracts.flows.telling import (
    ASIDE,
    OWN_ASIDE,
    tell_bundled,
    tell_of,
    tell_owner_bundled,
)
from wagtail_contracts.contracts.models import Comment, Participant, Thread


def audience(thread: Thread) -> list[Participant]:
    """Who takes part and may read a thread."""
    people = announcing.everybody(thread.contract)
    return [one for one in people if thread.side_id is None or _hears(one, thread)]


def tell_readers(
    thread: Thread,
    readers: Iterable[Participant],
    named: Iterable[Participant],
    participant: Participant | None,
    *,
    first: bool,
    by: Actor,
) -> None:
    """Whoever is named at once, the others soon; people of a side that talks to itself if named."""
    contract, block, mine = thread.contract, thread.block, set(named)
    _tell_named([one for one in mine if one.user_id != contract.owner_id], thread, by=by)
    asked = first and thread.kind in (Thread.Kind.QUESTION, Thread.Kind.MORE_TIME)
    kind = "asked" if asked else "commented"
    if thread.side is None:
        others = [one for one in readers if one not in mine and one.user_id != contract.owner_id]
        tell_bundled(others, kind, by=by, block=block)
    elif not contract.is_own(thread.side):
        return
    if asked and thread.kind == Thread.Kind.MORE_TIME:
        announcing.tell_owner(contract, "more_time_asked", by=by, participant=participant)
    else:
        tell_owner_bundled(contract, kind, by=by, participant=participant, block=block)


def _hears(person: Participant, thread: Thread) -> bool:
    if person.party_id != thread.side_id:
        return False
    since = person.hears_from
    return since is None or since <= thread.begun_at


def _tell_named(people: Iterable[Participant], thread: Thread, *, by: Actor) -> None:
    """At once; of what names somebody once more within BUNDLE one mail tells."""
    since = timezone.now() - BUNDLE
    lately = Comment.objects.filter(
        thread__contract=thread.contract, thread__side=thread.side, at__gte=since
    )
    times = Counter(lately.values_list("mentioned", flat=True))
    again = [person for person in people if times[person.pk] > 1]
    first = [person for person in people if person not in again]
    tell_of(first, "mentioned", by=by, **_aside(thread))
    tell_bundled(again, "mentioned", by=by, side=thread.side_id or 0, **_aside(thread))


def _aside(thread: Thread) -> dict[str, Any]:
    """What marks a mail about what a side says to itself: nobody else may see or count it."""
    if thread.side is None:
        return {}
    return {OWN_ASIDE if thread.contract.is_own(thread.side) else ASIDE: thread.side.pk}
