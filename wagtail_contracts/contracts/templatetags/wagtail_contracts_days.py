"""Days and moments in templates, in the active language."""

from __future__ import annotations

from datetime import date, datetime

from django import template

from wagtail_contracts.contracts.rendering import days

register = template.Library()


@register.filter
def day(value: date | None) -> str:
    """A day in words, or nothing."""
    return days.day(value) if value else ""


@register.filter
def short_moment(value: datetime | None) -> str:
    """A moment in the reader's zone, or nothing."""
    return days.short_moment(value) if value else ""
