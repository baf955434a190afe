"""A remote signing service, as far as one signature needs it.

Cloud Signature Consortium, “Architectures and protocols for remote signature applications”, API
version 2.0.0.2: info (11.1), oauth2/authorize and oauth2/token (8.3), credentials/list (11.4),
credentials/info (11.5), signatures/signHash (11.10). The person is authorised by OAuth alone, with
PKCE (RFC 7636): no PIN and no code of theirs ever passes through us.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from wagtail_contracts.wire.calls import Refused, Rules, Undelivered, call

SHA256 = "2.16.840.1.101.3.4.2.1"
# What we ask a key for: ECDSA and RSA (PKCS#1 v1.5) with SHA-256; the last is RSA by itself.
ALGORITHMS = ("1.2.840.10045.4.3.2", "1.2.840.113549.1.1.11", "1.2.840.113549.1.1.1")
METHODS = {"credentials/list", "credentials/info", "signatures/signHash"}
MOST = 5  # credentials of one person that are looked at


class Unserved(Exception):
    """The service said no, nothing, or something that it must not say; the text says which."""


@dataclass(frozen=True)
class Credential:
    """A key of a person at the service, and its certificates: the person's own first, DER."""

    key: str
    algorithm: str
    chain: tuple[bytes, ...]


class SigningProvider:
    """The service at `url`, the base address of its API, with or without the slash at its end."""

    def __init__(self, url: str, client_id: str, client_secret: str, rules: Rules) -> None:
        self.url, self.rules = url.rstrip("/"), rules
        self.client_id, self._client_secret = client_id, client_secret

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.url}>"

    def authority(self) -> str:
        """Where people authorise: the base address of OAuth, as `info` says. Raises Unserved."""
        said = self._ask("info", {})
        able = set(_list(said, "methods")) >= METHODS
        if not able or "oauth2code" not in _list(said, "authType"):
            raise Unserved("the service can't sign a hash for a person who authorises it by OAuth")
        place = _text(said, "oauth2")
        if urlsplit(place).scheme not in self.rules.schemes:
            raise Unserved("the service sends people to an address that is not https")
        return place.rstrip("/")

    def authorization(self, authority: str, sent: Mapping[str, str]) -> str:
        """The address that a person is sent to, for what `sent` says."""
        fixed = {"response_type": "code", "client_id": self.client_id}
        return f"{authority}/oauth2/authorize?{urlencode({**fixed, **sent})}"

    def token(self, authority: str, *, code: str, verifier: str, redirect: str) -> str:
        """What a code is exchanged for. Raises Unserved."""
        sent = {
            "grant_type": "authorization_code",
            "code": code,
            "code_verifier": verifier,
            "redirect_uri": redirect,
            "client_id": self.client_id,
            "client_secret": self._client_secret,
        }
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        said = self._call(f"{authority}/oauth2/token", urlencode(sent).encode(), headers)
        return _text(said, "access_token")

    def credentials(self, token: str) -> list[Credential]:
        """The keys of whoever authorised the token, those that can be used. Raises Unserved."""
        found = _list(self._ask("credentials/list", {"maxResults": MOST}, token), "credentialIDs")
        made = [self._credential(str(key), token) for key in found[:MOST]]
        return [credential for credential in made if credential]

    def sign(self, credential: Credential, token: str, hashed: bytes) -> bytes:
        """The signature over one hash, for which the person gave this token. Raises Unserved."""
        sent = {
            "credentialID": credential.key,
            "hashes": [base64.b64encode(hashed).decode()],
            "hashAlgorithmOID": SHA256,
            "signAlgo": credential.algorithm,
            "operationMode": "S",
        }
        given = _list(self._ask("signatures/signHash", sent, token), "signatures")
        if len(given) != 1:
            raise Unserved(f"one signature was asked for, {len(given)} came")
        return _bytes(given[0])

    def _credential(self, key: str, token: str) -> Credential | None:
        """None where it is not one that a person authorises by OAuth for one hash."""
        sent = {"credentialID": key, "certificates": "chain", "certInfo": True, "authInfo": True}
        said = self._ask("credentials/info", sent, token)
        held, proved, asked = (_table(said, part) for part in ("key", "cert", "auth"))
        algorithm = next((item for item in ALGORITHMS if item in _list(held, "algo")), "")
        fits = {
            "enabled": held.get("status") == "enabled",
            "valid": proved.get("status", "valid") == "valid",
            "by OAuth": asked.get("mode") == "oauth2code",
            "for this hash alone": str(said.get("SCAL", "1")) == "2",
            "algorithm": bool(algorithm),
        }
        if not all(fits.values()):
            return None
        return Credential(key, algorithm, tuple(map(_bytes, _list(proved, "certificates"))))

    def _ask(self, name: str, sent: Mapping[str, Any], token: str = "") -> dict[str, Any]:
        headers = {"Content-Type": "application/json"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        return self._call(f"{self.url}/{name}", json.dumps(sent).encode(), headers)

    def _call(self, url: str, body: bytes, headers: Mapping[str, str]) -> dict[str, Any]:
        try:
            answer = call(url, body, {"Accept": "application/json", **headers}, self.rules)
        except (Refused, Undelivered) as error:
            raise Unserved(f"the service did not answer: {error}") from error
        if not answer.taken:
            raise Unserved(f"the service answered {answer.code}")
        try:
            said = json.loads(answer.start)
        except ValueError as error:
            raise Unserved("the service did not answer in JSON") from error
        if not isinstance(said, dict):
            raise Unserved("the service did not answer with an object")
        return said


def _text(said: Mapping[str, Any], key: str) -> str:
    value = said.get(key)
    if not isinstance(value, str) or not value:
        raise Unserved(f"the service did not say “{key}”")
    return value


def _list(said: Mapping[str, Any], key: str) -> list[Any]:
    value = said.get(key)
    if not isinstance(value, list):
        raise Unserved(f"the service did not list “{key}”")
    return value


def _table(said: Mapping[str, Any], key: str) -> dict[str, Any]:
    value = said.get(key)
    if not isinstance(value, dict):
        raise Unserved(f"the service did not say “{key}”")
    return value


def _bytes(value: Any) -> bytes:
    try:
        return base64.b64decode(value, validate=True)
    except (binascii.Error, TypeError, ValueError) as error:
        raise Unserved("the service sent something that is not base64") from error
