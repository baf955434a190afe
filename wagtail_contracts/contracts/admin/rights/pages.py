"""Where the pages about rights hang: behind the gate of workspaces, and after Wagtail's pages."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.admin.rights.members import LeaveView, MembersView
from wagtail_contracts.contracts.admin.rights.trail import TrailView
from wagtail_contracts.contracts.models import TemplateIndexMixin


def views() -> dict[str, Any]:
    """For the hook `register_workspace_views`."""
    return {"members": MembersView, "leave": LeaveView, "trail": TrailView}


def follow(request: HttpRequest, page: Any) -> None:
    """Whoever manages a workspace's templates may change the page below which they come to live.

    For the hooks `after_create_page` and `after_edit_page`.
    """
    if isinstance(page, TemplateIndexMixin):
        contracts.follow_templates(page.workspace, by=permissions.actor(request.user))
