"""Somebody in a browser: leaves, shows elsewhere who they are, and comes back."""

from __future__ import annotations

from http.client import HTTPConnection
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

from tests import builders
from tests.public import visits
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.contracts.models import Participant
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.backends.oidc import providers as providers
from wagtail_contracts.signing.models import Purpose

Answer = list[tuple[str, str]]


class Visitor:
    """With a session of their own."""

    def __init__(self, participant: Participant) -> None:
        self.person, self.by = participant, builders.guest(participant)
        self.session, _secret = signing.admit(signing.invite(participant, by=SYSTEM), by=self.by)

    def leave(self, purpose: str = Purpose.SIGNING) -> str:
        """The address of the provider."""
        digest = visits.current(self.person).digest
        return signing.begin_sign_in(self.session, purpose, digest, by=self.by)

    def log_in(self, address: str) -> Answer:
        """What the provider sends the browser back with."""
        return parse_qsl(urlsplit(location(address)).query)

    def answer(self, purpose: str = Purpose.SIGNING) -> Answer:
        """The same, of a new sign-in."""
        return self.log_in(self.leave(purpose))

    def back(self, answer: Answer, to: str = "bankid") -> Any:
        """Come back with it, to the address of a means."""
        return signing.finish_sign_in(answer, self.session, key=to, by=self.by)

    def sign_in(self) -> Any:
        """All of it: the identification."""
        return self.back(self.answer()).identification


def location(address: str) -> str:
    """Where a provider on this machine sends a browser."""
    parts = urlsplit(address)
    connection = HTTPConnection(str(parts.hostname), parts.port, timeout=20)
    connection.request("GET", f"{parts.path}?{parts.query}")
    found = connection.getresponse().headers["Location"]
    connection.close()
    assert found
    return found


def asked(address: str) -> dict[str, str]:
    """What stands in an address."""
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


def changed(answer: Answer, **changes: str | None) -> Answer:
    """The answer with these parameters changed; None takes one away."""
    kept = {**dict(answer), **changes}
    return [(name, value) for name, value in kept.items() if value is not None]
