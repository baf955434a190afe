"""Changes of groups that happen elsewhere: in Wagtail's forms, in a shell, from a directory.

They are told in the trails of the workspaces in which the group has rights, like those that are
made on our own pages. In the admin nobody takes the last administrator away so.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db.models.signals import m2m_changed, pre_delete
from wagtail.log_actions import get_active_log_context
from wagtail.signals import page_published

from wagtail_contracts.actors import SYSTEM, Actor
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.models import TemplateIndexMixin

NAME = "wagtail_contracts.rights"


def listen() -> None:
    """From now on."""
    memberships = get_user_model().groups.through
    m2m_changed.connect(members, sender=memberships, dispatch_uid=NAME)
    pre_delete.connect(gone, sender=Group, dispatch_uid=NAME)
    page_published.connect(follow, dispatch_uid=NAME)


def members(*, instance: Any, action: str, reverse: bool, pk_set: Any, **kwargs: Any) -> None:
    """Somebody came into groups or left them; `reverse` says that `instance` is the group."""
    if action not in ("post_add", "pre_remove", "pre_clear"):
        return
    users, groups = _both(instance, pk_set, group=reverse)
    contracts.note_members(users, groups, joined=action == "post_add", by=_whoever())


def gone(*, instance: Group, **kwargs: Any) -> None:
    """A group is deleted, and its rights with it."""
    contracts.note_group_gone(instance, by=_whoever())


def follow(*, instance: Any, **kwargs: Any) -> None:
    """Somebody, or the clock, published the page of a workspace's templates, maybe of another."""
    if isinstance(instance, TemplateIndexMixin):
        contracts.follow_templates(instance.workspace, by=_whoever())


def _both(instance: Any, pk_set: Any, *, group: bool) -> tuple[Collection[int], Collection[int]]:
    if group:
        return pk_set or instance.user_set.values_list("pk", flat=True), [instance.pk]
    return [instance.pk], pk_set or instance.groups.values_list("pk", flat=True)


def _whoever() -> Actor:
    user = get_active_log_context().user
    return permissions.actor(user) if user else SYSTEM
