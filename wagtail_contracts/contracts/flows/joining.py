"""Who has which role in a workspace: the groups of its ready roles, and the people in them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils.translation import gettext as _

from wagtail_contracts import events
from wagtail_contracts.actors import SYSTEM, Actor
from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.core import roles
from wagtail_contracts.contracts.errors import GroupByHand
from wagtail_contracts.contracts.flows import acting
from wagtail_contracts.contracts.flows.chronicling import chronicle
from wagtail_contracts.contracts.flows.granting import (
    grant,
    granted,
    insist_on_an_administrator,
    nobody_left,
)
from wagtail_contracts.contracts.models import (
    GroupWorkspacePermission,
    ReadyGroup,
    Role,
    Workspace,
    person_name,
)
from wagtail_contracts.contracts.models.templates import indexes

NAME = 150  # characters of a group's name
DOOR = {"content_type__app_label": "wagtailadmin", "codename": "access_admin"}


def is_plain(ready: ReadyGroup) -> bool:
    """Say whether a group still is its role in its workspace, and nothing else.

    Whoever puts people into it gives no more than what they administer.
    """
    group, place = ready.group, ready.workspace_id
    rows = GroupWorkspacePermission.objects.filter(group=group)
    pages = [index.pk for index in indexes() if index.workspace_id == place]
    more = (
        rows.exclude(workspace=place),
        group.permissions.exclude(**DOOR),
        group.page_permissions.exclude(page__in=pages),  # type: ignore[attr-defined]
        group.collection_permissions.all(),  # type: ignore[attr-defined]
    )
    if any(found.exists() for found in more):
        return False
    return granted(group, ready.workspace) == roles.reaches(ready.role)


@transaction.atomic
def join(workspace: Workspace, role: str, user: Any, *, by: Actor) -> None:
    """Give somebody a role in a workspace; its group is made with the first.

    Raises NotAllowed for whoever doesn't administer the workspace; GroupByHand where the group of
    the role was made to be something else. Whoever has the role already keeps it.
    """
    held = Workspace.objects.select_for_update().get(pk=workspace.pk)
    acting.insist_in(held, "administer", by=by)
    ready = _ready(held, role, by=by)
    _insist_on_plain(ready)

    _row, new = _members(ready.group).get_or_create(user_id=user.pk, group_id=ready.group_id)

    if new:
        said = {"user": user.pk, "role": role, "group": ready.group_id}
        names = {"member": person_name(user)}
        chronicle(held, events.MEMBER_JOINED, said, by=by, disclose=names)


@transaction.atomic
def leave(workspace: Workspace, role: str, user: Any, *, by: Actor) -> None:
    """Take a role in a workspace from somebody. Raises NotAllowed, GroupByHand, LastAdministrator.

    Whoever hasn't got it stays without.
    """
    held = Workspace.objects.select_for_update().get(pk=workspace.pk)
    acting.insist_in(held, "administer", by=by)
    ready = ReadyGroup.objects.filter(workspace=held, role=role).first()
    if ready is None:
        return
    _insist_on_plain(ready)
    administered = permissions.administrators(held).exists()

    gone, _by_kind = _members(ready.group).filter(user_id=user.pk).delete()
    if administered and not permissions.administrators(held).exists():
        raise nobody_left(held)

    if gone:
        said = {"user": user.pk, "role": role, "group": ready.group_id}
        names = {"member": person_name(user)}
        chronicle(held, events.MEMBER_LEFT, said, by=by, disclose=names)


def _ready(workspace: Workspace, role: str, *, by: Actor) -> ReadyGroup:
    found = ReadyGroup.objects.filter(workspace=workspace, role=role).first()
    if found is not None:
        return found
    group = Group.objects.create(name=_free_name(f"{workspace.name}: {Role(role).label}"))
    group.permissions.add(Permission.objects.get(**DOOR))
    made = ReadyGroup.objects.create(workspace=workspace, role=role, group=group)
    grant(group, workspace, roles.reaches(role), by=by)
    return made


def _free_name(wanted: str) -> str:
    """The name, or with a number where there is such a group already."""
    names = [wanted[:NAME], *(f"{wanted[: NAME - 4]} {count}" for count in range(2, 100))]
    taken = set(Group.objects.filter(name__in=names).values_list("name", flat=True))
    return next(name for name in names if name not in taken)


def _members(group: Group) -> Any:
    """The rows themselves: a change that goes through `user.groups` is told by who listens."""
    return get_user_model().groups.through.objects.filter(group=group)


def _insist_on_plain(ready: ReadyGroup) -> None:
    if not is_plain(ready):
        raise GroupByHand(
            _("“%(group)s” was changed by hand and is not just this role. Change it in Groups.")
            % {"group": ready.group.name}
        )


@transaction.atomic
def note_members(
    users: Collection[int], groups: Collection[int], *, joined: bool, by: Actor
) -> None:
    """Tell workspaces that people came into groups with rights there, or leave them.

    Raises LastAdministrator, before it happens, where somebody at work in the admin would leave a
    workspace without one.
    """
    rows = GroupWorkspacePermission.objects.filter(group__in=groups)
    places = rows.order_by("workspace", "group").values_list("workspace", "group").distinct()
    known = Group.objects.in_bulk(groups)
    for place, pk in places:
        workspace, group = Workspace.objects.select_for_update().get(pk=place), known[pk]
        if not joined and by != SYSTEM:
            _insist_on_others(workspace, group, users)
        for user in get_user_model().objects.filter(pk__in=users, groups=group).order_by("pk"):
            name = events.MEMBER_JOINED if joined else events.MEMBER_LEFT
            said = {"user": user.pk, "role": "", "group": group.pk}
            names = {"member": person_name(user), "group": group.name}
            chronicle(workspace, name, said, by=by, disclose=names)


@transaction.atomic
def note_group_gone(group: Group, *, by: Actor) -> None:
    """Tell workspaces that a group goes with all its rights there. Raises LastAdministrator."""
    places = Workspace.objects.filter(group_permissions__group=group).distinct().order_by("pk")
    for workspace in places:
        if by != SYSTEM:
            insist_on_an_administrator(group, workspace, {})
        said = {"group": group.pk, "before": granted(group, workspace), "after": {}}
        chronicle(workspace, events.RIGHTS_CHANGED, said, by=by, disclose={"group": group.name})


def _insist_on_others(workspace: Workspace, group: Group, users: Collection[int]) -> None:
    """Raise LastAdministrator where only these people administer it, by this group."""
    there = permissions.administrators(workspace)
    others = permissions.administrators(workspace, but=group)
    if there.exists() and not (there.exclude(pk__in=users) | others).exists():
        raise nobody_left(workspace)
