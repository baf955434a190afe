"""Wagtail's own pages put people into groups, and give them rights in workspaces by that.

So they ask for a code like ours, and for a factor where any workspace does.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse

from wagtail_contracts.contracts.admin.stepup import detour
from wagtail_contracts.contracts.models import Verb, Workspace

ROLES = "assign_role"  # Wagtail's act on many users


def before(request: HttpRequest, *user: Any) -> HttpResponse | None:
    """For the hooks `before_create_user` and `before_edit_user`, which strangers reach, too."""
    label, name = get_user_model()._meta.app_label, get_user_model()._meta.model_name
    asked: Any = request.user
    if not any(asked.has_perm(f"{label}.{verb}_{name}") for verb in ("add", "change")):
        return None
    spaces = Workspace.objects.values_list("pk", flat=True)
    return detour(request, Verb.ADMINISTER, spaces, asks_code=True)


def before_many(
    request: HttpRequest, action_type: str, objects: Any, action: Any
) -> HttpResponse | None:
    """For the hook `before_bulk_action`."""
    users = action.model is get_user_model()
    return before(request) if users and action_type == ROLES else None
