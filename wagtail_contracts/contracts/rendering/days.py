"""Days and moments as words that mean one thing wherever they are read."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.dateformat import format as formatted
from django.utils.translation import pgettext


def day(value: date) -> str:
    """A day: 5 December 2026."""
    return formatted(value, pgettext("format of a day", "j F Y"))


def moment(value: datetime, zone: ZoneInfo) -> str:
    """A moment with its zone: 23 November 2026, 14:02 CET."""
    local, pattern = value.astimezone(zone), pgettext("format of a moment", "j F Y, H:i")
    return f"{formatted(local, pattern)} {local.tzname()}"


def short_moment(value: datetime) -> str:
    """A moment in the reader's own zone, where there is little room: 23 Nov 2026, 14:02."""
    pattern = pgettext("format of a moment in little room", "j M Y, H:i")
    return formatted(timezone.localtime(value), pattern)


def exact_moment(value: datetime) -> str:
    """The same to the second, for what is about to happen: 23 Nov 2026, 14:02:40."""
    pattern = pgettext("format of a moment to the second", "j M Y, H:i:s")
    return formatted(timezone.localtime(value), pattern)


def short_day(value: datetime) -> str:
    """The day of a moment in the reader's own zone, where there is little room: 23 Nov 2026."""
    pattern = pgettext("format of a day in little room", "j M Y")
    return formatted(timezone.localtime(value), pattern)
