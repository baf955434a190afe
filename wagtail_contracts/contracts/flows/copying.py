"""Making drafts from contracts: what the first one says, not its template as that is now.

The new draft has ids, a number and people of its own, and the outline of the first, so that what
differs from the template goes on being reported.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from wagtail_contracts import events
from wagtail_contracts.actors import Actor
from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.blocks import plain, pointed, renewed
from wagtail_contracts.contracts.core import locks, states, trees
from wagtail_contracts.contracts.core.keys import IDENTITY
from wagtail_contracts.contracts.errors import WrongState
from wagtail_contracts.contracts.flows import announcing
from wagtail_contracts.contracts.flows.acting import insist
from wagtail_contracts.contracts.flows.drafting import (
    PartyDraft,
    PersonDraft,
    add_people,
    next_number,
    opening_block,
)
from wagtail_contracts.contracts.flows.given import note_answers
from wagtail_contracts.contracts.flows.listing import keep_draft
from wagtail_contracts.contracts.flows.retracted import insist_not_retracted
from wagtail_contracts.contracts.models import Contract, ContractLink, ContractVersion, Party
from wagtail_contracts.contracts.models.guards import KEPT, unguarded

LONGEST = 120  # characters of a title
# Whatever else flows alone may write goes on in the new draft.
ITS_OWN = {
    "uuid",
    "public_id",
    "salt",
    "number",
    "state",
    "expired_from",
    "owner_id",
    "outline",
    "deadline",
    "current_version_id",
    "approval_id",
    "sent",
    "made_at",
}
Stream = list[dict[str, Any]]


@dataclass(frozen=True)
class Said:
    """What a new draft takes over; `outline` and `body` are stored streams that share their ids."""

    title: str
    outline: Stream
    body: Stream
    values: Mapping[str, Any]


@transaction.atomic
def duplicate(contract: Contract, *, owner: Any, by: Actor) -> Contract:
    """Make a draft that says what this contract says, whatever became of it.

    A draft is copied as it stands, any other as we last sent it: without what others answered.
    """
    first = Contract.objects.lock(contract.pk)
    return _make(first, _said(first), ContractLink.Kind.DUPLICATE_OF, owner=owner, by=by)


@transaction.atomic
def amend(contract: Contract, *, owner: Any, by: Actor) -> Contract:
    """Make a draft that changes a signed contract: its text and its values. Raises WrongState.

    It begins with a sentence that names the first.
    """
    first, version = signed(contract)
    with override(first.language):
        title = _("Amendment to %(title)s") % {"title": first.sent["title"]}
        names = _("This contract amends contract %(number)s, “%(title)s”, version %(version)s.")
    said = replace(_opened(first, version, names), title=title[:LONGEST])
    return _make(first, said, ContractLink.Kind.AMENDS, owner=owner, by=by)


@transaction.atomic
def renew(contract: Contract, *, owner: Any, by: Actor) -> Contract:
    """Make a draft that follows a signed contract: all of it but its days. Raises WrongState.

    It begins with a sentence that names the first.
    """
    first, version = signed(contract)
    with override(first.language):
        names = _("This contract renews contract %(number)s, “%(title)s”, version %(version)s.")
    said = _opened(first, version, names)
    days = {item["key"] for item in first.fields if item["kind"] == "date"}
    said = replace(said, values=_without(said.values, days))
    return _make(first, said, ContractLink.Kind.RENEWS, owner=owner, by=by)


def signed(contract: Contract) -> tuple[Contract, ContractVersion]:
    """The row, held, and what was signed. Raises WrongState."""
    first = Contract.objects.lock(contract.pk)
    version = first.current_version
    if not states.allows(first.state, "follow") or version is None:
        raise WrongState(_("Only a signed contract can be amended, renewed or replaced."))
    insist_not_retracted(first)
    return first, version


def _said(first: Contract) -> Said:
    """What we wrote: as it stands where it was never sent, else as it was last sent."""
    if first.state in states.INSIDE:
        return Said(first.title, first.outline, plain(first.body), first.values)
    return Said(outline=first.outline, **first.sent)


def _opened(first: Contract, version: ContractVersion, sentence: str) -> Said:
    """What was signed, opened by a sentence instead of that which names an earlier contract."""
    said = _said(first)
    words = {"number": first.number, "title": said.title, "version": version.number}
    opening = opening_block(sentence % words)
    earlier = {entry["id"] for entry in first.outline if entry["origin"] is None}
    return Said(
        title=said.title,
        outline=[{**opening, "origin": None}, *_but(said.outline, earlier)],
        body=[opening, *_but(said.body, earlier)],
        values=agreed(first, version),
    )


def agreed(first: Contract, version: ContractVersion) -> dict[str, Any]:
    """All that was answered, but for fields that the signed text does not show."""
    hidden = {item["key"] for item in first.fields} - trees.values_by_key(version.content).keys()
    return _without(trees.values_by_key(version.whole), hidden)


def _but(stream: Stream, ids: set[str]) -> Stream:
    return [entry for entry in stream if entry["id"] not in ids]


def _without(values: Mapping[str, Any], keys: set[str]) -> dict[str, Any]:
    return {key: None if key in keys else value for key, value in values.items()}


def _make(first: Contract, said: Said, kind: str, *, owner: Any, by: Actor) -> Contract:
    """Store the draft and the link. What is sensitive, and files of others, are asked for again.

    By whoever sees the first and makes such a contract there. Raises NotAllowed.
    """
    insist("view", first, by=by)
    made = _draft(first, said)
    made.owner = owner
    insist("add", made, by=by)

    with unguarded():
        made.save()
        add_people(made, [same_party(party) for party in first.parties.all()])
        made.save_revision(user=owner)
        note_answers(made, first=first, by=by)
    keep_draft(made)
    announcing.record(made, events.CONTRACT_CREATED, {"state": made.state}, by=by)
    tie(made, first, kind, by=by)
    return made


def tie(made: Contract, first: Contract, kind: str, *, by: Actor) -> None:
    """Link a contract to the one that it comes from; both trails of our own side say so."""
    ContractLink.objects.create(contract=made, first=first, kind=kind)
    data = {"kind": str(kind), "contract": made.number, "first": first.number}
    for side in (made, first):
        announcing.record(side, events.CONTRACT_LINKED, data, by=by)


def _draft(first: Contract, said: Said) -> Contract:
    (outline, body), ids = renewed(*locks.locked_again(said.outline, said.body))
    values = _without(said.values, set(asked_again(first)))
    kept = {name: getattr(first, name) for name in KEPT if name not in ITS_OWN}
    return Contract(
        number=next_number(first.workspace),
        title=said.title,
        outline=outline,
        body=body,
        values=_moved(values, ids, {item["key"] for item in first.fields}),
        **{**kept, "fields": pointed(first.fields, ids)},
    )


def asked_again(first: Contract) -> Iterator[str]:
    """Keys of what is sensitive, and of files that others gave: for the first contract alone."""
    own = first.own_roles
    for item in first.fields:
        theirs = item["kind"] == "file" and item.get("role") not in own
        if theirs or item.get("sensitive"):
            yield item["key"]


def _moved(values: Mapping[str, Any], ids: Mapping[str, str], fields: set[str]) -> dict[str, Any]:
    """The values; what was chosen inside a block goes by ids, and by the new ones now."""

    def now(said: Any) -> Any:
        known = isinstance(said, str)
        return IDENTITY.sub(lambda found: ids.get(found[0], found[0]), said) if known else said

    return {now(key): value if key in fields else now(value) for key, value in values.items()}


SAME = (
    *("name", "email", "phone", "invited_by", "role", "language", "capacity", "position"),
    *("opens_by", "signs_by", "fetches_by", "national_id", "acts_as", "witnesses"),
)


def same_party(party: Party) -> PartyDraft:
    """A party with its people; a colleague who has left signs no more in the admin."""
    here = permissions.colleagues(party.contract.workspace)
    people = [
        PersonDraft(
            **{name: getattr(person, name) for name in SAME},
            user=here.filter(pk=person.user_id).first(),
        )
        for person in party.people.all()
    ]
    return PartyDraft(
        role=party.role,
        name=party.name,
        organisation_number=party.organisation_number,
        people=people,
        kind=party.kind,
        address=party.address,
    )
