"""A remote signing service, as far as one signature of a person needs it.

Cloud Signature Consortium, API version 2.0.0.2: info (11.1), oauth2/authorize and oauth2/token
(8.3), credentials/list (11.4), credentials/info (11.5), signatures/signHash (11.10). The person is
authorised by OAuth alone, with PKCE (RFC 7636): no PIN and no code of theirs passes through us.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from urllib.parse import urlencode, urlsplit

from wagtail_contracts.wire import csc
from wagtail_contracts.wire.calls import Rules
from wagtail_contracts.wire.csc import SHA256 as SHA256
from wagtail_contracts.wire.csc import Credential as Credential
from wagtail_contracts.wire.csc import Unserved as Unserved

METHODS = {"credentials/list", "credentials/info", "signatures/signHash"}
MOST = 5  # credentials of one person that are looked at


class SigningProvider:
    """The service at `url`, the base address of its API, with or without the slash at its end."""

    def __init__(self, url: str, client_id: str, client_secret: str, rules: Rules) -> None:
        self.service = csc.Provider(url, rules)
        self.client_id, self._client_secret = client_id, client_secret

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.service.url}>"

    def authority(self) -> str:
        """Where people authorise: the base address of OAuth, as `info` says. Raises Unserved."""
        said = self.service.ask("info", {})
        able = set(csc.listed(said, "methods")) >= METHODS
        if not able or "oauth2code" not in csc.listed(said, "authType"):
            raise Unserved("the service can't sign a hash for a person who authorises it by OAuth")
        place = csc.text(said, "oauth2")
        if urlsplit(place).scheme not in self.service.rules.schemes:
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
        return self.service.token(authority, sent)

    def credentials(self, token: str) -> list[Credential]:
        """The keys of whoever authorised the token, those that can be used. Raises Unserved."""
        said = self.service.ask("credentials/list", {"maxResults": MOST}, token)
        found = csc.listed(said, "credentialIDs")
        made = [self._credential(str(key), token) for key in found[:MOST]]
        return [credential for credential in made if credential]

    def sign(self, credential: Credential, token: str, hashed: bytes) -> bytes:
        """The signature over one hash, for which the person gave this token. Raises Unserved."""
        sent = {"hashes": [base64.b64encode(hashed).decode()]}
        return self.service.signature(credential, token, sent)

    def _credential(self, key: str, token: str) -> Credential | None:
        """None where it is not one that a person authorises by OAuth for one hash."""
        sent = {"credentialID": key, "certificates": "chain", "certInfo": True, "authInfo": True}
        said = self.service.ask("credentials/info", sent, token)
        held, proved, asked = (csc.table(said, part) for part in ("key", "cert", "auth"))
        able = csc.listed(held, "algo")
        algorithm = next((item for item in csc.ALGORITHMS if item in able), "")
        fits = {
            "enabled": held.get("status") == "enabled",
            "valid": proved.get("status", "valid") == "valid",
            "by OAuth": asked.get("mode") == "oauth2code",
            "for this hash alone": str(said.get("SCAL", "1")) == "2",
            "algorithm": bool(algorithm),
        }
        if not all(fits.values()):
            return None
        chain = tuple(map(csc.decoded, csc.listed(proved, "certificates")))
        return Credential(key, algorithm, chain)
