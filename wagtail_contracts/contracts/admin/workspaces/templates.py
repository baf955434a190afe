"""The templates that one may edit, by workspace: where newcomers look for them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.admin import tongues
from wagtail_contracts.contracts.models import ContractTemplateMixin
from wagtail_contracts.contracts.models.templates import edits, indexes, page_types

LISTED = "wagtail_contracts_templates"
MENU_ORDER = 158
MANY = 4  # languages
Way = tuple[str, str]  # an address, and the language that the template begins in


class TemplatesView(WagtailAdminTemplateMixin, TemplateView):
    """A list for each workspace."""

    template_name = "wagtail_contracts/contracts/admin/workspaces/templates.html"
    page_title = gettext_lazy("Templates")
    header_icon = "doc-full-inverse"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """For whoever edits some."""
        if not permissions.template_workspaces(request.user).exists():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The workspaces with their templates."""
        return super().get_context_data(places=list(self._places()), **kwargs)

    def _places(self) -> Iterator[tuple[Any, list[Any], list[Way]]]:
        """An index page, the templates below it that one may edit, and where one adds more."""
        user = self.request.user
        for index in sorted(indexes(), key=lambda index: index.workspace.name.casefold()):
            if edits(user, index):
                pages = [
                    page for page in _below(index) if page.permissions_for_user(user).can_edit()
                ]
                yield index, pages, _ways(index, user)


def _ways(index: Any, user: Any) -> list[Way]:
    """Where a new template is made: for each language, unless there are many, or several types."""
    if not index.permissions_for_user(user).can_add_subpage():
        return []
    below, names = type(index).creatable_subpage_models(), tongues.names()
    kinds = [kind._meta for kind in page_types(ContractTemplateMixin) if kind in below]
    if len(kinds) != 1 or len(names) > MANY:
        return [(reverse("wagtailadmin_pages:add_subpage", args=[index.pk]), "")]
    named = [kinds[0].app_label, kinds[0].model_name, index.pk]
    address = reverse("wagtailadmin_pages:add", args=named)
    return [(f"{address}?language={code}", words) for code, words in names]


def _below(index: Any) -> list[Any]:
    found = [
        page
        for kind in page_types(ContractTemplateMixin)
        for page in kind.objects.descendant_of(index)
    ]
    return sorted(found, key=lambda page: page.title.casefold())


class TemplatesMenuItem(MenuItem):
    """For those who edit templates."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether they do."""
        return bool(permissions.template_workspaces(request.user).exists())


def menu_item() -> TemplatesMenuItem:
    """For the hook `register_admin_menu_item`."""
    return TemplatesMenuItem(
        gettext_lazy("Templates"),
        reverse(LISTED),
        name="contract-templates",
        icon_name="doc-full-inverse",
        order=MENU_ORDER,
    )


def addresses() -> list[URLPattern]:
    """For the hook `register_admin_urls`."""
    return [path("contract-templates/", TemplatesView.as_view(), name=LISTED)]
