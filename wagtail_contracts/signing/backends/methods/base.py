"""What a means of identification has to do: each is one class of one file."""

from __future__ import annotations

import base64
import hashlib
import logging
from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from wagtail_contracts.contracts.models import ContractVersion, Participant
from wagtail_contracts.signing.core import shown
from wagtail_contracts.signing.core.shown import Shown
from wagtail_contracts.signing.errors import ProviderUnusable
from wagtail_contracts.signing.models import Purpose

log = logging.getLogger("wagtail_contracts.signing")


class Method(ABC):
    """A means of identification; `key` is what the settings and the records call it.

    `kind` says how it is done: one of the words of `core.shown`. `rank` orders them where several
    are listed, the strongest first. `purposes` are what it can be chosen for.
    """

    kind = ""
    rank = 0
    purposes: Collection[str] = tuple(Purpose.values)

    def __init__(self, key: str) -> None:
        self.key = key

    @property
    @abstractmethod
    def name(self) -> str:
        """What people call it, in a list: “Code by e-mail”."""

    @property
    @abstractmethod
    def how(self) -> str:
        """The same after a verb: “with a code by e-mail”."""

    def missing(self, participant: Participant) -> str:
        """What is missing before this person can use it; empty where nothing is."""
        return ""

    def faults(self) -> list[str]:
        """What is wrong with its settings, for the system check."""
        return []


class CodeMethod(Method):
    """A code that is sent to an address of the person, and typed in."""

    kind = shown.CODE
    by_mail = False  # then the code is a letter of ours, and `send` is not called

    @abstractmethod
    def contact(self, participant: Participant) -> str:
        """Where the code goes."""

    @abstractmethod
    def masked(self, participant: Participant) -> str:
        """The same so that its owner knows it and nobody else learns it."""

    def send(self, participant: Participant, text: str, *, identity: str) -> None:
        """Send `text` with the code; whatever it raises, the worker tries again later.

        Never called of a means that is `by_mail`; every other one says how.
        """
        raise NotImplementedError(f"{type(self).__name__} does not say how its code is sent.")


@dataclass(frozen=True)
class Leaving:
    """Somebody on the way to whoever says who they are.

    `state`, `nonce` and `verifier` are secrets of this one way (RFC 6749, OpenID Connect Core,
    RFC 7636); `redirect` is the address to come back to, `language` that of the person. `kept` is
    what the means kept of an earlier way.
    """

    participant: Participant
    version: ContractVersion
    purpose: str
    state: str
    nonce: str
    verifier: str
    redirect: str
    language: str
    kept: str = ""

    @property
    def challenge(self) -> str:
        """What travels in place of the verifier: RFC 7636, S256."""
        digest = hashlib.sha256(self.verifier.encode()).digest()
        return base64.urlsafe_b64encode(digest).decode().rstrip("=")


@dataclass(frozen=True)
class Onward:
    """One way was not enough: the person goes off once more, and `kept` is there then."""

    kept: str


class AwayMethod(Method):
    """Somebody else shows who the person is: the browser goes there and comes back."""

    kind = shown.AWAY
    rank = 3

    @abstractmethod
    def begin(self, leaving: Leaving) -> str:
        """The address to go to."""

    @abstractmethod
    def finish(self, leaving: Leaving, parameters: Mapping[str, Any]) -> Shown | Onward:
        """What was shown, from the parameters that came back. Raises Refusal."""

    def is_last(self, kept: str) -> bool:
        """Whether who is back, with `kept` waiting for them here, is sent there no more."""
        return True


def unusable(words: str, why: str) -> ProviderUnusable:
    """Whoever was asked is down, or says what can't be: `words` are for people.

    `why` is written to the log, so no secret may stand in it.
    """
    log.warning("A service that shows who people are can’t be used: %s", why)
    return ProviderUnusable(words, why)
