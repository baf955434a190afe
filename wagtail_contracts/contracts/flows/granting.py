"""Who may do what in which workspace."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping

from django.contrib.auth.models import Group
from django.db import transaction

from wagtail_contracts.actors import Actor
from wagtail_contracts.contracts.models import GroupWorkspacePermission, Verb, Workspace

log = logging.getLogger("wagtail_contracts.contracts")


@transaction.atomic
def grant(group: Group, rights: Mapping[Workspace, Iterable[str]], *, by: Actor) -> None:
    """Let a group do exactly this in the named workspaces; in all others nothing changes.

    View comes with every other right.
    """
    for workspace, verbs in rights.items():
        wanted = set(verbs) and {*verbs, Verb.VIEW.value}
        there = GroupWorkspacePermission.objects.filter(group=group, workspace=workspace)
        before = set(there.values_list("verb", flat=True))
        there.filter(verb__in=before - wanted).delete()
        GroupWorkspacePermission.objects.bulk_create(
            GroupWorkspacePermission(group=group, workspace=workspace, verb=verb)
            for verb in sorted(wanted - before)
        )
        if wanted != before:
            words = (group.pk, sorted(wanted), workspace.slug, by.kind, by.key)
            log.info("group %s may %s in workspace %s, by %s %s", *words)
