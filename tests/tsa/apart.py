"""The authority for time and its issuers as a process of its own: killed, paused, and made to lie.

It answers as the lab's entities do. How, and on which day, stands in a file that it reads at each
request: a name of LIES, and how many seconds its clock is ahead of the machine's.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import time_machine
from asn1crypto import tsp
from asn1crypto.ocsp import OCSPRequest
from django.utils import timezone

from tests import ports
from tests.reliability.kills import FORK
from tests.security.wire.serving import Quiet
from tests.tsa.answers import LIES, Lie
from tests.tsa.lab import TimeLab
from tests.unit.sealing.pki import DAY, NOW, Entity

PATIENCE = 60


class Apart:
    """A lab whose server is another process."""

    def __init__(self, folder: Path) -> None:
        told: Any = SimpleNamespace(server_port=ports.free(), lists={}, entity=None)
        self.port, self.mood = told.server_port, folder / "mood.json"
        self.lab = TimeLab(folder, told, asks="/ocsp")
        self.others = Others(self.lab)
        self._child: Any = None
        self.be()

    def be(self, lie: str = "", ahead: timedelta = timedelta()) -> None:
        """From the next request on; nothing named is the truth."""
        assert not lie or lie in LIES
        self.mood.write_text(json.dumps({"lie": lie, "ahead": ahead.total_seconds()}))

    @contextmanager
    def later(self, hours: float, lie: str = "") -> Iterator[None]:
        """Some hours after now, on our clock and on that of the authority, which lies."""
        ahead = timedelta(hours=hours)
        self.be(lie, ahead=ahead)
        with time_machine.travel(timezone.now() + ahead):
            yield

    def start(self) -> None:
        """Let it answer, where it doesn't."""
        if self._child is None:
            self._child = FORK.Process(target=_serve, args=(self,), daemon=True)
            self._child.start()
        os.kill(self._child.pid, signal.SIGCONT)
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 2):
                return
            time.sleep(0.05)
        raise AssertionError("the authority does not listen")

    def pause(self) -> None:
        """It takes connections, and answers nothing."""
        os.kill(self._child.pid, signal.SIGSTOP)

    def stop(self) -> None:
        """At once: nobody listens there any more."""
        if self._child is not None:
            self._child.kill()
            self._child.join()
            self._child = None


class Others:
    """Those who could be mistaken for the lab's own."""

    def __init__(self, lab: TimeLab) -> None:
        stranger = Entity("Strange Root", kind="authority")
        stamps = {"kind": "stamps", "rsa_key": True, "lists": lab.tsa.lists}
        self.stranger = Entity("Strange Time", stranger, **stamps)
        self.expired = Entity("Old Time", lab.root, until=NOW - DAY, **stamps)
        self.seal = Entity("Another seal", lab.issuer, lists=lab.seal.lists)


@contextmanager
def opened(folder: Path) -> Iterator[Apart]:
    """It answers until the block ends."""
    apart = Apart(folder)
    apart.start()
    try:
        yield apart
    finally:
        apart.stop()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, apart: Apart) -> None:
        super().__init__(("127.0.0.1", apart.port), _Door)
        self.apart, self.lab, self.others = apart, apart.lab, apart.others

    def now(self) -> datetime:
        """What its clock shows."""
        ahead = json.loads(self.apart.mood.read_text())["ahead"]
        return datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=ahead)

    def lie(self) -> Lie:
        """How it answers now."""
        return LIES.get(json.loads(self.apart.mood.read_text())["lie"], Lie())


class _Door(Quiet, BaseHTTPRequestHandler):
    server: _Server

    def do_POST(self) -> None:
        asked = self.rfile.read(int(self.headers["Content-Length"]))
        lie = self.server.lie()
        if self.path.startswith("/ocsp"):
            self._say(lie, lie.word(self.server, OCSPRequest.load(asked, strict=True)))
        else:
            self._say(lie, lie.stamp(self.server, tsp.TimeStampReq.load(asked, strict=True)))

    def do_GET(self) -> None:
        lie = self.server.lie()
        self._say(lie, lie.list(self.server, self.path))

    def _say(self, lie: Lie, body: bytes) -> None:
        self.send_response(200 if body else 503)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with suppress(ConnectionError):  # who waited has gone
            lie.send(self, body)


def _serve(apart: Apart) -> None:
    _Server(apart).serve_forever()
