"""Which templates somebody uses, and whose they write."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet
from wagtail.permission_policies.pages import PagePermissionPolicy

from wagtail_contracts.contracts.models import ContractTemplateMixin, Workspace
from wagtail_contracts.contracts.models.templates import edits, indexes, page_types
from wagtail_contracts.contracts.permissions.allowing import is_super, whole, workspaces

# What “manage templates” is to Wagtail, on the page below which a workspace's templates live.
PAGES = ("add_page", "change_page", "publish_page", "lock_page", "unlock_page")


def templates(user: Any) -> list[Any]:
    """The live template pages from which `user` may make contracts, by title.

    So many queries as there are types of such pages, however many pages.
    """
    allowed = {space.pk: space for space in workspaces(user, ["add"])}
    places = sorted(indexes(), key=lambda index: index.path)
    below = [Q(path__startswith=index.path) for index in places if index.workspace_id in allowed]
    if not below:
        return []
    found = []
    for kind in page_types(ContractTemplateMixin):
        for page in kind.objects.live().filter(reduce(or_, below)):
            place = next(index for index in places if page.path.startswith(index.path))
            if place.workspace_id in allowed:
                page.workspace = allowed[place.workspace_id]
                found.append(page)
    return sorted(found, key=lambda page: page.title.lower())


def sends_to_many(user: Any) -> QuerySet[Workspace]:
    """The workspaces in all of which `user` may make contracts and send them."""
    sending = whole(user, ["send"])
    return whole(user, ["add"]).filter(pk__in=sending.values("pk"))


def template_workspaces(user: Any) -> QuerySet[Workspace]:
    """The workspaces whose templates `user` may edit or add to, by Wagtail's page permissions."""
    if is_super(user):
        return Workspace.objects.all()
    kept: list[int] | None = getattr(user, "_wagtail_contracts_templates", None)
    if kept is None:
        # Asked for often while a page is made, and most people edit no pages at all.
        writes = PagePermissionPolicy().user_has_any_permission(user, ["add", "change"])
        kept = [i.workspace_id for i in indexes() if edits(user, i)] if writes else []
        user._wagtail_contracts_templates = kept
    return Workspace.objects.filter(pk__in=kept)


def foreign_indexes(user: Any) -> list[Any]:
    """The template indexes of which `user` may not learn."""
    return [index for index in indexes() if not index.is_known_to(user)]
