"""Folders and tags of a workspace get other names, or go; the contracts that have them stay.

By those who administer the workspace; told in its own trail.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from wagtail_contracts import events
from wagtail_contracts.actors import Actor
from wagtail_contracts.contracts.errors import NameRefused
from wagtail_contracts.contracts.flows.acting import insist_in
from wagtail_contracts.contracts.flows.chronicling import chronicle
from wagtail_contracts.contracts.flows.indexing import index
from wagtail_contracts.contracts.flows.sorting import named
from wagtail_contracts.contracts.models import Contract, Folder, Tag, Workspace
from wagtail_contracts.contracts.models.contracts import ContractQuerySet

Mark = Folder | Tag
RENAMED = {Folder: events.FOLDER_RENAMED, Tag: events.TAG_RENAMED}
REMOVED = {Folder: events.FOLDER_REMOVED, Tag: events.TAG_REMOVED}


@transaction.atomic
def rename_mark(mark: Mark, name: str, *, by: Actor) -> None:
    """Call a folder or a tag something else. Raises NotAllowed, NameRefused."""
    mark = _held(mark, by)
    name, was = named(name), mark.name
    others = type(mark).objects.filter(workspace=mark.workspace_id).exclude(pk=mark.pk)
    # Not asked of the database: SQLite knows the case of ASCII letters alone.
    if name.lower() in {other.name.lower() for other in others}:
        raise NameRefused(_("There is one of this name already."))
    if name == was:
        return

    mark.name = name
    mark.save(update_fields=["name"])
    if isinstance(mark, Tag):
        _index(marked(mark))

    told = {"name": name, "was": was}
    chronicle(mark.workspace, RENAMED[type(mark)], {"mark": mark.pk}, by=by, disclose=told)


@transaction.atomic
def remove_mark(mark: Mark, *, by: Actor) -> int:
    """Take a folder or a tag away; how many contracts it had. Raises NotAllowed, NameRefused.

    They stay in the workspace as they are: in no folder, or without this tag.
    """
    mark = _held(mark, by)
    place, name, data = mark.workspace, mark.name, {"mark": mark.pk}
    had = list(marked(mark))

    mark.delete()
    if isinstance(mark, Tag):
        _index(had)

    data["contracts"] = len(had)
    chronicle(place, REMOVED[type(mark)], data, by=by, disclose={"name": name})
    return len(had)


def marked(mark: Mark) -> ContractQuerySet:
    """The contracts in a folder, or with a tag."""
    asked = {Folder: "listing__folder", Tag: "tagged__tag"}
    found: ContractQuerySet = Contract.objects.filter(**{asked[type(mark)]: mark.pk})
    return found


def _held(mark: Mark, by: Actor) -> Mark:
    """The row as it is now; whoever comes second waits."""
    place = Workspace.objects.select_for_update().get(pk=mark.workspace_id)
    insist_in(place, "administer", by=by)
    held = type(mark).objects.select_related("workspace").filter(pk=mark.pk).first()
    if held is None:
        raise NameRefused(_("It is gone already."))
    return held


def _index(found: Iterable[Contract]) -> None:
    for contract in found:
        index(contract)
