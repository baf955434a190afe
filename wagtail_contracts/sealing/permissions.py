"""Who sees sealed files on the pages of Django's admin: whoever has its permissions.

An app that says so in a way of its own keeps them away from there, in AppConfig.ready.
"""

from typing import Any

DOWNLOAD = "wagtail_contracts_sealing.download_sealedfile"
_elsewhere: dict[str, str] = {}


def read_elsewhere(app: str, settled: str = "") -> None:
    """Say that another app decides who reads sealed files: Django's admin shows none of them.

    `settled` says where it has alarms settled.
    """
    _elsewhere[app] = settled


def elsewhere() -> str:
    """Which app decides, and where it has alarms settled; empty where none does."""
    return "; ".join(f"{app} ({place})" if place else app for app, place in _elsewhere.items())


def is_read_here() -> bool:
    """Whether sealed files may be seen in Django's admin at all."""
    return not _elsewhere


def may_download(user: Any) -> bool:
    """Whether somebody may take a file along; to see that there is one takes less."""
    return bool(user.has_perm(DOWNLOAD))
