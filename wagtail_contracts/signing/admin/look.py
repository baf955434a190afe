"""How a workspace's page and mail look to somebody outside, with an invented contract."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.generic import TemplateView

from wagtail_contracts.contracts.rendering.brand import brand
from wagtail_contracts.signing.admin.counterparty import logo_of
from wagtail_contracts.signing.admin.places import NAMESPACE, WorkspacePage
from wagtail_contracts.signing.rendering import samples

ROOM = "wagtail_contracts/signing/admin/workspaces"


class LookView(WorkspacePage, TemplateView):
    """Both, side by side."""

    template_name = f"{ROOM}/look.html"
    page_title = _("How it looks")
    header_icon = "view"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The mail, and where the page is."""
        user: Any = self.request.user
        language = get_language() or "en"
        mail = samples.sample(self.place, "invitation", language, user)
        page = reverse(f"{NAMESPACE}:look_page", args=[self.place.pk])
        return super().get_context_data(
            mail=mail, html=mail.alternatives[0][0], page=page, **kwargs
        )


@method_decorator(xframe_options_sameorigin, name="get")
class LookPageView(WorkspacePage, TemplateView):
    """The page alone, in the styles of outsiders; nothing on it does anything."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """As it is saved."""
        workspace = self.place
        context = {
            "language": get_language(),
            "organisation": workspace.legal_name,
            "brand": brand(workspace),
            "logo": logo_of(workspace),
        }
        return render(request, f"{ROOM}/look_page.html", context)
