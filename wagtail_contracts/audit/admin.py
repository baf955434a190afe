"""Trails, checkpoints and alarms on the pages of Django's admin: to be read, and to be verified.

Django imports this only where its admin is installed. Nothing can be added, changed or deleted,
by nobody: the tables only grow, and only flows write to them.
"""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wagtail_contracts.audit import flows as audit
from wagtail_contracts.audit import permissions
from wagtail_contracts.audit.errors import ChainBroken
from wagtail_contracts.audit.models import Alarm, Anchored, Checkpoint, Trail
from wagtail_contracts.examining.pages import AlarmPages, ReadOnly

PAGE = 100  # events
SHOWN = 16  # characters of a digest in a list


@admin.register(Trail)
class TrailAdmin(ReadOnly, admin.ModelAdmin):
    """Trails with what happened, as sentences."""

    list_display = ("key", "length", "short_head")
    search_fields = ("key__exact",)
    search_help_text = gettext_lazy("The whole key of a trail")
    ordering = ("pk",)
    fields = ("key", "length", "head")
    actions = ("verify",)
    change_form_template = "wagtail_contracts/audit/admin/trail.html"

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever may by Django's permissions, unless another app says who reads trails."""
        return permissions.readers.are_here() and super().has_view_permission(request, obj)

    @admin.display(description=gettext_lazy("head"))
    def short_head(self, trail: Trail) -> str:
        """Enough of it to recognise it."""
        return trail.head[:SHOWN]

    @admin.action(description=gettext_lazy("Verify the selected trails"), permissions=["view"])
    def verify(self, request: HttpRequest, chosen: Any) -> None:
        """Follow each chain, and say where the first fault is."""
        for trail in chosen:
            try:
                head = audit.verify(trail.key, deep=True)
            except ChainBroken as broken:
                self.message_user(request, str(broken), messages.ERROR)
            else:
                words = _("Trail %(trail)s is whole: events 1 to %(length)s.")
                told = words % {"trail": trail.key, "length": head.length}
                self.message_user(request, told, messages.SUCCESS)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The trail and a page of what happened; Django asks for the permission."""
        trail = self.get_object(request, object_id)
        told = self._story(request, trail) if trail and self.has_view_permission(request) else {}
        return super().change_view(
            request, object_id, form_url, {**(extra_context or {}), **told, "subtitle": None}
        )

    def _story(self, request: HttpRequest, trail: Trail) -> dict[str, Any]:
        page = Paginator(range(trail.length), PAGE).get_page(request.GET.get("p"))
        disclosing = permissions.sees_disclosures(request.user)
        try:
            lines = audit.timeline(
                trail.key, begin=page.start_index() - 1, count=PAGE, disclosing=disclosing
            )
        except ValueError:
            return {"page": page, "lines": [], "is_unreadable": True}
        return {"page": page, "lines": lines, "disclosing": disclosing}


class AnchoredInline(ReadOnly, admin.TabularInline):
    """Where a checkpoint stands outside the database."""

    model = Anchored
    fields = ("anchor", "at")
    extra = 0


@admin.register(Checkpoint)
class CheckpointAdmin(ReadOnly, admin.ModelAdmin):
    """Checkpoints with their notes, and who else has them."""

    list_display = ("size", "events", "at", "stamped", "places")
    list_select_related = ("token",)
    ordering = ("-size",)
    fields = ("size", "root", "events", "at", "stamped", "note")
    readonly_fields = ("stamped",)
    inlines = (AnchoredInline,)

    def get_queryset(self, request: HttpRequest) -> Any:
        """With the places that each was brought to."""
        return super().get_queryset(request).prefetch_related("anchored")

    @admin.display(description=gettext_lazy("time-stamped"))
    def stamped(self, point: Checkpoint) -> Any:
        """When an authority for time vouched for it."""
        return point.token.at if hasattr(point, "token") else None

    @admin.display(description=gettext_lazy("placed at"))
    def places(self, point: Checkpoint) -> str:
        """By their names in the settings."""
        return ", ".join(sorted(row.anchor for row in point.anchored.all()))


@admin.register(Alarm)
class AlarmAdmin(AlarmPages):
    """What the examination found in trails and log."""

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever may by Django's permissions, unless another app says who reads trails."""
        return permissions.readers.are_here() and super().has_view_permission(request, obj)
