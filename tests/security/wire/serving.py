"""What servers of tests share: TLS, a thread of their own until a block ends, answers in JSON."""

from __future__ import annotations

import json
import ssl
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any


class Quiet(BaseHTTPRequestHandler):
    """Says nothing of what it is asked."""

    def log_message(self, *args: Any) -> None:
        """Say nothing."""

    def say(self, code: int, body: Any) -> None:
        """Answer in JSON."""
        raw = json.dumps(body).encode()
        self.send_response(code)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)


def encrypt(server: ThreadingHTTPServer, certificate: Path) -> None:
    """By TLS alone; one who hangs up half way holds up nobody else."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server.socket = context.wrap_socket(
        server.socket, server_side=True, do_handshake_on_connect=False
    )


def calling(names: Mapping[str, Any]) -> tuple[str, ...]:
    """The program that calls, with these answers to what it asks of names: see `child`."""
    return (sys.executable, "-m", "tests.security.wire.child", json.dumps(names))


@contextmanager
def serving(*servers: ThreadingHTTPServer) -> Iterator[None]:
    """They answer until the block ends."""
    threads = [threading.Thread(target=one.serve_forever, args=(0.05,)) for one in servers]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        for server, thread in zip(servers, threads, strict=True):
            server.shutdown()
            thread.join()
            server.server_close()
