"""A workspace's own page for its members: numbers, what waits, templates, people, all the rest."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import HeaderButton

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.admin.scoping import one_or_404
from wagtail_contracts.contracts.core import states
from wagtail_contracts.contracts.models import Workspace

PAGES, PAGE = "wagtail_contracts_workspace_pages", "wagtail_contracts_workspace_page"
SETTINGS, LISTED = "wagtail_contracts_workspace", "wagtail_contracts_contract:list"
ROOM = "wagtail_contracts/contracts/admin/workspaces"
SOON = timedelta(days=7)
SHOWN, NAMED = 5, 12  # contracts that wait; members by name
MENU_ORDER = 159
ENDED = (states.DECLINED, states.EXPIRED, states.WITHDRAWN)


class MembersPage(WagtailAdminTemplateMixin, TemplateView):
    """For whoever sees contracts somewhere."""

    header_icon = "group"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Turn away who has no part in it."""
        self.insist()
        return super().dispatch(request, *args, **kwargs)

    def insist(self) -> None:
        """Raise PermissionDenied for who has no part in any workspace."""
        if not permissions.workspaces(self.request.user, ["view"]).exists():
            raise PermissionDenied

    @cached_property
    def administered(self) -> set[int]:
        """Where one changes the settings."""
        mine = permissions.workspaces(self.request.user, ["administer"])
        return set(mine.values_list("pk", flat=True))


class WorkspacesView(MembersPage):
    """All workspaces that one has a part in."""

    template_name = f"{ROOM}/pages.html"
    page_title = gettext_lazy("Workspaces")

    @property
    def header_buttons(self) -> list[Any]:
        """Superusers make them."""
        if not self.request.user.is_superuser:
            return []
        url = reverse(f"{SETTINGS}:add")
        return [HeaderButton(_("New workspace"), url=url, icon_name="plus")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Each with how many contracts are out."""
        seen = permissions.visible(self.request.user).out().order_by()
        out = dict(seen.values_list("workspace").annotate(Count("pk")))
        places = permissions.workspaces(self.request.user, ["view"])
        rows = [(place, out.get(place.pk, 0), place.pk in self.administered) for place in places]
        return super().get_context_data(rows=rows, **kwargs)


class WorkspaceView(MembersPage):
    """One of them."""

    template_name = f"{ROOM}/page.html"

    place: Workspace

    def insist(self) -> None:
        """Find it: what one has no part in isn't there."""
        mine = permissions.workspaces(self.request.user, ["view"])
        self.place = one_or_404(mine, self.kwargs["pk"])

    def get_page_title(self) -> str:
        """Its name."""
        return self.place.name

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Workspaces, this one."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse(PAGES), "label": _("Workspaces")},
            {"url": "", "label": self.place.name},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """All of it, as far as one may see it."""
        user, place = self.request.user, self.place
        colleagues = permissions.colleagues(place)
        return super().get_context_data(
            workspace=place,
            numbers=list(self._numbers()),
            waiting=contracts.needing(user).filter(workspace=place).order_by("deadline")[:SHOWN],
            templates=[page for page in permissions.templates(user) if page.workspace == place],
            writes=permissions.template_workspaces(user).filter(pk=place.pk).exists(),
            members=colleagues[:NAMED],
            more=max(colleagues.count() - NAMED, 0),
            administers=place.pk in self.administered,
            archive=f"{reverse(LISTED)}?workspace={place.pk}&archived=yes",
            **kwargs,
        )

    def _numbers(self) -> Iterator[tuple[Any, int, str]]:
        """Words, how many, and the list of them."""
        near = timezone.localdate() + SOON
        asked = {
            "drafts": (_("Drafts"), Q(state__in=states.INSIDE), "state", sorted(states.INSIDE)),
            "out": (_("Out"), Q(state__in=states.OPEN), "state", sorted(states.OPEN)),
            "soon": (
                _("Due in 7 days"),
                Q(state__in=states.OPEN, deadline__lte=near),
                "view",
                ["soon"],
            ),
            "signed": (_("Signed"), Q(state=states.SIGNED), "state", [states.SIGNED]),
            "ended": (_("Ended without"), Q(state__in=ENDED), "state", sorted(ENDED)),
        }
        seen = permissions.visible(self.request.user).filter(workspace=self.place)
        kept = seen.filter(listing__archived_at=None)
        counts = kept.aggregate(
            **{name: Count("pk", filter=which) for name, (_words, which, *_rest) in asked.items()}
        )
        for name, (words, _which, filtered, values) in asked.items():
            by = "".join(f"&{filtered}={value}" for value in values)
            yield words, counts[name], f"{reverse(LISTED)}?workspace={self.place.pk}{by}"


class WorkspacesMenuItem(MenuItem):
    """For those who have a part in one."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether there is one."""
        return bool(permissions.workspaces(request.user, ["view"]).exists())


def menu_item() -> WorkspacesMenuItem:
    """For the hook `register_admin_menu_item`."""
    return WorkspacesMenuItem(
        gettext_lazy("Workspaces"),
        reverse(PAGES),
        name="contract-workspaces",
        icon_name="group",
        order=MENU_ORDER,
    )


def addresses() -> list[URLPattern]:
    """For the hook `register_admin_urls`."""
    return [
        path("contract-workspace/", WorkspacesView.as_view(), name=PAGES),
        path("contract-workspace/<str:pk>/", WorkspaceView.as_view(), name=PAGE),
    ]
