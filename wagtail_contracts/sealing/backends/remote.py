"""A key at a remote signing service, which gets a SHA-256 alone: what is sealed never leaves.

Cloud Signature Consortium, API version 2.0.0.2: oauth2/token for a client (8.3.3), credentials/info
(11.5), credentials/authorize (11.7), signatures/signHash (11.10).
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from wagtail_contracts.sealing.errors import SealRefused
from wagtail_contracts.wire import csc
from wagtail_contracts.wire.calls import Rules


class RemoteSeal:
    """The key `credential` at the service `url`, for the client that the service knows as we.

    `client_secret_file` holds its secret; `pin_file` the PIN of the key, where it has one. `rules`
    say how far calls may go. Raises SealRefused where the service doesn't sign.
    """

    def __init__(
        self,
        url: str,
        client_id: str,
        client_secret_file: str | Path,
        credential: str,
        pin_file: str | Path | None = None,
        rules: Mapping[str, Any] | None = None,
    ) -> None:
        self.client_id, self.key = client_id, credential
        self.secret_file = Path(client_secret_file)
        self.pin_file = Path(pin_file) if pin_file else None
        self.service = csc.Provider(url, Rules(**(rules or {})))

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.service.url}>"

    @property
    def private_files(self) -> list[Path]:
        """What nobody else on the machine may read."""
        return [path for path in (self.secret_file, self.pin_file) if path]

    def certificate(self) -> bytes:
        """The certificate that the service names for the key, DER."""
        return self._credential.chain[0]

    def chain(self) -> list[bytes]:
        """Those above it, DER, without the root."""
        from asn1crypto import x509

        above = self._credential.chain[1:]
        return [item for item in above if not x509.Certificate.load(item).self_issued]

    def sign(self, data: bytes, algorithm: str) -> bytes:
        """The signature over `data`; the service gets its SHA-256."""
        if algorithm != "sha256":
            raise SealRefused(f"The service is asked for SHA-256 alone, not for {algorithm}.")
        hashed = base64.b64encode(hashlib.sha256(data).digest()).decode()
        try:
            token, credential = self._token(), self._credential
            sad = self._authorized(token, hashed)
            return self.service.signature(credential, token, {"hashes": [hashed], "SAD": sad})
        except (csc.Unserved, OSError) as error:
            raise SealRefused(f"{self.service.url}: {error}.") from error

    @cached_property
    def _credential(self) -> csc.Credential:
        try:
            return self._told()
        except (csc.Unserved, OSError) as error:
            raise SealRefused(f"{self.service.url}: {error}.") from error

    def _told(self) -> csc.Credential:
        sent = {"credentialID": self.key, "certificates": "chain", "authInfo": True}
        said = self.service.ask("credentials/info", sent, self._token())
        held, proved, asked = (csc.table(said, part) for part in ("key", "cert", "auth"))
        able = csc.listed(held, "algo")
        algorithm = next((item for item in csc.ALGORITHMS if item in able), "")
        chain = tuple(map(csc.decoded, csc.listed(proved, "certificates")))
        if held.get("status") != "enabled" or not algorithm or not chain:
            raise csc.Unserved(f"the key {self.key} signs nothing that we can use")
        if asked.get("mode") not in ("implicit", "explicit"):
            raise csc.Unserved(f"the key {self.key} asks for a person")
        return csc.Credential(self.key, algorithm, chain)

    def _token(self) -> str:
        authority = csc.text(self.service.ask("info", {}), "oauth2").rstrip("/")
        sent = {
            "grant_type": "client_credentials",
            "scope": "service",
            "client_id": self.client_id,
            "client_secret": self.secret_file.read_text().strip(),
        }
        return self.service.token(authority, sent)

    def _authorized(self, token: str, hashed: str) -> str:
        """What lets the key sign this one hash."""
        sent: dict[str, Any] = {
            "credentialID": self.key,
            "numSignatures": 1,
            "hashes": [hashed],
            "hashAlgorithmOID": csc.SHA256,
        }
        if self.pin_file:
            pin = self.pin_file.read_text().strip()
            sent["authData"] = [{"id": "PIN", "value": pin}]
        return csc.text(self.service.ask("credentials/authorize", sent, token), "SAD")
