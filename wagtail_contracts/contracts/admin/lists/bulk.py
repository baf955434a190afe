"""Bulk actions on contracts: what is not visible is not found."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.shortcuts import get_list_or_404
from wagtail.snippets.bulk_actions.delete import DeleteBulkAction

from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.admin.scoping import numbers
from wagtail_contracts.contracts.core import states
from wagtail_contracts.contracts.models import Contract


class DeleteDrafts(DeleteBulkAction):
    """Deletes drafts; what was sent stays."""

    models = [Contract]

    def get_queryset(self, model: Any, object_ids: Iterable[Any]) -> list[Any]:
        """Only what one sees."""
        found = permissions.visible(self.request.user).filter(pk__in=numbers(object_ids))
        return get_list_or_404(found)

    def check_perm(self, snippet: Any) -> bool:
        """Only drafts, where one may edit."""
        draft = snippet.state == states.DRAFT
        return draft and permissions.may(self.request.user, "delete", snippet)
