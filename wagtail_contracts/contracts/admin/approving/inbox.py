"""What waits for one's approval: a list, and its place in the menu with the count."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import prefetch_related_objects
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import HeaderButton

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.admin import counts
from wagtail_contracts.contracts.admin.approving.deciding import INBOX, ROOM
from wagtail_contracts.contracts.admin.creating.steps import address
from wagtail_contracts.contracts.models import person_name
from wagtail_contracts.contracts.rendering import rules as words
from wagtail_contracts.contracts.rendering import worth

DEPUTIES = "wagtail_contracts_deputies"
MOST = 50


@dataclass(frozen=True)
class Row:
    """One contract that waits."""

    contract: Any
    url: str
    asked_by: str
    since: Any
    rules: list[str]
    differs: bool
    amounts: list[str]


class InboxView(WagtailAdminTemplateMixin, TemplateView):
    """The contracts that wait for the one who asks, the longest wait first."""

    template_name = f"{ROOM}/inbox.html"
    page_title = gettext_lazy("Approvals")
    header_icon = "user"
    http_method_names = ("get", "head", "options")

    @cached_property
    def header_buttons(self) -> list[Any]:
        """Who approves while one is away."""
        url = reverse(DEPUTIES)
        return [HeaderButton(_("My deputies"), url=url, icon_name="user")]

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, here."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The rows."""
        found = contracts.awaiting(self.request.user, MOST + 1)
        shown, more = found[:MOST], len(found) > MOST
        prefetch_related_objects(shown, "listing", "worth")
        asked = [one.approval for one in shown if one.approval]
        names = words.names_for([rule for request in asked for rule in request.plain_rules])
        rows = [_row(one, names) for one in shown]
        return super().get_context_data(rows=rows, more=more, **kwargs)


def _row(contract: Any, names: words.Names) -> Row:
    request, language = contract.approval, get_language() or "en"
    listing = getattr(contract, "listing", None)
    return Row(
        contract,
        address("approve", contract),
        person_name(request.asked_by),
        request.asked_at,
        [words.sentence(rule, names) for rule in request.plain_rules],
        listing is not None and listing.deviates,
        [worth.amount(item.amount, item.currency, language) for item in contract.worth.all()],
    )


class ApprovalsMenuItem(MenuItem):
    """With the number of those that wait: what is for training counts nowhere."""

    def is_shown(self, request: HttpRequest) -> bool:
        """For whoever may approve somewhere."""
        places = permissions.places(request.user, "approve")
        return bool(places.all or places.own)

    def render_component(self, request: HttpRequest) -> Any:
        """The label says how many."""
        count = counts.said(len(contracts.awaiting(request.user, counts.MOST + 1, real=True)))
        label = _("Approvals (%(count)s)") % {"count": count} if count else _("Approvals")
        made: Any = super().render_component(request)
        made.label = label
        return made


def menu_item() -> ApprovalsMenuItem:
    """For `register_admin_menu_item`."""
    return ApprovalsMenuItem(
        gettext_lazy("Approvals"),
        reverse(INBOX),
        name="contract-approvals",
        icon_name="user",
        order=155,
    )
