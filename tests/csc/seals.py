"""A signing service for the seal of an organisation: a client with a secret, a key with a PIN."""

from __future__ import annotations

import base64
import secrets
from pathlib import Path
from typing import Any

from tests.csc.pki import Holder
from tests.csc.service import CLIENT, ECDSA, SECRET, Answer, SigningService
from tests.unit.sealing.pki import Entity

KEY, PIN = "seal-1", "1234"


class SealService(SigningService):
    """Signs as `entity`; `above` are the certificates that it names beside the key's own."""

    def __init__(self, certificate: Path, host: str, entity: Entity, root: Entity) -> None:
        super().__init__(certificate, host)
        self.entity, self.root = entity, root
        self.granted: dict[str, str] = {}

    def token(self, asked: dict[str, str]) -> Answer:
        """RFC 6749, 4.4."""
        known = (asked["client_id"], asked["client_secret"]) == (CLIENT, SECRET)
        if asked["grant_type"] != "client_credentials" or not known:
            return {"error": "invalid_client"}
        token = secrets.token_urlsafe(24)
        self.tokens[token] = {"scope": asked["scope"]}
        return {"access_token": token, "token_type": "Bearer", "expires_in": 300}

    def answer(self, name: str, asked: dict[str, Any], token: str) -> Answer:
        """One of the methods of the API."""
        if name == "info":
            return {"specs": "2.0.0.2", "oauth2": f"{self.base}/csc"}
        if token not in self.tokens or asked["credentialID"] != KEY:
            return {"error": "invalid_request"}
        given = {
            "credentials/info": self._told,
            "credentials/authorize": self._authorize,
            "signatures/signHash": self._signed,
        }
        return given[name](asked)

    def _told(self, asked: dict[str, Any]) -> Answer:
        chain = [self.entity.certificate(), *self.entity.chain(), self.root.certificate()]
        return {
            "key": {"status": "enabled", "algo": [ECDSA]},
            "cert": {"certificates": [base64.b64encode(item).decode() for item in chain]},
            "auth": {"mode": "explicit"},
            "SCAL": "2",
        }

    def _authorize(self, asked: dict[str, Any]) -> Answer:
        if asked.get("authData") != [{"id": "PIN", "value": PIN}]:
            return {"error": "invalid_pin"}
        (hashed,) = asked["hashes"]
        sad = secrets.token_urlsafe(24)
        self.granted[sad] = hashed
        return {"SAD": sad, "expiresIn": 60}

    def _signed(self, asked: dict[str, Any]) -> Answer:
        """For the very hash that was authorised, and once."""
        if asked["hashes"] != [self.granted.pop(asked["SAD"], None)]:
            return {"error": "invalid_request"}
        hashed = base64.b64decode(asked["hashes"][0])
        signed = Holder(self.entity.key, self.entity.signed).sign(hashed)
        return {"signatures": [base64.b64encode(signed).decode()]}
