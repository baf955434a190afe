"""Evidence is re-read in slices: what there is to look at, how far that has come, what it found.

An app has the two tables as its own, says in `Step`s what there is, and calls `Walk.go_on` often.
"""

from wagtail_contracts.examining.guarding import lost_triggers, ring_refused
from wagtail_contracts.examining.tables import AbstractAlarm, AbstractExamination
from wagtail_contracts.examining.walking import (
    AWAY,
    END,
    SLOW,
    Fault,
    Found,
    Place,
    Step,
    Walk,
    at_once,
    confirmed,
    one_by_one,
    ring,
    settle,
)

__all__ = [
    "AWAY",
    "END",
    "SLOW",
    "AbstractAlarm",
    "AbstractExamination",
    "Fault",
    "Found",
    "Place",
    "Step",
    "Walk",
    "at_once",
    "confirmed",
    "lost_triggers",
    "one_by_one",
    "ring",
    "ring_refused",
    "settle",
]
