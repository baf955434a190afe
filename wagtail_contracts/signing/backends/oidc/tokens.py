"""Judge an ID token: joserfc reads it and verifies the signature, what it must say stands here.

OpenID Connect Core 1.0, 3.1.3.7. Each refusal names the check that failed. The claims are compared
by ourselves, because joserfc takes an empty list of allowed values for any value, an audience among
others for ours, and a token without an end for one that is good.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from wagtail_contracts.signing.backends.oidc.clients import Client
from wagtail_contracts.signing.errors import SignInRefused

LEEWAY = 60  # seconds that clocks may differ
FRESH = 600  # seconds since somebody logged in there; we ask each time that they do
Claims = Mapping[str, Any]


class UnknownKey(Exception):
    """The token names a key that is not among those that were given."""


def read(token: str, keys: KeySet, client: Client) -> Claims:
    """The claims of a token that the provider signed. Raises SignInRefused, UnknownKey."""
    header = _header(token)
    if header.get("alg") not in client.algorithms:
        raise SignInRefused("algorithm")
    if not _is_known(header.get("kid"), keys):
        raise UnknownKey
    try:
        return jwt.decode(token, keys, algorithms=[header["alg"]]).claims
    except (JoseError, ValueError) as refused:
        raise SignInRefused("signature") from refused


def judge(claims: Claims, issuer: str, client: Client, nonce: str) -> None:
    """Insist that it is for us, from them, of now, about this sign-in. Raises SignInRefused."""
    now = time.time()
    said = claims.get
    _insist(said("iss") == issuer, "issuer")
    _insist(said("aud") in (client.id, [client.id]), "audience")
    _insist(said("azp", client.id) == client.id, "authorized_party")
    _insist(_moment(said("exp")) > now - LEEWAY, "expiry")
    _insist(0 < _moment(said("iat")) < now + LEEWAY, "issued_at")
    _insist("nbf" not in claims or _moment(said("nbf"), now * 2) < now + LEEWAY, "not_before")
    logged_in = _moment(said("auth_time"))
    _insist("auth_time" not in claims or now - FRESH - LEEWAY < logged_in, "log_in")
    _insist(bool(nonce) and said("nonce") == nonce, "nonce")
    _insist(isinstance(said("acr"), str) and said("acr") in client.acr, "level")
    _insist(isinstance(said("sub"), str) and bool(said("sub")), "subject")


def _header(token: str) -> Mapping[str, Any]:
    try:
        return jws.extract_compact(token.encode()).headers()
    except (JoseError, ValueError) as refused:
        raise SignInRefused("signature") from refused


def _is_known(kid: object, keys: KeySet) -> bool:
    """Whoever has one key alone need not name it."""
    return kid in {key.kid for key in keys.keys} or (kid is None and len(keys.keys) == 1)


def _moment(value: object, otherwise: float = 0) -> float:
    """Seconds since 1970, as the token has them."""
    plain = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if plain else otherwise  # type: ignore[arg-type]


def _insist(holds: bool, check: str) -> None:  # noqa: FBT001 - read aloud: insist that it holds
    if not holds:
        raise SignInRefused(check)
