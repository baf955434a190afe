"""Keeping contracts in order: tags, folders, and what is put away. Nothing of it is signed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail_contracts import events
from wagtail_contracts.actors import Actor
from wagtail_contracts.contracts.core import states
from wagtail_contracts.contracts.core.text import normal
from wagtail_contracts.contracts.errors import NameRefused, WrongState
from wagtail_contracts.contracts.flows import announcing
from wagtail_contracts.contracts.flows.acting import insist
from wagtail_contracts.contracts.flows.indexing import index
from wagtail_contracts.contracts.models import Contract, ContractTag, Folder, Listing, Tag
from wagtail_contracts.contracts.models.desk import NAME

MOST_TAGS = 20  # of one contract
STAYS_OUT = frozenset({*states.OPEN, states.IN_APPROVAL})  # somebody is at it


@transaction.atomic
def tag(contract: Contract, names: Iterable[str], *, by: Actor) -> None:
    """Add tags to a contract, new ones to its workspace. Raises NotAllowed, NameRefused."""
    contract = _held(contract, by)
    wanted = {one.lower(): one for one in map(named, names)}
    kept = {item.tag.name.lower() for item in contract.tagged.select_related("tag")}
    if len(wanted.keys() | kept) > MOST_TAGS:
        raise NameRefused(_("A contract has at most %s tags.") % MOST_TAGS)
    made = [_one(Tag, contract, name) for low, name in wanted.items() if low not in kept]
    if not made:
        return

    ContractTag.objects.bulk_create(ContractTag(contract=contract, tag=one) for one in made)
    _tell_tags(contract, made, [], by=by)


@transaction.atomic
def untag(contract: Contract, names: Iterable[str], *, by: Actor) -> None:
    """Take tags off a contract; what it does not have is no fault. Raises NotAllowed."""
    contract = _held(contract, by)
    gone = {one.lower() for one in map(named, names)}
    rows = [row for row in contract.tagged.select_related("tag") if row.tag.name.lower() in gone]
    if not rows:
        return

    ContractTag.objects.filter(pk__in=[row.pk for row in rows]).delete()
    _tell_tags(contract, [], [row.tag for row in rows], by=by)


@transaction.atomic
def put_into(contract: Contract, name: str, *, by: Actor) -> None:
    """Put a contract into the folder of this name in its workspace, made if there is none.

    An empty name takes it out of its folder. Raises NotAllowed, NameRefused.
    """
    contract = _held(contract, by)
    folder = _one(Folder, contract, named(name)) if name.strip() else None
    rows = Listing.objects.filter(contract=contract)
    if rows.filter(folder=folder).exists():
        return

    rows.update(folder=folder)
    data, told = {"folder": folder and folder.pk}, {"folder": folder.name} if folder else {}
    announcing.record(contract, events.CONTRACT_FILED, data, by=by, disclose=told)


@transaction.atomic
def archive(contract: Contract, *, by: Actor) -> None:
    """Put a contract away: it is out of every view but that of all. Raises WrongState, NotAllowed.

    Not what is out or in approval, which somebody waits for.
    """
    contract = _held(contract, by)
    insist_may_archive(contract)
    put_away = Listing.objects.filter(contract=contract, archived_at=None)
    if put_away.update(archived_at=timezone.now()):
        announcing.record(contract, events.CONTRACT_ARCHIVED, {"state": contract.state}, by=by)


def insist_may_archive(contract: Contract) -> None:
    """Raise WrongState for what somebody is at."""
    if contract.state in STAYS_OUT:
        raise WrongState(_("Somebody still waits for this contract. Withdraw it first."))


@transaction.atomic
def unarchive(contract: Contract, *, by: Actor) -> None:
    """Take a contract back out of the archive. Raises NotAllowed."""
    contract = _held(contract, by)
    if Listing.objects.filter(contract=contract).exclude(archived_at=None).update(archived_at=None):
        announcing.record(contract, events.CONTRACT_UNARCHIVED, {"state": contract.state}, by=by)


@transaction.atomic
def clear_place(contract: Contract, *, by: Actor) -> None:
    """Take a contract out of its folder and off its tags, which are its old workspace's.

    For whoever moves it to another, in the transaction of the move.
    """
    Listing.objects.filter(contract=contract).update(folder=None)
    ContractTag.objects.filter(contract=contract).delete()
    index(contract)


def named(name: str) -> str:
    """A name in one piece. Raises NameRefused for none, for one too long, and for a comma."""
    made = " ".join(normal(name).split())
    if not made or len(made) > NAME or "," in made:
        words = _("A name has between 1 and %s characters, and no comma.")
        raise NameRefused(words % NAME)
    return made


def _held(contract: Contract, by: Actor) -> Contract:
    held = Contract.objects.lock(contract.pk)
    insist("change", held, by=by)
    return held


def _one(model: Any, contract: Contract, name: str) -> Any:
    """The row of this name, whatever its letters' case; somebody else may just be making it."""
    if found := _there(model, contract, name):
        return found
    made = model(workspace_id=contract.workspace_id, name=name)
    model.objects.bulk_create([made], ignore_conflicts=True)
    return _there(model, contract, name)


def _there(model: Any, contract: Contract, name: str) -> Any:
    # Not asked of the database: SQLite knows the case of ASCII letters alone.
    rows = model.objects.filter(workspace_id=contract.workspace_id)
    return next((row for row in rows if row.name.lower() == name.lower()), None)


def _tell_tags(contract: Contract, added: list[Tag], removed: list[Tag], *, by: Actor) -> None:
    index(contract)
    data = {"added": [one.pk for one in added], "removed": [one.pk for one in removed]}
    words = ", ".join(sorted(one.name for one in [*added, *removed]))
    announcing.record(contract, events.CONTRACT_TAGGED, data, by=by, disclose={"tags": words})
