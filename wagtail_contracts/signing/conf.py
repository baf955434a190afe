"""The section SIGNING of the settings."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from wagtail_contracts.conf import section


@dataclass(frozen=True)
class Signing:
    """How long links and codes live, the cookie's name, how many proxies stand in front.

    `sms` names the class that sends SMS as BACKEND, its arguments as OPTIONS; empty: nobody is
    invited by SMS. `administrators` are the addresses that get reports of abuse and alerts; without
    any it is those of the superusers. Of `burst_sendings` by one person, and of `burst_attempts`
    (wrong codes; lost links and reports), within an hour they are told.
    """

    link_days: int = 30
    code_minutes: int = 10
    cookie: str = "__Host-c"
    proxies: int = 0
    sms: dict[str, Any] = field(default_factory=dict)
    administrators: Sequence[str] = ()
    burst_sendings: int = 20
    burst_attempts: int = 30

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
