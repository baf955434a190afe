"""A remote signing service (CSC API 2.0) on loopback, which can be told to do one thing wrong."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from tests.csc.pki import Authority, Holder
from tests.security.wire.serving import Quiet, encrypt

CLIENT, SECRET = "contracts", "s" * 40
ECDSA = "1.2.840.10045.4.3.2"
Answer = dict[str, Any]


class SigningService(ThreadingHTTPServer):
    """`holders` are the keys of the person who comes; `twists` change one answer each."""

    daemon_threads = True

    def __init__(self, certificate: Path, host: str) -> None:
        super().__init__(("127.0.0.1", 0), _Door)
        encrypt(self, certificate)
        self.base = f"https://{host}:{self.server_port}"
        self.reset()

    def reset(self) -> None:
        """As on the first day."""
        self.holders: dict[str, Holder] = {}
        self.twists: dict[str, Callable[[Answer], Answer]] = {}
        self.codes: dict[str, dict[str, str]] = {}
        self.tokens: dict[str, dict[str, str]] = {}
        self.seen: list[tuple[str, dict[str, Any]]] = []

    def authorize(self, asked: dict[str, str]) -> str:
        """Where the person is sent back to, who agrees to everything at once."""
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def token(self, asked: dict[str, str]) -> Answer:
        """RFC 6749, 4.1.3 and RFC 7636, 4.6."""
        known = self.codes.pop(asked.get("code", ""), None)
        hashed = hashlib.sha256(asked["code_verifier"].encode()).digest()
        challenge = base64.urlsafe_b64encode(hashed).rstrip(b"=").decode()
        right = known and {
            "client": (asked["client_id"], asked["client_secret"]) == (CLIENT, SECRET),
            "redirect": known["redirect_uri"] == asked["redirect_uri"],
            "challenge": known["code_challenge"] == challenge,
        }
        if not known or not all((right or {}).values()):
            return {"error": "invalid_grant"}
        token = secrets.token_urlsafe(24)
        self.tokens[token] = known
        kind = "SAD" if known["scope"] == "credential" else "Bearer"
        return {"access_token": token, "token_type": kind, "expires_in": 300}

    def answer(self, name: str, asked: dict[str, Any], token: str) -> Answer:
        """One of the methods of the API."""
        if name == "info":
            return self._info()
        granted = self.tokens.get(token)
        if granted is None:
            return {"error": "invalid_token"}
        if name == "signatures/signHash":
            return self._sign(asked, granted)
        if granted["scope"] != "service":
            return {"error": "access_denied"}
        return self._list() if name == "credentials/list" else self._credential(asked)

    def _info(self) -> Answer:
        methods = ["credentials/list", "credentials/info", "signatures/signHash"]
        return {
            "specs": "2.0.0.2",
            "name": "Lab",
            "authType": ["oauth2code"],
            "oauth2": f"{self.base}/csc",
            "methods": methods,
        }

    def _list(self) -> Answer:
        return {"credentialIDs": list(self.holders)}

    def _credential(self, asked: dict[str, Any]) -> Answer:
        holder = self.holders[asked["credentialID"]]
        chain = [base64.b64encode(item).decode() for item in holder.chain()]
        return {
            "key": {"status": "enabled", "algo": [ECDSA], "len": 256},
            "cert": {"status": "valid", "certificates": chain},
            "auth": {"mode": "oauth2code"},
            "SCAL": "2",
            "multisign": 1,
        }

    def _sign(self, asked: dict[str, Any], granted: dict[str, str]) -> Answer:
        """Only for the credential and the hash that the person authorised, and once."""
        (hashed,) = asked["hashes"]
        plain = base64.b64decode(hashed)
        same = {
            granted["scope"]: "credential",
            granted.get("credentialID"): asked["credentialID"],
            granted.get("hashes"): base64.urlsafe_b64encode(plain).rstrip(b"=").decode(),
            granted.get("numSignatures"): "1",
        }
        if any(one != other for one, other in same.items()):
            return {"error": "invalid_request"}
        self.tokens = {key: one for key, one in self.tokens.items() if one is not granted}
        signed = self.holders[asked["credentialID"]].sign(plain)
        return {"signatures": [base64.b64encode(signed).decode()]}


class _Door(Quiet, BaseHTTPRequestHandler):
    server: SigningService

    def do_GET(self) -> None:
        self.send_response(303)
        self.send_header(
            "Location", self.server.authorize(dict(parse_qsl(urlsplit(self.path).query)))
        )
        self.end_headers()

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        name = self.path.removeprefix("/csc/v2/")
        if name.endswith("oauth2/token"):
            name, asked = "token", dict(parse_qsl(body.decode()))
            said = self.server.token(asked)
        else:
            asked = json.loads(body)
            token = self.headers.get("Authorization", "").removeprefix("Bearer ")
            said = self.server.answer(name, asked, token)
        self.server.seen.append((name, asked))
        said = self.server.twists.get(name, dict)(said)
        self.say(400 if "error" in said else 200, said)


class Responder(ThreadingHTTPServer):
    """Lists and answers of an authority, by plain http as they are everywhere."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Counter)
        self.authority: Authority | None = None
        self.place = ""


class _Counter(Quiet, BaseHTTPRequestHandler):
    server: Responder

    def do_GET(self) -> None:
        self._say(self.server.authority.list())

    def do_POST(self) -> None:
        asked = self.rfile.read(int(self.headers["Content-Length"]))
        self._say(self.server.authority.answer(asked))

    def _say(self, raw: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)
