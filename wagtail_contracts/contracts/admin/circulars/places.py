"""What the pages about texts for many have in common: who may come in, and where they are."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.admin.stepup import detour
from wagtail_contracts.contracts.models import Circular, Verb
from wagtail_contracts.contracts.permissions.doors import ActorMixin

ROOM = "wagtail_contracts/contracts/admin/circulars"
LIST, NEW = "wagtail_contracts_circulars", "wagtail_contracts_circular_new"
ONE, ROUND = "wagtail_contracts_circular", "wagtail_contracts_circular_round"
REMIND, JOIN = "wagtail_contracts_circular_remind", "wagtail_contracts_circular_join"
EXPORT, STATE = "wagtail_contracts_circular_export", "wagtail_contracts_circular_state"


class SendersPage(ActorMixin):
    """For whoever makes and sends contracts in all of a workspace."""

    asks_code = False
    verb = Verb.SEND  # what a workspace may ask a second factor for
    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Turn away everybody else; lead to a code where the page asks for one, and back."""
        if not self.places.exists():
            raise PermissionDenied
        spaces, asks = self.staked(), self.asks_code
        if way := detour(request, self.verb, spaces, asks_code=asks, back=self.comes_back()):
            return way
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        return answer

    @cached_property
    def places(self) -> Any:
        """Where one does that."""
        return permissions.sends_to_many(self.request.user)

    def comes_back(self) -> str:
        """Where whoever gave a code comes back to; "" for the page that they asked for."""
        return ""

    def staked(self) -> list[int]:
        """The workspaces that are at stake."""
        return list(self.places.values_list("pk", flat=True))


class ShownPage(SendersPage, WagtailAdminTemplateMixin):
    """One that is looked at."""

    header_icon = "group"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Texts for many, and here."""
        above = {"url": reverse(LIST), "label": _("Texts for many")}
        return [*self.breadcrumbs_items, above, {"url": "", "label": self.get_page_title()}]


class OfOne(SendersPage):
    """About one of them; what is of another workspace isn't there."""

    kwargs: dict[str, Any]

    @cached_property
    def circular(self) -> Circular:
        """The one that the address names. Raises Http404."""
        mine = Circular.objects.filter(workspace__in=self.places)
        found = mine.filter(public_id=self.kwargs["public_id"]).select_related("workspace", "group")
        if (one := found.first()) is None:
            raise Http404
        return one

    def staked(self) -> list[int]:
        """Its workspace."""
        return [self.circular.workspace_id]

    @property
    def address(self) -> str:
        """Its page."""
        return reverse(ONE, args=[self.circular.public_id])
