"""A server that misbehaves as its path says."""

from __future__ import annotations

import gzip
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

from tests.security.wire.serving import Quiet, encrypt, serving

MEGABYTE = 1 << 20


class Endpoint(Quiet, BaseHTTPRequestHandler):
    """`seen` are path, headers and body of what came."""

    seen: ClassVar[list[tuple[str, dict[str, str], bytes]]] = []

    def do_POST(self) -> None:
        """Keep it, and answer as the path says."""
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.seen.append((self.path, headers, body))
        with suppress(OSError):
            getattr(self, self.path.strip("/").partition("?")[0])()

    do_PUT = do_POST  # noqa: N815

    def begin(self, code: int = 200, **headers: str) -> None:
        """Status and headers."""
        self.send_response(code)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def ok(self) -> None:
        """All is well."""
        self.begin(204)

    def busy(self) -> None:
        """Not now."""
        self.begin(503)

    def drip(self) -> None:
        """A body that never ends."""
        self.begin(Content_Length="100")
        self._slowly(b"x" * 100)

    def drip_header(self) -> None:
        """A header that never ends."""
        self._slowly(b"HTTP/1.1 200 OK\r\nX-A: " + b"x" * 100)

    def big(self) -> None:
        """More than anybody wants."""
        self.begin()
        for _ in range(20):
            self.wfile.write(b"x" * MEGABYTE)

    def many_headers(self) -> None:
        """More than anybody reads."""
        self.wfile.write(b"HTTP/1.1 200 OK\r\n" + b"X-A: b\r\n" * 1000 + b"\r\n")

    def bomb(self) -> None:
        """Small on the wire."""
        self.begin(Content_Encoding="gzip")
        self.wfile.write(gzip.compress(b"\0" * 20 * MEGABYTE))

    def redirect(self) -> None:
        """Elsewhere."""
        self.begin(307, Location="/ok")

    def _slowly(self, content: bytes) -> None:
        for byte in content:
            self.wfile.write(bytes([byte]))
            self.wfile.flush()
            time.sleep(0.2)


@contextmanager
def running(certificate: Path) -> Iterator[int]:
    """Serve by TLS; the port."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Endpoint)
    server.daemon_threads = True
    encrypt(server, certificate)
    with serving(server):
        yield server.server_port
