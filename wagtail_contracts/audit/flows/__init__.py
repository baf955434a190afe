"""The verbs: record, commit, verify, verify_anchor, compare, excerpt, disclosed, erase(_all).

`checkpoint` signs how far all trails have grown; `verify_log` recomputes that, `verify_note`
compares what was kept elsewhere; `included` and `consistency` prove it to others.
"""

from wagtail_contracts.audit.flows.attesting import (
    Included,
    consistency,
    included,
    verify_log,
    verify_note,
)
from wagtail_contracts.audit.flows.checkpointing import checkpoint, verifiers
from wagtail_contracts.audit.flows.disclosing import Disclosed, disclosed, erase, erase_all
from wagtail_contracts.audit.flows.recording import commit, record
from wagtail_contracts.audit.flows.verifying import compare, excerpt, verify, verify_anchor

__all__ = [
    "Disclosed",
    "Included",
    "checkpoint",
    "commit",
    "compare",
    "consistency",
    "disclosed",
    "erase",
    "erase_all",
    "excerpt",
    "included",
    "record",
    "verifiers",
    "verify",
    "verify_anchor",
    "verify_log",
    "verify_note",
]
