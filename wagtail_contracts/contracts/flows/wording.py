"""The clause library: a new wording is a new version, and templates take it over one by one."""

from __future__ import annotations

import logging
from typing import Any

from django.db import transaction

from wagtail_contracts.actors import Actor
from wagtail_contracts.contracts.blocks import LIBRARY, plain, taken
from wagtail_contracts.contracts.models import LibraryClause, LibraryWording, Workspace

log = logging.getLogger("wagtail_contracts.contracts")


@transaction.atomic
def write_clause(clause: LibraryClause, *, by: Actor) -> LibraryClause:
    """Store a clause; if it reads otherwise than before, as its next version."""
    Workspace.objects.select_for_update().get(pk=clause.workspace_id)
    last = clause.wordings.last() if clause.pk else None
    said = (clause.heading, clause.text)
    if last is None or (last.heading, last.text) != said:
        clause.version = last.number + 1 if last else 1
    clause.save()
    LibraryWording.objects.get_or_create(
        clause=clause,
        number=clause.version,
        defaults={"heading": clause.heading, "text": clause.text},
    )
    log.info("library clause %s: version %d, by %s %s", clause.pk, clause.version, by.kind, by.key)
    return clause


@transaction.atomic
def take_wording(page: Any, block: str, version: int, *, user: Any, by: Actor) -> Any:
    """Make a draft of a template in which one block has this version of its library clause."""
    draft = page.get_latest_revision_as_object()
    entries = plain(draft.body)
    for entry in entries:
        if entry["id"] == block and entry["type"] == LIBRARY:
            value = entry["value"]
            value["taken"] = taken(value["clause"], version)
    draft.body = entries
    revision = draft.save_revision(user=user, log_action=True)
    log.info("template %s takes version %d, by %s %s", page.pk, version, by.kind, by.key)
    return revision
