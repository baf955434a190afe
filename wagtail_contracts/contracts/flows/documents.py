"""“Sign this document”: the other side's own PDF is what is agreed, as the exhibit of a contract.

A template takes a document if a contract from it has one place for a PDF, and nothing is in it. One
such is ready-made, in the language of its workspace.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from wagtail_contracts.actors import SYSTEM, Actor
from wagtail_contracts.contracts.blocks import plain
from wagtail_contracts.contracts.core import locks
from wagtail_contracts.contracts.errors import NotAllowed, TemplateUnusable
from wagtail_contracts.contracts.flows.acting import staff
from wagtail_contracts.contracts.flows.drafting import create
from wagtail_contracts.contracts.flows.filing import use_files
from wagtail_contracts.contracts.flows.importing import template_type
from wagtail_contracts.contracts.flows.listing import keep_draft
from wagtail_contracts.contracts.models import Contract, StoredFile, Workspace
from wagtail_contracts.contracts.models.guards import unguarded
from wagtail_contracts.contracts.models.templates import indexes
from wagtail_contracts.contracts.rendering.around import spoken

Entry = dict[str, Any]


def takes_document(template: Any) -> bool:
    """Whether contracts from this template have the one place for a PDF."""
    return len(_places(plain(template.body))) == 1


@transaction.atomic
def sign_document(
    template: Any, file: StoredFile, *, title: str, by: Actor, **draft: Any
) -> Contract:
    """Make a draft with a PDF as its text; `draft` is the rest of what `create` takes.

    The file was judged and kept before. Raises what `create` does.
    """
    if not takes_document(template):
        raise TemplateUnusable(_("This template has no place for a document."))
    contract = create(template, title=title, values={}, by=by, **draft)

    entries = plain(contract.body)
    [place] = _places(entries)
    place["value"] |= {"title": title, "file": file.facts()}
    written: Any = contract
    written.body = entries
    with unguarded():
        contract.save()
        contract.save_revision(user=contract.owner)
    use_files(contract.body, contract.workspace, in_templates=False, by=by)
    keep_draft(contract)
    return contract


@transaction.atomic
def add_document_template(workspace: Workspace, *, by: Actor) -> Any:
    """Publish the ready-made template in a workspace; return the page.

    Raises NotAllowed for who may not publish templates there.
    """
    user = staff(by)
    index = next((one for one in indexes() if one.workspace_id == workspace.pk), None)
    mine = by.kind == SYSTEM.kind or publishing_places(user).filter(pk=workspace.pk).exists()
    if index is None or not mine:
        raise NotAllowed(_("You may not publish templates in this workspace."))

    page = template_type()(**ready_made(workspace.language))
    index.add_child(instance=page)
    page.save_revision(user=user).publish()
    page.refresh_from_db()
    return page


def ready_made(language: str) -> dict[str, Any]:
    """The fields of the template's page, in a language that we speak."""
    with translation.override(spoken(language)):
        return {
            "title": _("Sign this document"),
            "language": language,
            "roles": [
                _role("ours", _("Our side"), own=True, kind="organisation"),
                _role("theirs", _("The other side"), own=False, kind="either"),
            ],
            "body": _text(),
        }


def _text() -> list[Entry]:
    statement = _(
        "The document below is what is agreed, whole and as it stands. Nothing else is part of the "
        "agreement."
    )
    parties = {"policy": locks.LOCKED, "title": _("Parties"), "roles": []}
    said = {"policy": locks.LOCKED, "level": "1", "text": _("What is agreed")}
    return [
        _entry("party_details", parties),
        _entry("heading", said),
        _entry("text", {"policy": locks.LOCKED, "text": f"<p>{statement}</p>"}),
        _entry("exhibit", {"policy": locks.EDITABLE, "title": "", "file": None}),
        _entry("signatures", {"policy": locks.LOCKED, "title": _("Signatures")}),
    ]


def _role(key: str, label: str, **more: Any) -> Entry:
    return _entry("role", {"key": key, "label": label, "rule": "all", "count": None, **more})


def _entry(kind: str, value: Any) -> Entry:
    return {"type": kind, "value": value, "id": str(uuid.uuid4())}


def _places(entries: list[Entry]) -> list[Entry]:
    return [
        entry
        for entry in entries
        if entry["type"] == "exhibit"
        and entry["value"]["policy"] == locks.EDITABLE
        and not entry["value"].get("file")
    ]


def publishing_places(user: Any) -> QuerySet[Workspace]:
    """The workspaces where `user` may publish templates."""
    found = [
        index.workspace_id
        for index in indexes()
        if user and index.permissions_for_user(user).can_publish_subpage()
    ]
    return Workspace.objects.filter(pk__in=found)
