"""The site examines itself: every trail, sealed file and contract once in a cycle, and it tells."""

from wagtail_contracts.signing.flows.examining.copies import note_shown
from wagtail_contracts.signing.flows.examining.found import (
    GRAVE,
    Found,
    about_contract,
    everything,
    find,
    gravest,
)
from wagtail_contracts.signing.flows.examining.lateness import Standing, Watch, standing_of_walks
from wagtail_contracts.signing.flows.examining.running import examine, note_refused
from wagtail_contracts.signing.flows.examining.settling import settle_alarm
from wagtail_contracts.signing.flows.examining.telling import told_as

__all__ = [
    "GRAVE",
    "Found",
    "Standing",
    "Watch",
    "about_contract",
    "everything",
    "examine",
    "find",
    "gravest",
    "note_refused",
    "note_shown",
    "settle_alarm",
    "standing_of_walks",
    "told_as",
]
