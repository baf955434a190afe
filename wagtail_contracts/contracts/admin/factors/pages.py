"""What the pages about second factors have in common, and their addresses."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.admin.stepup import OWN, way_back
from wagtail_contracts.contracts.permissions.doors import ActorMixin

ROOM = "wagtail_contracts/contracts/admin/factors"
ADD, CONFIRM = "wagtail_contracts_factor_add", "wagtail_contracts_factor_confirm"
REMOVE, RECOVERY = "wagtail_contracts_factor_remove", "wagtail_contracts_factor_recovery"
PEOPLE, RESET = "wagtail_contracts_factor_people", "wagtail_contracts_factor_reset"


class FactorPage(ActorMixin, WagtailAdminTemplateMixin):
    """A page about one's own factors; a site without their tables has none of them."""

    page_title = gettext_lazy("Second factor")
    header_icon = "key"
    first = False  # whether it is the page from which the others are reached

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Tell that there is nothing here, where there is nothing."""
        if not contracts.factors_offered():
            raise Http404
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return answer

    @property
    def back(self) -> str:
        """Where somebody was on their way to when they were led here."""
        return way_back(self.request)

    def address(self, name: str, *args: Any) -> str:
        """The address of another of these pages, with the way back."""
        query = f"?{urlencode({'next': self.back})}" if self.back else ""
        return reverse(name, args=args) + query

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, the account, one's factors, here."""
        way = [("wagtailadmin_account", _("Account")), (OWN, _("Second factor"))]
        above = [{"url": reverse(name), "label": label} for name, label in way]
        here = {"url": "", "label": self.get_page_title()}
        return [*self.breadcrumbs_items, *(above[:1] if self.first else above), here]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The way back."""
        return super().get_context_data(back=self.address(OWN), **kwargs)
