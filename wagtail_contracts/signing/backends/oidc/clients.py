"""Who we are to a provider, and how we prove it: by a secret, or by a key of our own (RFC 7523)."""

from __future__ import annotations

import base64
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote_plus

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, RSAKey

BASIC, POST, KEY = "client_secret_basic", "client_secret_post", "private_key_jwt"
LASTS = 60  # seconds that an assertion is good for
BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
ALGORITHMS = {"RSA": "RS256", "EC": "ES256"}


@dataclass(frozen=True)
class Client:
    """What a provider knows us by. `acr` are the levels of which a token must name one."""

    id: str
    acr: tuple[str, ...]
    secret: str = field(default="", repr=False)
    private_key: str = field(default="", repr=False)
    key_id: str = ""
    authentication: str = BASIC
    algorithms: tuple[str, ...] = ("RS256", "PS256", "ES256")

    def proof(self, audience: str) -> tuple[Mapping[str, str], Mapping[str, str]]:
        """The headers and the parameters that prove who we are to `audience`."""
        if self.authentication == KEY:
            assertion = {
                "client_assertion_type": BEARER,
                "client_assertion": self._signed(audience),
            }
            return {}, {"client_id": self.id, **assertion}
        if self.authentication == POST:
            return {}, {"client_id": self.id, "client_secret": self.secret}
        pair = f"{quote_plus(self.id)}:{quote_plus(self.secret)}".encode()
        return {"Authorization": f"Basic {base64.b64encode(pair).decode()}"}, {}

    def _signed(self, audience: str) -> str:
        key, now = private_key(self.private_key), int(time.time())
        said = {"iss": self.id, "sub": self.id, "aud": audience, "iat": now, "exp": now + LASTS}
        algorithm = ALGORITHMS[key.key_type]
        header = {"alg": algorithm, "kid": self.key_id} if self.key_id else {"alg": algorithm}
        claims = {**said, "jti": secrets.token_urlsafe(24)}
        return jwt.encode(header, claims, key, algorithms=[algorithm])


def private_key(pem: str) -> RSAKey | ECKey:
    """The key in a PEM. Raises ValueError where there is none of a kind that is known."""
    for kind in (RSAKey, ECKey):
        try:
            key = kind.import_key(pem)
        except (JoseError, ValueError, TypeError):
            continue
        if key.is_private:
            return key
    raise ValueError("no private RSA or EC key")
