"""A backend for SMS that keeps what it was given, for tests."""

from __future__ import annotations

from typing import Any, ClassVar

BACKEND = {"BACKEND": "tests.phones.KeptSms"}


class KeptSms:
    """`sent` are number, text and identity; `fault` is raised at each sending."""

    sent: ClassVar[list[tuple[str, str, str]]] = []
    fault: ClassVar[Exception | None] = None

    def send(self, number: str, text: str, *, identity: str) -> None:
        """Keep it, or fail."""
        if KeptSms.fault:
            raise KeptSms.fault
        self.sent.append((number, text, identity))


def forget(*, fault: Exception | None = None) -> None:
    """Begin anew, with a gateway that works, or does not."""
    KeptSms.sent.clear()
    KeptSms.fault = fault


def configured(settings: Any) -> None:
    """Have SMS sent here."""
    ours = settings.WAGTAIL_CONTRACTS
    settings.WAGTAIL_CONTRACTS = {**ours, "SIGNING": {**ours.get("SIGNING", {}), "SMS": BACKEND}}
    forget()
