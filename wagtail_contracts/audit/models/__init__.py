"""Trails of events, and the log of how far they had grown."""

from wagtail_contracts.audit.models.examining import Alarm, Examination
from wagtail_contracts.audit.models.log import Anchored, Checkpoint, CheckpointToken, LogEntry
from wagtail_contracts.audit.models.trails import (
    Disclosure,
    DisclosureQuerySet,
    Event,
    EventQuerySet,
    Trail,
)

__all__ = [
    "Alarm",
    "Anchored",
    "Checkpoint",
    "CheckpointToken",
    "Disclosure",
    "DisclosureQuerySet",
    "Event",
    "EventQuerySet",
    "Examination",
    "LogEntry",
    "Trail",
]
