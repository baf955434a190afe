"""A real OpenID provider (idpyoidc) on this machine, which can be told to lie about one token.

It has two doors: one by TLS for servers, under the name `id.test`, and a plain one for browsers.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from idpyoidc.server import Server
from idpyoidc.server.configure import OPConfiguration
from idpyoidc.server.exception import ClientAuthenticationError, UnAuthorizedClient
from joserfc import jws, jwt
from joserfc.jwk import ECKey, KeySet, RSAKey

from tests.security.oidc import configuration
from tests.security.wire.serving import Quiet, encrypt, serving

HOST = "id.test"
Claims = dict[str, Any]
Twist = Callable[["OpenIDProvider", Claims], str]


class OpenIDProvider:
    """`twist` makes the token that is handed out from the claims of the honest one.

    `claims` are added to or taken from what it says of the person; `said` changes its discovery.
    """

    twist: Twist | None = None

    def __init__(self, tls: int, plain: int, callback: str) -> None:
        self.port = tls
        self.issuer, self.front = f"https://{HOST}:{tls}", f"http://127.0.0.1:{plain}"
        self.op = Server(OPConfiguration(configuration.of(self.issuer), "."))
        self.op.context.cdb["contracts"] = configuration.client(callback)
        self.op.keyjar.add_symmetric("contracts", configuration.SECRET)
        for name in ("pushed_authorization", "token"):
            self.op.endpoint[name].allowed_targets = [""]  # the issuer, as RFC 9126 wants it
        self.said: dict[str, Any] = {}
        self.asked: list[str] = []

    def public_keys(self) -> KeySet:
        """Those that it publishes."""
        return KeySet.import_key_set(self.op.keyjar.export_jwks())

    def sign(self, claims: Claims, *, alg: str = "RS256") -> str:
        """A token of these claims, signed with its own key."""
        kind = "EC" if alg.startswith("ES") else "RSA"
        key = self.op.keyjar.get_signing_key(kind)[0]
        pem = key.private_key().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        private = (ECKey if kind == "EC" else RSAKey).import_key(pem, {"kid": key.kid})
        return jwt.encode({"alg": alg, "kid": key.kid}, claims, private, algorithms=[alg])

    def twisted(self, answer: dict[str, Any]) -> dict[str, Any]:
        """What it hands out."""
        if self.twist is None or "id_token" not in answer:
            return answer
        honest = json.loads(jws.extract_compact(answer["id_token"].encode()).payload)
        return answer | {"id_token": self.twist(self, honest)}


class Door(Quiet, BaseHTTPRequestHandler):
    """One request to the provider."""

    provider: OpenIDProvider

    def do_GET(self) -> None:
        """Ask."""
        self._answer(dict(parse_qsl(urlsplit(self.path).query)))

    def do_POST(self) -> None:
        """Ask with a form."""
        length = int(self.headers["Content-Length"])
        self._answer(dict(parse_qsl(self.rfile.read(length).decode())))

    def _answer(self, parameters: dict[str, str]) -> None:
        parameters.pop("prompt", None)  # the person logs in without a page
        path = urlsplit(self.path).path.strip("/")
        self.provider.asked.append(path)
        if path == "jwks.json":
            return self.say(200, self.provider.op.keyjar.export_jwks())
        endpoint = next(
            e for e in self.provider.op.endpoint.values() if e.endpoint_path.strip("/") == path
        )
        headers = {name.lower(): value for name, value in self.headers.items()}
        http = {"headers": headers, "method": self.command, "url": self.path, "cookie": []}
        try:
            request = endpoint.parse_request(parameters, http_info=http)
        except (UnAuthorizedClient, ClientAuthenticationError):
            return self.say(401, {"error": "invalid_client"})
        done = endpoint.process_request(request, http_info=http)
        if "http_response" in done:
            return self.say(200, done["http_response"])
        if "error" in done:
            return self.say(400, {"error": done["error"]})
        return self._response(endpoint.do_response(request=request, **done)["response"])

    def _response(self, response: Any) -> None:
        if isinstance(response, str) and response.startswith("http"):
            self.send_response(303)
            self.send_header("Location", response)
            self.end_headers()
            return
        body = json.loads(response) if isinstance(response, str) else response
        if "authorization_endpoint" in body:
            body |= {"authorization_endpoint": f"{self.provider.front}/authorization"}
            body |= self.provider.said
        self.say(400 if "error" in body else 200, self.provider.twisted(body))


@contextmanager
def running(certificate: Path, callback: str) -> Iterator[OpenIDProvider]:
    """Serve through both doors."""

    class Its(Door):
        """Of this provider: several may run."""

    doors = [ThreadingHTTPServer(("127.0.0.1", 0), Its) for _ in range(2)]
    encrypt(doors[0], certificate)
    Its.provider = OpenIDProvider(doors[0].server_port, doors[1].server_port, callback)
    with serving(*doors):
        yield Its.provider
