"""Whether somebody may do no more in the site than somebody else."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db.models import Model, Q, QuerySet
from wagtail.models import GroupCollectionPermission, GroupPagePermission, GroupSitePermission

from wagtail_contracts.contracts.models.templates import indexes
from wagtail_contracts.contracts.permissions.allowing import whole
from wagtail_contracts.contracts.permissions.templates import PAGES

# What a group may do somewhere, and where that is: below a page or a collection, or in a site.
PLACES: tuple[tuple[type[Model], str], ...] = (
    (GroupPagePermission, "page__path"),
    (GroupCollectionPermission, "collection__path"),
    (GroupSitePermission, "site"),
)


def no_more_than(user: Any, people: QuerySet[Any]) -> QuerySet[Any]:
    """Those of some people who may do nothing in the site that `user` may not.

    By their permissions, and by those of their groups on pages, collections and sites. What is
    done with templates counts for nothing where `user` administers their workspace and could give
    it to themselves; verbs in workspaces are not compared.
    """
    held = Q(user=user) | Q(group__user=user)
    more = Permission.objects.exclude(pk__in=Permission.objects.filter(held).values("pk"))
    beyond = Group.objects.filter(permissions__in=more).values("pk")
    found = people.exclude(user_permissions__in=more).exclude(groups__in=beyond)
    for rows, place in PLACES:
        found = found.exclude(groups__in=_beyond(user, rows, place))
    return found


def _beyond(user: Any, rows: Any, place: str) -> QuerySet[Any]:
    """The groups that may do something where `user` may not do it."""
    below = f"{place}__startswith" if place.endswith("path") else place
    held = rows.objects.filter(group__user=user).values_list("permission", place)
    covered = [Q(permission=permission, **{below: where}) for permission, where in held]
    if rows is GroupPagePermission:
        mine = set(whole(user, ["administer"]).values_list("pk", flat=True))
        own = [index.path for index in indexes() if index.workspace_id in mine]
        covered += [Q(permission__codename__in=PAGES, **{below: path}) for path in own]
    found = rows.objects.exclude(reduce(or_, covered)) if covered else rows.objects.all()
    groups: QuerySet[Any] = found.values("group")
    return groups
