"""Who hears of what is said about a contract, and when."""

from __future__ import annotations

from collections.abc import Iterable

from wagtail_contracts.actors import Actor
from wagtail_contracts.contracts.flows import announcing
from wagtail_contracts.contracts.flows.telling import tell_bundled, tell_of, tell_owner_bundled
from wagtail_contracts.contracts.models import Participant, Thread


def audience(thread: Thread) -> list[Participant]:
    """Who takes part and may read a thread."""
    people = announcing.everybody(thread.contract)
    return [one for one in people if thread.side_id in (None, one.party_id)]


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
    tell_of([one for one in mine if one.user_id != contract.owner_id], "mentioned", by=by)
    asked = first and thread.kind in (Thread.Kind.QUESTION, Thread.Kind.MORE_TIME)
    kind = "asked" if asked else "commented"
    if thread.side is None:
        others = [one for one in readers if one not in mine and one.user_id != contract.owner_id]
        tell_bundled(others, kind, by=by, block=block)
    elif contract.aside_trail(thread.side) != contract.own_trail:
        return
    if asked and thread.kind == Thread.Kind.MORE_TIME:
        announcing.tell_owner(contract, "more_time_asked", by=by, participant=participant)
    else:
        tell_owner_bundled(contract, kind, by=by, participant=participant, block=block)
