"""An authority for time (RFC 3161) on loopback, and the revocation lists of its issuers."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from asn1crypto import tsp

from tests.security.wire.serving import Quiet
from tests.unit.sealing.pki import Entity, HeldStamper

Twist = Callable[[tsp.TimeStampReq, tsp.TimeStampResp], bytes]


class TimeAuthority(ThreadingHTTPServer):
    """Answers as `entity`. `code` other than 200 is all it says then; `twist` makes it lie.

    `gate` is closed while it keeps everybody waiting. `asked` counts the questions.
    """

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Door)
        self.entity: Entity | None = None
        self.lists: dict[str, bytes] = {}
        self.at: datetime | None = None
        self.recover()
        self.asked = self.fetched = 0

    def recover(self) -> None:
        """As on a good day."""
        self.code, self.code_of_lists, self.twist = 200, 200, _honest
        self.gate = threading.Event()
        self.gate.set()

    def stamp(self, question: bytes) -> bytes:
        """The answer to one question."""
        assert self.entity
        asked = tsp.TimeStampReq.load(question, strict=True)
        answer = HeldStamper(self.entity, self.at).request_tsa_response(asked)
        return self.twist(asked, answer)


def _honest(asked: tsp.TimeStampReq, answer: tsp.TimeStampResp) -> bytes:
    return bytes(answer.dump())


class _Door(Quiet, BaseHTTPRequestHandler):
    server: TimeAuthority

    def do_POST(self) -> None:
        self.server.asked += 1
        question = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.gate.wait(60)
        taken = self.server.code == 200
        self._say(self.server.code, self.server.stamp(question) if taken else b"")

    def do_GET(self) -> None:
        self.server.fetched += 1
        found: Any = self.server.lists.get(self.path)
        code = self.server.code_of_lists if found else 404
        self._say(code, found if code == 200 else b"")

    def _say(self, code: int, body: bytes) -> None:
        self.send_response(code)
        self.send_header("Content-Type", "application/timestamp-reply")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
