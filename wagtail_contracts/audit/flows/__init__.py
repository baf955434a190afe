"""The verbs: record, commit, verify, verify_anchor, compare, excerpt, disclosed, erase(_all)."""

from wagtail_contracts.audit.flows.disclosing import Disclosed, disclosed, erase, erase_all
from wagtail_contracts.audit.flows.recording import commit, record
from wagtail_contracts.audit.flows.verifying import compare, excerpt, verify, verify_anchor

__all__ = [
    "Disclosed",
    "commit",
    "compare",
    "disclosed",
    "erase",
    "erase_all",
    "excerpt",
    "record",
    "verify",
    "verify_anchor",
]
