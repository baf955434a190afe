"""What Wagtail asks about our models: the verbs of a workspace answer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from wagtail.permission_policies import BasePermissionPolicy

from wagtail_contracts.contracts.core import states
from wagtail_contracts.contracts.core.rights import ALL
from wagtail_contracts.contracts.models import CatalogueItem, Verb, Workspace
from wagtail_contracts.contracts.models.workspaces import rights
from wagtail_contracts.contracts.permissions.allowing import (
    ACTIONS,
    having,
    is_super,
    may,
    verbs_of,
    whole,
    workspaces,
)
from wagtail_contracts.contracts.permissions.people import everybody, reached
from wagtail_contracts.contracts.permissions.templates import template_workspaces


class WorkspacePolicy(BasePermissionPolicy):
    """What Wagtail asks about contracts. No Django permission plays a part."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return self.user_has_any_permission(user, [action])

    def user_has_any_permission(self, user: Any, actions: Iterable[str]) -> bool:
        verbs = set(verbs_of(actions))
        if is_super(user):
            return bool(verbs)
        return any(verbs & held.keys() for held in rights(user).values())

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        if action == "delete" and instance.state != states.DRAFT:
            return False  # what was sent can only be kept
        return may(user, action, instance)

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> Any:
        return having(user, actions)

    def users_with_any_permission(self, actions: Iterable[str]) -> Any:
        granted = Q(groups__workspace_permissions__verb__in=verbs_of(actions))
        return everybody().filter(granted | Q(is_superuser=True)).distinct()

    def users_with_any_permission_for_instance(self, actions: Iterable[str], instance: Any) -> Any:
        place = instance.workspace_id, instance.owner_id
        granted = reached(*place, Verb.VIEW) & reached(*place, *verbs_of(actions))
        return everybody().filter(granted | Q(is_superuser=True))


class CataloguePolicy(WorkspacePolicy):
    """What Wagtail asks about items of catalogues: who edits all contracts there changes them."""

    def user_has_any_permission(self, user: Any, actions: Iterable[str]) -> bool:
        asked = list(actions)
        if is_super(user) or _reads(asked):
            return bool(asked) and (is_super(user) or bool(rights(user)))
        return any(held.get(Verb.EDIT) == ALL for held in rights(user).values())

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        return (
            self.instances_user_has_any_permission_for(user, [action])
            .filter(pk=instance.pk)
            .exists()
        )

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> Any:
        return CatalogueItem.objects.filter(workspace__in=catalogued(user, actions))


def catalogued(user: Any, actions: Iterable[str]) -> QuerySet[Workspace]:
    """The workspaces with whose catalogues `user` may do any of `actions`.

    Whoever sees any contract of a workspace reads its catalogue; who edits them all, changes it.
    """
    asked = list(actions)
    if _reads(asked):
        return workspaces(user, ["view"])
    return whole(user, ["change"]) if asked else Workspace.objects.none()


def _reads(actions: Iterable[str]) -> bool:
    return any(ACTIONS.get(action) == Verb.VIEW for action in actions)


class AdministratorPolicy(BasePermissionPolicy):
    """What Wagtail asks about workspaces: superusers make them, administrators change theirs."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        administers = any(Verb.ADMINISTER in held for held in rights(user).values())
        return is_super(user) or (action in ("view", "change") and administers)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        if action in ("view", "change"):
            return bool(workspaces(user, ["administer"]).filter(pk=instance.pk).exists())
        return is_super(user)

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> Any:
        return workspaces(user, ["administer"])

    def users_with_any_permission(self, actions: Iterable[str]) -> Any:
        granted = Q(groups__workspace_permissions__verb=Verb.ADMINISTER)
        users = get_user_model()._default_manager.filter(is_active=True)
        return users.filter(granted | Q(is_superuser=True)).distinct()


class TemplatesPolicy(BasePermissionPolicy):
    """What Wagtail asks about parts of templates: who edits a workspace's templates does all."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return template_workspaces(user).exists()

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        return bool(template_workspaces(user).filter(pk=instance.workspace_id).exists())

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> Any:
        return self.model._default_manager.filter(workspace__in=template_workspaces(user))

    def users_with_any_permission(self, actions: Iterable[str]) -> Any:
        users = get_user_model()._default_manager.filter(is_active=True)
        editors = Q(groups__page_permissions__isnull=False) | Q(is_superuser=True)
        return users.filter(editors).distinct()


class LibraryPolicy(TemplatesPolicy):
    """The same, but a clause is never removed: templates and drafts of them name it."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action != "delete" and super().user_has_permission(user, action)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        may = super().user_has_permission_for_instance(user, action, instance)
        return action != "delete" and may


POLICIES: dict[str, Any] = {
    "FieldSet": TemplatesPolicy("wagtail_contracts.FieldSet"),
    "LibraryClause": LibraryPolicy("wagtail_contracts.LibraryClause"),
    "Contract": WorkspacePolicy("wagtail_contracts.Contract"),
    "CatalogueItem": CataloguePolicy("wagtail_contracts.CatalogueItem"),
    "Workspace": AdministratorPolicy("wagtail_contracts.Workspace"),
}
