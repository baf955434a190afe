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
from wagtail_contracts.contracts.permissions.allowing import ACTIONS, may, workspaces

MOST_NAMED = 5


def colleagues(workspace: Workspace) -> QuerySet[Any]:
    """Active users who may be named on our own side of the workspace's contracts.

    Whoever holds `view` there, be it of their own contracts alone: they sign in the admin if they
    can open the contract in it, and on the intranet otherwise.
    """
    rows = GroupWorkspacePermission.objects.filter(workspace=workspace, verb=Verb.VIEW)
    named = Q(pk__in=rows.values("group__user")) | Q(is_superuser=True)
    return everybody().filter(named)


def stand_ins(user: Any) -> QuerySet[Any]:
    """Others who may approve in a workspace where `user` may."""
    rows = GroupWorkspacePermission.objects.filter(
        workspace__in=workspaces(user, ["approve"]), verb=Verb.APPROVE
    )
    return everybody().filter(pk__in=rows.values("group__user")).exclude(pk=user.pk)


def enters(user: Any, contract: Contract) -> bool:
    """Say whether somebody can open this contract in the admin."""
    return bool(user.has_perm("wagtailadmin.access_admin") and may(user, "view", contract))


def holders(action: str, contract: Contract) -> QuerySet[Any]:
    """Active users who may do `action` with this contract by a right in its workspace.

    Superusers, who may do all, are not among them by virtue of that.
    """
    place = contract.workspace_id, contract.owner_id
    return everybody().filter(reached(*place, Verb.VIEW) & reached(*place, ACTIONS[action]))


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
    return everybody().filter(pk__in=groups.values("group__user"))


def everybody() -> QuerySet[Any]:
    """All who can log in, in the order they came."""
    return get_user_model()._default_manager.filter(is_active=True).order_by("pk")


def reached(workspace: int, owner: int | None, *verbs: str) -> Q:
    """Users whose groups hold one of `verbs` in a workspace, reaching what `owner` owns."""
    rows = GroupWorkspacePermission.objects.filter(workspace=workspace, verb__in=verbs)
    users = Q(pk__in=rows.filter(own=False).values("group__user"))
    return users | Q(pk=owner, pk__in=rows.values("group__user"))
