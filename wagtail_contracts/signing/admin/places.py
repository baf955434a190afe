"""What the pages about a workspace have in common; the viewset's gate finds it: `gated` is it."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from wagtail_contracts.contracts.models import Workspace
from wagtail_contracts.contracts.permissions.doors import ActorMixin

NAMESPACE = "wagtail_contracts_workspace"


class WorkspacePage(ActorMixin, PermissionCheckedMixin, WagtailAdminTemplateMixin):
    """A page about one workspace, for those who administer it."""

    model = Workspace
    permission_required = "change"
    gated: Any

    @property
    def place(self) -> Any:
        """The workspace that the gate found."""
        return self.gated

    def get_page_subtitle(self) -> str:
        """Which workspace."""
        return str(self.place)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """The workspaces, this one's settings, and where this is."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse(f"{NAMESPACE}:index"), "label": _("Workspaces")},
            {
                "url": reverse(f"{NAMESPACE}:edit", args=[self.place.pk]),
                "label": str(self.place),
            },
            {"url": "", "label": self.get_page_title()},
        ]
