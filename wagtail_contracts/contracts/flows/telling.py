"""Telling people who did something, where, and how often: by ids, from which the worker writes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone

from wagtail_contracts import events
from wagtail_contracts.actors import Actor
from wagtail_contracts.contracts.core import trees
from wagtail_contracts.contracts.flows.announcing import tell
from wagtail_contracts.contracts.flows.notifying import BUNDLE, notify_bundled
from wagtail_contracts.contracts.models import Contract, Participant
from wagtail_contracts.outbox import flows as outbox
from wagtail_contracts.outbox.models import Message, MessageQuerySet

SMS = "invitation_sms"
# Keys of a mail about what a side says to itself, with the id of that party: another's, or ours.
ASIDE, OWN_ASIDE = "aside", "own_aside"


def tell_of(
    people: Iterable[Participant], kind: str, *, by: Actor, block: str = "", **keys: int | str
) -> None:
    """Post one mail of a kind to each participant now, which says who did it, and where.

    Nobody is told what they did themselves. `block` is the id of a block of the newest version.
    """
    tell(_others(people, by), kind, **_about(by, block), **keys)


def invite_all(people: Iterable[Participant], kind: str = "invitation", **keys: int | str) -> None:
    """Invite each by the ways that their contract says: by mail of a kind, by SMS, or by both."""
    everybody = list(people)
    by_mail = [person for person in everybody if person.invited_by != Participant.InvitedBy.SMS]
    tell(by_mail, kind, **keys)
    for person in everybody:
        if person.invited_by != Participant.InvitedBy.MAIL:
            text_to(person)


def invite(person: Participant, kind: str, *, by: Actor) -> None:
    """Tell somebody who comes in later who let them in, by the ways that were chosen for them."""
    if person.invited_by != Participant.InvitedBy.SMS:
        tell_of([person], kind, by=by)
    if person.invited_by != Participant.InvitedBy.MAIL:
        text_to(person)


def text_to(person: Participant) -> None:
    """Post an SMS with a personal link; in the caller's transaction."""
    outbox.post(events.SMS_DUE, after=None, kind=SMS, participant=person.pk)


def tell_bundled(
    people: Iterable[Participant], kind: str, *, by: Actor, block: str = "", **apart: int | str
) -> None:
    """Tell as `tell_of` does, after BUNDLE: one mail of all of a kind that happens until then.

    What is `apart` by a key never stands in one mail.
    """
    after = timezone.now() + BUNDLE
    for person in _others(people, by):
        same: dict[str, int | str] = {"kind": kind, "participant": person.pk, **apart}
        outbox.gather(events.MAIL_DUE, same, _about(by, block), after=after)


def tell_owner_bundled(
    contract: Contract,
    kind: str,
    *,
    by: Actor,
    participant: Participant | None = None,
    block: str = "",
) -> None:
    """Tell the contract's owner by their choices, after BUNDLE and of all of a kind at once."""
    notify_bundled(kind, [contract.owner], contract, by=by, participant=participant, detail=block)


def without_asides(found: MessageQuerySet) -> MessageQuerySet:
    """Messages as our side may see and count them: none of what another side says to itself."""
    kept: MessageQuerySet = found.exclude(keys__has_key=ASIDE)
    return kept


def is_aside(message: Message) -> bool:
    """Whether a message is about what a side says to itself, ours or another."""
    return not message.keys.keys().isdisjoint((ASIDE, OWN_ASIDE))


def told_of(message: Message, contract: Contract) -> dict[str, Any]:
    """What a message tells: `who` did it, in which `clause`, and how often (`n`).

    Empty words where it tells of several people or places.
    """
    keys = message.keys
    return {
        "who": _name(str(keys.get("by", "")), contract),
        "clause": clause(contract, str(keys.get("block", ""))),
        "n": keys.get("n", 1),
    }


def clause(contract: Contract, block: str) -> str:
    """The number of the clause with this id in the newest version; empty where it has none."""
    version = contract.current_version
    found = trees.blocks(version.content["body"]) if version and block else ()
    return next((str(node["number"] or "") for node in found if node["id"] == block), "")


def _others(people: Iterable[Participant], by: Actor) -> list[Participant]:
    own = {("participant", person.public_id): person for person in people}
    return [
        person
        for key, person in own.items()
        if (by.kind, by.key) not in (key, ("user", str(person.user_id)))
    ]


def _about(by: Actor, block: str) -> dict[str, int | str]:
    return {"by": f"{by.kind}:{by.key}", **({"block": block} if block else {})}


def _name(key: str, contract: Contract) -> str:
    """What other parties read: of staff without a name no account, but the workspace."""
    kind, _colon, who = key.partition(":")
    if kind == "participant":
        people = Participant.objects.filter(party__contract=contract, public_id=who)
        return "".join(people.values_list("name", flat=True))
    if kind == "user":
        user = get_user_model()._default_manager.filter(pk=who).first()
        return str((user and user.get_full_name()) or contract.workspace.name)
    return ""
