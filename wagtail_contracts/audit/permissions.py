"""Who reads trails on the pages of Django's admin: whoever has its permission to view them.

An app that says so in a way of its own keeps them away from there: `read_elsewhere`.
"""

from typing import Any

from wagtail_contracts.examining.readers import Readers

DISCLOSURES = "wagtail_contracts_audit.view_disclosure"
readers = Readers()
read_elsewhere = readers.read_elsewhere


def sees_disclosures(user: Any) -> bool:
    """Whether somebody may read personal data: names, addresses, and what else was disclosed."""
    return bool(user.has_perm(DISCLOSURES))
