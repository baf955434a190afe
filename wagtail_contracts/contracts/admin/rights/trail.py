"""The history of a workspace: who gave which right, wrote which rule or text, took what along."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from wagtail_contracts.audit import flows as audit
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts.admin.acts import ROOM
from wagtail_contracts.contracts.admin.rights.words import lines
from wagtail_contracts.contracts.admin.workspaces.administered import AdministeredPage

A_PAGE = 50


class TrailView(AdministeredPage, TemplateView):
    """The workspace's own trail, newest first."""

    template_name = f"{ROOM}/rights/trail.html"
    page_title = gettext_lazy("History of this workspace")
    header_icon = "history"
    http_method_names = ("get", "head", "options")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add a page of it."""
        found = Event.objects.of(self.place.trail).order_by("-sequence")
        page = Paginator(found, A_PAGE).get_page(self.request.GET.get("p"))
        shown = found[page.start_index() - 1 : page.end_index()] if page.paginator.count else found
        return super().get_context_data(
            workspace=self.place,
            page=page,
            lines=list(lines(shown.with_disclosures(), audit.erased_in(self.place.trail))),
            members=self.address("members"),
            **kwargs,
        )
