"""Whole addresses: they begin with the configured base, never with a request's host."""

from urllib.parse import urlsplit

from wagtail_contracts.contracts.conf import contracts


def absolute(path: str) -> str:
    """The address of a path of this site, as mails name it."""
    return contracts().public_base_url.rstrip("/") + path


def host() -> str:
    """The host with its port, as people compare it."""
    return urlsplit(contracts().public_base_url).netloc
