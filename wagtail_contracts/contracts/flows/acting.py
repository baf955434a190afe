"""Whose account an act is done with, and whether they may.

The rule: where a view of the admin stands before a verb, the view asks what its user may do; a verb
that is also called from elsewhere (a task, a command, another verb) asks here itself, under its
lock. A member of staff acts by the rights they have now. The system acts for the house and is not
asked. A participant has no rights in a workspace, so whatever needs one is not for them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wagtail_contracts.actors import SYSTEM, Actor
from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.errors import NotAllowed
from wagtail_contracts.contracts.models import Contract, Workspace

WITH_CONTRACT = gettext_lazy("You may not do this with this contract.")


def staff(by: Actor) -> Any:
    """The member of staff behind an actor; None for a participant, the system, or one who left."""
    if by.kind != "user":
        return None
    return get_user_model()._default_manager.filter(pk=by.key).first()


def insist(action: str, contract: Contract, *, by: Actor) -> None:
    """Raise NotAllowed where `by` may not do `action` with this contract, now."""
    _insist(lambda user: permissions.may(user, action, contract), WITH_CONTRACT, by=by)


def insist_on_making(contract: Contract, *, by: Actor) -> None:
    """Raise NotAllowed where `by` neither edits this draft nor is the one who makes it."""
    _insist(lambda user: permissions.makes(user, contract), WITH_CONTRACT, by=by)


def insist_in(workspace: Workspace, action: str, *, by: Actor) -> None:
    """Raise NotAllowed where `by` may not do `action` in all of a workspace, now."""

    def allowed(user: Any) -> bool:
        return permissions.whole(user, [action]).filter(pk=workspace.pk).exists()

    _insist(allowed, _("You may not do this in this workspace."), by=by)


def _insist(allowed: Callable[[Any], bool], words: Any, *, by: Actor) -> None:
    user = staff(by)
    if by.kind != SYSTEM.kind and not (user and allowed(user)):
        raise NotAllowed(str(words))
