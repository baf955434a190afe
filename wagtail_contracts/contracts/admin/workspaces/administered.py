"""What the pages of a workspace's administrators share; the gate found the workspace: `gated`."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from wagtail_contracts.contracts.models import Workspace
from wagtail_contracts.contracts.permissions.doors import ActorMixin

NAMESPACE = "wagtail_contracts_workspace"


class AdministeredPage(ActorMixin, PermissionCheckedMixin, WagtailAdminTemplateMixin):
    """A page for those who administer the workspace that the gate found."""

    model = Workspace
    permission_required = "change"
    header_icon = "group"
    gated: Any

    @property
    def place(self) -> Workspace:
        """Which one."""
        found: Workspace = self.gated
        return found

    def address(self, name: str) -> str:
        """The address of a page of this workspace."""
        return reverse(f"{NAMESPACE}:{name}", args=[self.place.pk])

    def get_page_subtitle(self) -> str:
        """Of which workspace."""
        return self.place.name

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Workspaces, this one, this page."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse(f"{NAMESPACE}:index"), "label": _("Workspaces")},
            {"url": self.address("edit"), "label": self.place.name},
            {"url": "", "label": self.get_page_title()},
        ]
