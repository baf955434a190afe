"""Who may do what in which workspace, and so with the pages of its templates."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.models import GroupPagePermission

from wagtail_contracts import events
from wagtail_contracts.actors import Actor
from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.core.rights import ALL, OWN, completed
from wagtail_contracts.contracts.errors import LastAdministrator
from wagtail_contracts.contracts.flows import acting
from wagtail_contracts.contracts.flows.chronicling import chronicle
from wagtail_contracts.contracts.models import GroupWorkspacePermission, Verb, Workspace
from wagtail_contracts.contracts.models.templates import indexes
from wagtail_contracts.contracts.permissions.templates import PAGES


def granted(group: Group, workspace: Workspace) -> dict[str, str]:
    """How far each verb of a group reaches in a workspace, as stored."""
    rows = GroupWorkspacePermission.objects.filter(group=group, workspace=workspace)
    return {verb: OWN if own else ALL for verb, own in rows.values_list("verb", "own")}


@transaction.atomic
def grant(group: Group, workspace: Workspace, reaches: Mapping[str, str], *, by: Actor) -> None:
    """Let a group do exactly this in a workspace; in all others nothing changes.

    `reaches` says “own” or “all” by verb; see `core.rights.completed` for what comes along. The
    group's permissions on the page of the workspace's templates follow the verb for them. Raises
    NotAllowed for whoever doesn't administer the workspace, LastAdministrator.
    """
    held = Workspace.objects.select_for_update().get(pk=workspace.pk)
    acting.insist_in(held, "administer", by=by)
    before, wanted = granted(group, held), completed(reaches)
    insist_on_an_administrator(group, held, wanted)

    _store(group, held, before, wanted)
    _follow(group, held, manages=Verb.TEMPLATES in wanted)

    if wanted != before:
        said = {"group": group.pk, "before": before, "after": wanted}
        chronicle(held, events.RIGHTS_CHANGED, said, by=by, disclose={"group": group.name})


def insist_on_an_administrator(
    group: Group, workspace: Workspace, wanted: Mapping[str, str]
) -> None:
    """Raise LastAdministrator if nobody would be left who administers a workspace."""
    if Verb.ADMINISTER in wanted:
        return
    there = permissions.administrators(workspace)
    others = permissions.administrators(workspace, but=group)
    if there.exists() and not others.exists():
        raise nobody_left(workspace)


def nobody_left(workspace: Workspace) -> LastAdministrator:
    """The refusal."""
    return LastAdministrator(
        _("Nobody would administer %(workspace)s any more. Name somebody else first.")
        % {"workspace": workspace.name}
    )


@transaction.atomic
def follow_templates(workspace: Workspace, *, by: Actor) -> None:
    """Let the permissions on the page of a workspace's templates follow the right to manage them.

    For a page that was made, or came to this workspace, after the right was given. Groups that
    manage the templates of other workspaces alone keep nothing there; what was given to others by
    Wagtail's own form stays.
    """
    held = GroupWorkspacePermission.objects.filter(verb=Verb.TEMPLATES)
    here = held.filter(workspace=workspace)
    others = Group.objects.filter(pk__in=held.values("group")).exclude(pk__in=here.values("group"))

    for group in Group.objects.filter(pk__in=here.values("group")):
        _follow(group, workspace, manages=True)
    for group in others:
        _follow(group, workspace, manages=False)


def page_permissions(group: Group) -> dict[int, frozenset[int]]:
    """What a group may do with each page below which templates live, by primary keys."""
    pages = {index.pk: set[int]() for index in indexes()}
    rows = GroupPagePermission.objects.filter(group=group, page__in=pages)
    for page, kind in rows.values_list("page", "permission"):
        pages[page].add(kind)
    return {page: frozenset(kinds) for page, kinds in pages.items()}


@transaction.atomic
def restore_pages(group: Group, were: Mapping[int, frozenset[int]], *, by: Actor) -> None:
    """Put back what somebody changed of `page_permissions` without administering the workspaces."""
    for page, kinds in were.items():
        rows = GroupPagePermission.objects.filter(group=group, page=page)
        rows.exclude(permission__in=kinds).delete()
        for kind in kinds:
            rows.get_or_create(group=group, page_id=page, permission_id=kind)


def _store(
    group: Group, workspace: Workspace, before: Mapping[str, str], wanted: Mapping[str, str]
) -> None:
    there = GroupWorkspacePermission.objects.filter(group=group, workspace=workspace)
    gone = [verb for verb in before if before[verb] != wanted.get(verb)]
    there.filter(verb__in=gone).delete()
    GroupWorkspacePermission.objects.bulk_create(
        GroupWorkspacePermission(
            group=group, workspace=workspace, verb=verb, own=wanted[verb] == OWN
        )
        for verb in sorted(wanted)
        if wanted[verb] != before.get(verb)
    )


def _follow(group: Group, workspace: Workspace, *, manages: bool) -> None:
    pages = [index for index in indexes() if index.workspace_id == workspace.pk]
    held = GroupPagePermission.objects.filter(group=group, page__in=[page.pk for page in pages])
    if not manages:
        held.delete()
        return
    kinds = Permission.objects.filter(
        Q(codename__in=PAGES), content_type__app_label="wagtailcore", content_type__model="page"
    )
    for page in pages:
        for kind in kinds:
            GroupPagePermission.objects.get_or_create(group=group, page=page, permission=kind)
