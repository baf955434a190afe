"""Personal data: how long they are kept, one person's to take along or to erase, keys that turn."""

from wagtail_contracts.signing.flows.privacy.erasing import erase_person, erase_reports
from wagtail_contracts.signing.flows.privacy.exporting import Export, export_person
from wagtail_contracts.signing.flows.privacy.periods import Due, contracts_due, kept_until
from wagtail_contracts.signing.flows.privacy.retaining import due, next_run, rehearse, retain
from wagtail_contracts.signing.flows.privacy.rotating import Keys, rotate_keys, under_keys

__all__ = [
    "Due",
    "Export",
    "Keys",
    "contracts_due",
    "due",
    "erase_person",
    "erase_reports",
    "export_person",
    "kept_until",
    "next_run",
    "rehearse",
    "retain",
    "rotate_keys",
    "under_keys",
]
