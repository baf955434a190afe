"""The list of what one is told, behind the bell in the menu."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.ui.sidebar import LinkMenuItem
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.admin import counts
from wagtail_contracts.contracts.admin.acts import ROOM
from wagtail_contracts.contracts.models import Notification
from wagtail_contracts.contracts.rendering.notices import sentence

LIST, RESULTS = "wagtail_contracts_notifications", "wagtail_contracts_notifications_results"
OPEN, ALL = "wagtail_contracts_open_notification", "wagtail_contracts_read_notifications"


class NotificationPaginator(WagtailPaginator):
    """Says what it counts."""

    verbose_name = gettext_lazy("notification")
    verbose_name_plural = gettext_lazy("notifications")


class NotificationsView(PermissionCheckedMixin, BaseListingView):
    """What one was told, newest first, of contracts that one may still see."""

    model = Notification
    permission_policy = permissions.POLICIES["Contract"]
    permission_required = "view"
    results_template_name = f"{ROOM}/notifying/list_results.html"
    page_title = gettext_lazy("Notifications")
    header_icon = "wc-bell"
    index_url_name = LIST
    index_results_url_name = RESULTS
    default_ordering = ("-pk",)
    paginate_by = 30
    paginator_class = NotificationPaginator

    def get_base_queryset(self) -> Any:
        """One's own."""
        return Notification.objects.visible_to(self.request.user)

    def get_valid_orderings(self) -> list[Any]:
        """Newest first, and no other."""
        return [self.default_ordering]

    @cached_property
    def no_results_message(self) -> str:
        """No news."""
        return _("Nothing yet. Here stands what others do with your contracts.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """In words."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        notes = [(note, sentence(note)) for note in context["object_list"]]
        unread = Notification.objects.visible_to(self.request.user).unread()
        return {**context, "notes": notes, "unread": unread.count()}


class OpenView(View):
    """Marks one as read and leads to its contract; by post, as it writes."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Raises Http404 for what is not one's own."""
        note = Notification.objects.visible_to(request.user).filter(pk=pk).first()
        if note is None:
            raise Http404
        contracts.read([note], by=permissions.actor(request.user))
        return redirect(reverse("wagtail_contracts_contract:inspect", args=[note.contract_id]))


class ReadAllView(View):
    """Marks all that one sees as read."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        """And says how many were not."""
        unread = Notification.objects.visible_to(request.user).unread()
        n = contracts.read(unread, by=permissions.actor(request.user))
        said = ngettext(
            "%(n)d notification marked as read.", "%(n)d notifications marked as read.", n
        )
        messages.success(request, said % {"n": n})
        return redirect(reverse(LIST))


class BellItem(MenuItem):
    """In the menu, with how many are unread, for those who see contracts."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether there could be any."""
        return bool(permissions.POLICIES["Contract"].user_has_permission(request.user, "view"))

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        """Counted anew for each page: items are made once for all."""
        unread = Notification.objects.visible_to(request.user).unread()
        count = counts.said(counts.few(unread.filter(contract__workspace__training=False)))
        label = _("Notifications (%s)") % count if count else _("Notifications")
        return LinkMenuItem(self.name, label, self.url, icon_name=self.icon_name)


def bell() -> BellItem:
    """Below the contracts."""
    label = gettext_lazy("Notifications")
    return BellItem(label, reverse(LIST), name="notifications", icon_name="wc-bell", order=155)


def addresses() -> list[URLPattern]:
    """The list, and what marks as read."""
    listed, base = NotificationsView, "contract-notifications/"
    return [
        path(base, listed.as_view(), name=LIST),
        path(f"{base}results/", listed.as_view(results_only=True), name=RESULTS),
        path(f"{base}read/", ReadAllView.as_view(), name=ALL),
        path(f"{base}<int:pk>/", OpenView.as_view(), name=OPEN),
    ]
