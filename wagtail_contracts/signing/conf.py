"""The section SIGNING of the settings."""

from dataclasses import dataclass

from wagtail_contracts.conf import section


@dataclass(frozen=True)
class Signing:
    """How long links and codes live, the cookie's name, and how many proxies stand in front."""

    link_days: int = 30
    code_minutes: int = 10
    cookie: str = "__Host-c"
    proxies: int = 0


def signing() -> Signing:
    """The settings as given, with defaults."""
    return section("SIGNING", Signing)
