"""Who reads trails on the pages of Django's admin: whoever has its permission to view them.

An app that says so in a way of its own keeps them away from there, in AppConfig.ready.
"""

from typing import Any

DISCLOSURES = "wagtail_contracts_audit.view_disclosure"
_elsewhere: dict[str, str] = {}


def read_elsewhere(app: str, settled: str = "") -> None:
    """Say that another app decides who reads trails: Django's admin shows none of them.

    `settled` says where it has alarms settled.
    """
    _elsewhere[app] = settled


def elsewhere() -> str:
    """Which app decides, and where it has alarms settled; empty where none does."""
    return "; ".join(f"{app} ({place})" if place else app for app, place in _elsewhere.items())


def is_read_here() -> bool:
    """Whether trails may be read in Django's admin at all."""
    return not _elsewhere


def sees_disclosures(user: Any) -> bool:
    """Whether somebody may read personal data: names, addresses, and what else was disclosed."""
    return bool(user.has_perm(DISCLOSURES))
