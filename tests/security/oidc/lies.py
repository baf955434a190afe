"""What a provider could say instead of the truth: each makes a token from the honest claims."""

from __future__ import annotations

import base64
import json
import time
from typing import Any

from joserfc import jwt
from joserfc.jwk import KeySet, OctKey, RSAKey

from tests.security.oidc.configuration import ACR
from tests.security.oidc.provider import Claims, OpenIDProvider, Twist


def claim(**changes: object) -> Twist:
    """The honest claims with these changed (None: gone), signed with the provider's own key."""

    def twist(op: OpenIDProvider, honest: Claims) -> str:
        said = {**honest, **changes}
        return op.sign({name: value for name, value in said.items() if value is not None})

    return twist


def after(name: str, seconds: int) -> Twist:
    """A moment so many seconds from now."""
    return lambda op, honest: claim(**{name: int(time.time()) + seconds})(op, honest)


def algorithm(alg: str) -> Twist:
    """The honest claims, signed by this algorithm."""
    return lambda op, honest: op.sign(honest, alg=alg)


def unsigned(op: OpenIDProvider, honest: Claims) -> str:
    """With the algorithm that is none, and the id of a real key."""
    return f"{_part({'alg': 'none', 'kid': _real(op).kid})}.{_part(honest)}."


def public_key_as_secret(op: OpenIDProvider, honest: Claims) -> str:
    """What everybody has is taken for a shared secret."""
    secret = OctKey.import_key(base64.urlsafe_b64encode(_real(op).as_pem(private=False)))
    header = {"alg": "HS256", "kid": _real(op).kid}
    return jwt.encode(header, honest, secret, algorithms=["HS256"])


def foreign_key(op: OpenIDProvider, honest: Claims) -> str:
    """Another's key under the id of the real one."""
    forged = RSAKey.generate_key(2048, parameters={"kid": str(_real(op).kid)})
    return jwt.encode({"alg": "RS256", "kid": _real(op).kid}, honest, KeySet([forged]))


def unknown_key(op: OpenIDProvider, honest: Claims) -> str:
    """Another's key under an id of its own."""
    forged = RSAKey.generate_key(2048, parameters={"kid": "another"})
    return jwt.encode({"alg": "RS256", "kid": "another"}, honest, KeySet([forged]))


def key_in_the_header(op: OpenIDProvider, honest: Claims) -> str:
    """The token brings along what it is to be verified with."""
    forged = RSAKey.generate_key(2048)
    return jwt.encode({"alg": "RS256", "jwk": forged.as_dict(private=False)}, honest, forged)


def altered(op: OpenIDProvider, honest: Claims) -> str:
    """Another person under the provider's signature."""
    header, _body, signature = op.sign(honest).split(".")
    return f"{header}.{_part({**honest, 'nnin': 'another'})}.{signature}"


def no_token(op: OpenIDProvider, honest: Claims) -> str:
    """Three words."""
    return "not.a.token"


def _real(op: OpenIDProvider) -> RSAKey:
    return next(key for key in op.public_keys().keys if isinstance(key, RSAKey))


def _part(value: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


NOT_TODAY = 3600
PAIRS: dict[str, tuple[Twist, ...]] = {  # the check: (the truth, lie, lie, …)
    "issuer": (claim(), claim(iss="https://evil.example"), claim(iss=None)),
    "audience": (
        claim(aud="contracts"),
        claim(aud="other"),
        claim(aud=["contracts", "other"]),
        claim(aud=None),
    ),
    "authorized_party": (claim(azp="contracts"), claim(azp="other")),
    "expiry": (after("exp", -30), after("exp", -120), claim(exp=None)),
    "issued_at": (after("iat", 30), after("iat", NOT_TODAY), claim(iat=None)),
    "not_before": (after("nbf", -1), after("nbf", NOT_TODAY), claim(nbf="never")),
    "log_in": (
        after("auth_time", -300),
        after("auth_time", -NOT_TODAY),
        claim(auth_time="never"),
    ),
    "nonce": (
        claim(),
        claim(nonce="of another version"),
        claim(nonce=None),
        claim(nonce=""),
    ),
    "level": (
        claim(acr=ACR),
        claim(acr="low"),
        claim(acr=None),
        claim(acr=[ACR]),
    ),
    "subject": (claim(), claim(sub=None)),
    "algorithm": (
        algorithm("ES256"),
        unsigned,
        public_key_as_secret,
        algorithm("RS384"),
    ),
    "signature": (
        algorithm("PS256"),
        foreign_key,
        unknown_key,
        key_in_the_header,
        altered,
        no_token,
    ),
}
