"""What one person keeps: views of the list, favourites, what was opened last."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail_contracts.actors import Actor
from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.core.queries import canonical
from wagtail_contracts.contracts.errors import NameRefused, NotAllowed
from wagtail_contracts.contracts.flows.acting import insist
from wagtail_contracts.contracts.flows.sorting import named
from wagtail_contracts.contracts.models import Contract, Favourite, Opened, SavedView, Workspace

MOST_VIEWS, MOST_OPENED = 30, 20  # of one person
LONGEST = 2000  # characters of what a view looks for


@transaction.atomic
def save_view(
    user: Any, name: str, query: str, *, workspace: Workspace | None = None, by: Actor
) -> SavedView:
    """Keep what a list looks for under a name; for `workspace`, or for `user` alone.

    The same name again takes the place of the first. Raises NameRefused, NotAllowed.
    """
    places = permissions.workspaces(user, ["change"])
    if workspace and not places.filter(pk=workspace.pk).exists():
        raise NotAllowed(_("You may not do this in this workspace."))
    name, query = named(name), canonical(query)
    if not query or len(query) > LONGEST:
        raise NameRefused(_("Choose filters or type words first: there is nothing to save."))
    mine = SavedView.objects.filter(user=user)
    there = mine.filter(workspace=workspace, name__iexact=name)
    if not there.exists() and mine.count() >= MOST_VIEWS:
        raise NameRefused(_("You have %s views, which is the most. Remove one first.") % MOST_VIEWS)
    there.delete()
    return SavedView.objects.create(user=user, workspace=workspace, name=name, query=query)


@transaction.atomic
def remove_view(view: SavedView, *, by: Actor) -> None:
    """Take a view away from everybody who has it."""
    SavedView.objects.filter(pk=view.pk).delete()


@transaction.atomic
def star(user: Any, contract: Contract, *, by: Actor) -> None:
    """Keep a contract among somebody's favourites. Raises NotAllowed."""
    insist("view", contract, by=by)
    Favourite.objects.get_or_create(user=user, contract=contract)


@transaction.atomic
def unstar(user: Any, contract: Contract, *, by: Actor) -> None:
    """Take a contract from somebody's favourites."""
    Favourite.objects.filter(user=user, contract=contract).delete()


@transaction.atomic
def note_opened(user: Any, contract: Contract, *, by: Actor) -> None:
    """Remember that somebody opened a contract; the last ones are kept. Raises NotAllowed."""
    insist("view", contract, by=by)
    now = {"at": timezone.now()}
    Opened.objects.update_or_create(user=user, contract=contract, defaults=now)
    mine = Opened.objects.filter(user=user).order_by("-at", "-pk")
    Opened.objects.filter(pk__in=list(mine.values_list("pk", flat=True)[MOST_OPENED:])).delete()
