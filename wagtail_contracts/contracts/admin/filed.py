"""Whoever saves a text that names a file shows the file to all who may see the text."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.models import Contract, ContractTemplateMixin


def note_page(request: HttpRequest, page: Any) -> None:
    """For the hooks `after_create_page` and `after_edit_page`, which follow autosave, too."""
    if isinstance(page, ContractTemplateMixin) and (workspace := page.workspace):
        by = permissions.actor(request.user)
        contracts.use_files(page.body, workspace, in_templates=True, by=by)


def note_snippet(request: HttpRequest, instance: Any) -> None:
    """For the hook `after_edit_snippet`."""
    if isinstance(instance, Contract):
        by = permissions.actor(request.user)
        contracts.note_files(instance, by=by)
