"""The page with the one question, and its hits as they come while somebody types."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.menu import MenuItem
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.admin.creating.steps import address
from wagtail_contracts.contracts.admin.searching import hits

ROOM = "wagtail_contracts/contracts/admin/searching"
PAGE, RESULTS = "wagtail_contracts_search", "wagtail_contracts_search_results"
OVERVIEW = "inspect"
KEY = "c"


class Asking(PermissionCheckedMixin):
    """For whoever sees contracts anywhere."""

    http_method_names: Any = ("get", "head", "options")
    permission_policy = permissions.POLICIES["Contract"]
    permission_required = "view"
    request: Any

    @cached_property
    def found(self) -> hits.Found:
        """The hits for `q`."""
        return hits.find(self.request.user, self.request.GET.get("q", ""))


class SearchView(Asking, WagtailAdminTemplateMixin, TemplateView):
    """The page; an exact number leads on to the contract."""

    template_name = f"{ROOM}/search.html"
    page_title = _("Find a contract")
    header_icon = "search"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Open the contract with this number, or show what is found."""
        contract = hits.numbered(request.user, request.GET.get("q", ""))
        if contract is not None:
            return redirect(address(OVERVIEW, contract))
        return super().get(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, this."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What was typed, and what is found."""
        return super().get_context_data(found=self.found, key=KEY, **kwargs)


class ResultsView(Asking, TemplateView):
    """The hits alone."""

    template_name = f"{ROOM}/_found.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What was typed, and what is found."""
        return super().get_context_data(found=self.found, **kwargs)


class SearchMenuItem(MenuItem):
    """In the menu of every page: clicked, touched, or pressed by its key.

    Wagtail listens to the key, never while somebody types, and not for those who have switched
    shortcuts off in their account.
    """

    def is_shown(self, request: HttpRequest) -> bool:
        """For whoever sees contracts anywhere."""
        return permissions.POLICIES["Contract"].user_has_permission(request.user, "view")


def addresses() -> list[URLPattern]:
    """The page and its hits."""
    return [
        path("contract-search/", SearchView.as_view(), name=PAGE),
        path("contract-search/results/", ResultsView.as_view(), name=RESULTS),
    ]


def menu_item() -> SearchMenuItem:
    """Below “Contracts”."""
    attrs = {
        "data-wc-search": "",
        "data-controller": "w-kbd",
        "data-w-kbd-key-value": KEY,
        "aria-keyshortcuts": KEY,
    }
    return SearchMenuItem(
        _("Find a contract"),
        reverse(PAGE),
        name="contract-search",
        icon_name="search",
        order=151,
        attrs=attrs,
    )


def script() -> SafeString:
    """Opens the page's question above whatever page one is on."""
    address = versioned_static("wagtail_contracts/contracts/searching.js")
    return format_html('<script src="{}"></script>', address)
