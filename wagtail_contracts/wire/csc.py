"""Speaking with a remote signing service: the API of the Cloud Signature Consortium.

“Architectures and protocols for remote signature applications”, API version 2.0.0.2. What a service
says is never taken for granted: each part is what it must be, or Unserved says what it isn't.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from wagtail_contracts.wire.calls import Refused, Rules, Undelivered, call

SHA256 = "2.16.840.1.101.3.4.2.1"
# What we ask a key for: ECDSA and RSA (PKCS#1 v1.5) with SHA-256; the last is RSA by itself.
ALGORITHMS = ("1.2.840.10045.4.3.2", "1.2.840.113549.1.1.11", "1.2.840.113549.1.1.1")


class Unserved(Exception):
    """The service said no, nothing, or something that it must not say; the text says which."""


@dataclass(frozen=True)
class Credential:
    """A key at the service, and its certificates: the holder's own first, DER."""

    key: str
    algorithm: str
    chain: tuple[bytes, ...]


@dataclass(frozen=True)
class Provider:
    """The service (RSSP) at `url`, the base address of its API. All raise Unserved."""

    url: str
    rules: Rules

    def ask(self, name: str, sent: Mapping[str, Any], token: str = "") -> dict[str, Any]:
        """Call a method of the API."""
        headers = {"Content-Type": "application/json"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        address = f"{self.url.rstrip('/')}/{name}"
        return self._call(address, json.dumps(sent).encode(), headers)

    def token(self, authority: str, sent: Mapping[str, str]) -> str:
        """What `sent` is exchanged for at the address of OAuth (RFC 6749, 3.2)."""
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        said = self._call(f"{authority}/oauth2/token", urlencode(sent).encode(), headers)
        return text(said, "access_token")

    def signature(self, credential: Credential, token: str, sent: Mapping[str, Any]) -> bytes:
        """The one signature over the one hash that `sent` names (11.10)."""
        fixed = {
            "credentialID": credential.key,
            "hashAlgorithmOID": SHA256,
            "signAlgo": credential.algorithm,
            "operationMode": "S",
        }
        given = listed(self.ask("signatures/signHash", {**fixed, **sent}, token), "signatures")
        if len(given) != 1:
            raise Unserved(f"one signature was asked for, {len(given)} came")
        return decoded(given[0])

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


def text(said: Mapping[str, Any], key: str) -> str:
    """A text that is not empty."""
    value = said.get(key)
    if not isinstance(value, str) or not value:
        raise Unserved(f"the service did not say “{key}”")
    return value


def listed(said: Mapping[str, Any], key: str) -> list[Any]:
    """A list."""
    value = said.get(key)
    if not isinstance(value, list):
        raise Unserved(f"the service did not list “{key}”")
    return value


def table(said: Mapping[str, Any], key: str) -> dict[str, Any]:
    """An object."""
    value = said.get(key)
    if not isinstance(value, dict):
        raise Unserved(f"the service did not say “{key}”")
    return value


def decoded(value: Any) -> bytes:
    """What base64 stands for."""
    try:
        return base64.b64decode(value, validate=True)
    except (binascii.Error, TypeError, ValueError) as error:
        raise Unserved("the service sent something that is not base64") from error
