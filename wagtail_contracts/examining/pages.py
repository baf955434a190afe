"""Pages of Django's admin for what nobody changes; imported where its admin is installed."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest


class ReadOnly(admin.options.BaseModelAdmin):
    """What nobody changes here; whoever has the permission to view it reads it."""

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        """Nobody."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody."""
        return False


class AlarmPages(ReadOnly, admin.ModelAdmin):
    """What was found, and what somebody said of it. The command of the app settles it."""

    list_display = ("id", "code", "about", "found_at", "gone_at", "settled_at")
    list_filter = (("settled_at", admin.EmptyFieldListFilter), "code")
    search_fields = ("about__startswith",)
    ordering = ("-pk",)
    fields = (
        *("code", "about", "why", "found_at", "seen_at", "gone_at"),
        *("settled_at", "settled_by", "reason"),
    )
