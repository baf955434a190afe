"""`python -m tests.s3.between PORT TARGET MOOD`: passes on what it is asked, as its mood has it.

MOOD is a file that holds the name of a mood, read anew at each request; beside it a list is kept of
what was asked. Signatures hold all the same: they name the host that was asked, which is passed on.
"""

from __future__ import annotations

import hashlib
import http.client
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

LONG = 20  # seconds, more than anybody waits
Headers = list[tuple[str, str]]


class Between(ThreadingHTTPServer):
    """Listens in place of the server at `target`."""

    daemon_threads = True

    def __init__(self, port: int, target: int, mood: Path) -> None:
        super().__init__(("127.0.0.1", port), _Door)
        self.target, self.file = target, mood

    @property
    def mood(self) -> str:
        """What it is like just now."""
        return self.file.read_text()


class _Door(BaseHTTPRequestHandler):
    """One request, whatever its method, in the mood of the moment."""

    server: Between
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """And whatever else is asked."""
        mood = self.server.mood
        length = int(self.headers.get("Content-Length") or 0)
        with self.server.file.with_suffix(".asked").open("a") as told:
            told.write(f"{self.command} {self.path}\n")
        MOODS.get((mood, self.command), MOODS.get((mood, ""), _honest))(self, length)

    def __getattr__(self, name: str) -> Callable[[], None]:
        if not name.startswith("do_"):
            raise AttributeError(name)
        return self.do_GET

    def passed_on(self, body: bytes) -> tuple[int, Headers, bytes]:
        """What the server says."""
        there = http.client.HTTPConnection("127.0.0.1", self.server.target, timeout=LONG)
        there.request(self.command, self.path, body, dict(self.headers))
        said = there.getresponse()
        found = said.status, said.getheaders(), said.read()
        there.close()
        return found

    def say(self, code: int, headers: Headers, body: bytes, length: int | None = None) -> None:
        """Answer; a `length` other than that of the body is a lie."""
        self.send_response(code)
        for name, value in headers:
            if name.lower() not in ("content-length", "transfer-encoding", "connection"):
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


def _honest(door: _Door, length: int) -> None:
    code, headers, body = door.passed_on(door.rfile.read(length))
    size = {name.lower(): value for name, value in headers}.get("content-length")
    door.say(code, headers, body, int(size) if door.command == "HEAD" and size else None)


def _slow(door: _Door, length: int) -> None:
    door.rfile.read(length)
    time.sleep(LONG)
    door.close_connection = True


def _refusing(door: _Door, length: int) -> None:
    door.rfile.read(length)
    door.say(503, [], b"")


def _deaf(door: _Door, length: int) -> None:
    """It says that it took what it threw away."""
    body = door.rfile.read(length)
    door.say(200, [("ETag", f'"{hashlib.md5(body).hexdigest()}"')], b"")  # noqa: S324


def _losing(door: _Door, length: int) -> None:
    """It takes a file, says so, and a moment later it is gone."""
    code, headers, _body = door.passed_on(door.rfile.read(length))
    (door.server.file.parent / "data" / door.path.partition("?")[0].lstrip("/")).unlink()
    door.say(code, headers, b"")


def _cutting(door: _Door, length: int) -> None:
    """The line breaks when half of it has come."""
    _begun(door, length).close()
    door.close_connection = True


def _dragging(door: _Door, length: int) -> None:
    """Half of it has come, and no more does until the server is stopped."""
    there = _begun(door, length)
    with suppress(OSError):
        there.sock.recv(1)
    there.close()
    door.close_connection = True


def _begun(door: _Door, length: int) -> http.client.HTTPConnection:
    there = http.client.HTTPConnection("127.0.0.1", door.server.target, timeout=LONG)
    there.putrequest(door.command, door.path, skip_host=True, skip_accept_encoding=True)
    for name, value in door.headers.items():
        there.putheader(name, value)
    there.endheaders()
    there.send(door.rfile.read(length // 2))
    return there


def _other(door: _Door, length: int) -> None:
    code, headers, body = door.passed_on(b"")
    door.say(code, headers, body[:-1] + bytes([body[-1] ^ 1]))


def _short(door: _Door, length: int) -> None:
    code, headers, body = door.passed_on(b"")
    door.say(code, headers, body[: len(body) // 2])


def _half(door: _Door, length: int) -> None:
    """It tells how much it is, and ends in the middle."""
    code, headers, body = door.passed_on(b"")
    door.say(code, headers, body[: len(body) // 2], len(body))
    door.close_connection = True


MOODS: dict[tuple[str, str], Callable[[_Door, int], None]] = {
    ("slow", ""): _slow,
    ("refusing", ""): _refusing,
    ("deaf", "PUT"): _deaf,
    ("losing", "PUT"): _losing,
    ("cutting", "PUT"): _cutting,
    ("dragging", "PUT"): _dragging,
    ("full", "PUT"): _refusing,
    ("late", "PUT"): _slow,
    ("other", "GET"): _other,
    ("short", "GET"): _short,
    ("half", "GET"): _half,
}


if __name__ == "__main__":
    port, target, mood = sys.argv[1:]
    Between(int(port), int(target), Path(mood)).serve_forever()
