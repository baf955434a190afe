"""The section SIGNING of the settings."""

from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from wagtail_contracts.conf import section


@dataclass(frozen=True)
class Signing:
    """How long links and codes live, the cookie's name, how many proxies stand in front.

    `sms` names the class that sends SMS as BACKEND, its arguments as OPTIONS; empty: nobody is
    invited by SMS.
    """

    link_days: int = 30
    code_minutes: int = 10
    cookie: str = "__Host-c"
    proxies: int = 0
    sms: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Only what a backend is made of. Raises ImproperlyConfigured."""
        if unknown := sorted(set(self.sms) - {"BACKEND", "OPTIONS"}):
            text = f"WAGTAIL_CONTRACTS['SIGNING']['SMS']: unknown {unknown}."
            raise ImproperlyConfigured(f"{text} Known are BACKEND and OPTIONS.")
        if self.sms and not self.sms.get("BACKEND"):
            text = "WAGTAIL_CONTRACTS['SIGNING']['SMS'] has no BACKEND: the class that sends."
            raise ImproperlyConfigured(text)


def signing() -> Signing:
    """The settings as given, with defaults."""
    return section("SIGNING", Signing)
