"""The options of a provider of OpenID Connect, and what can be wrong with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from wagtail_contracts.signing.backends.oidc import clients
from wagtail_contracts.signing.backends.oidc.clients import Client
from wagtail_contracts.wire.calls import Rules

# By a key that the provider alone has; a shared secret, or nothing, would prove nothing to others.
SIGNED = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
CLAIMS = {"name": "name", "national_id": "", "subject": "sub"}


@dataclass(frozen=True, kw_only=True)
class Options:
    """One provider: `acr` are the levels that are good enough, `ask` those that are asked for.

    `claims` says which of the token's claims are name, national_id and subject. Who we are is
    proved by `client_secret`, or by `private_key`, a PEM, known to the provider as `key_id`.
    """

    label: str
    issuer: str
    client_id: str
    acr: Sequence[str] = ()
    client_secret: str = field(default="", repr=False)
    private_key: str = field(default="", repr=False)
    key_id: str = ""
    authentication: str = ""
    scope: str = "openid profile"
    ask: Sequence[str] = ()
    claims: Mapping[str, str] = field(default_factory=dict)
    algorithms: Sequence[str] = ("RS256", "PS256", "ES256")
    rules: Mapping[str, Any] = field(default_factory=dict)

    @property
    def client(self) -> Client:
        """Who we are to the provider."""
        usual = clients.KEY if self.private_key else clients.BASIC
        return Client(
            id=self.client_id,
            acr=tuple(self.acr),
            secret=self.client_secret,
            private_key=self.private_key,
            key_id=self.key_id,
            authentication=self.authentication or usual,
            algorithms=tuple(self.algorithms),
        )

    @property
    def limits(self) -> Rules:
        """How far calls to it may go."""
        return Rules(**self.rules)

    @property
    def named(self) -> dict[str, str]:
        """What is taken from which claim; empty for none."""
        return {**CLAIMS, **self.claims}


def faults(given: Options) -> list[str]:
    """What is missing or wrong, one sentence each."""
    kinds = (clients.KEY,) if given.private_key else (clients.BASIC, clients.POST)
    one = bool(given.client_secret) != bool(given.private_key)
    key = not given.private_key or _is_key(given.private_key)
    checks = {
        "LABEL says what people call it.": bool(given.label),
        "ISSUER is no https address.": _is_address(given),
        "CLIENT_ID is missing.": bool(given.client_id),
        "CLIENT_SECRET or PRIVATE_KEY is needed, one of them.": one,
        "PRIVATE_KEY is no private key, RSA or P-256, as PEM.": key,
        "AUTHENTICATION does not fit.": given.authentication in ("", *kinds),
        "ACR lists no level, so nobody could be identified.": _are_words(given.acr),
        "ALGORITHMS lists one that proves nothing.": _are_words(given.algorithms)
        and set(given.algorithms) <= set(SIGNED),
        "SCOPE does not name openid.": "openid" in given.scope.split(),
        "CLAIMS knows name, national_id and subject.": set(given.claims) <= set(CLAIMS),
    }
    return [words for words, holds in checks.items() if not holds]


def _are_words(given: Sequence[str]) -> bool:
    """A list of words; a single word is none, whose letters would be taken for words."""
    return bool(given) and not isinstance(given, str) and all(given)


def _is_address(given: Options) -> bool:
    parts = urlsplit(given.issuer)
    schemes = given.rules.get("schemes", ("https",))
    return parts.scheme in schemes and bool(parts.hostname)


def _is_key(pem: str) -> bool:
    try:
        return bool(clients.private_key(pem))
    except ValueError:
        return False
