"""Who may do something in a workspace or with a contract."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db.models import Q, QuerySet

from wagtail_contracts.contracts.models import (
    Contract,
    GroupWorkspacePermission,
    Verb,
    Workspace,
)
from wagtail_contracts.contracts.permissions.asking import ACTIONS

MOST_NAMED = 5


def colleagues(workspace: Workspace, owner: int | None = None) -> QuerySet[Any]:
    """Active users who see the contracts of `owner`, and so can sign them in the admin."""
    return active().filter(reached(workspace.pk, owner, Verb.VIEW) | Q(is_superuser=True))


def holders(action: str, contract: Contract) -> QuerySet[Any]:
    """Active users who may do `action` with this contract by a right in its workspace.

    Superusers, who may do all, are not among them by virtue of that.
    """
    place = contract.workspace_id, contract.owner_id
    return active().filter(reached(*place, Verb.VIEW) & reached(*place, ACTIONS[action]))


def keyholders(contract: Contract) -> QuerySet[Any]:
    """Some of those who may unlock its blocks; superusers are not named."""
    return holders("unlock_block", contract)[:MOST_NAMED]


def administrators(workspace: Workspace, but: Group | None = None) -> QuerySet[Any]:
    """Active users who administer it by a right there, or would without a group.

    Superusers are not named.
    """
    rows = GroupWorkspacePermission.objects.filter(workspace=workspace)
    seeing = rows.filter(verb=Verb.VIEW).values("group")
    groups = rows.filter(verb=Verb.ADMINISTER, group__in=seeing).exclude(group=but)
    return active().filter(pk__in=groups.values("group__user"))


def active() -> QuerySet[Any]:
    """All who can log in."""
    return get_user_model()._default_manager.filter(is_active=True).order_by("pk")


def reached(workspace: int, owner: int | None, *verbs: str) -> Q:
    """Users whose groups hold one of `verbs` in a workspace, reaching what `owner` owns."""
    rows = GroupWorkspacePermission.objects.filter(workspace=workspace, verb__in=verbs)
    users = Q(pk__in=rows.filter(own=False).values("group__user"))
    return users | Q(pk=owner, pk__in=rows.values("group__user"))
