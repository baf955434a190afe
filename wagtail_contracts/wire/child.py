"""One call in a process of its own: resolve once, judge, connect to that address, read little.

Reads one JSON object from standard input and writes one to standard output. Written on
http.client, which follows no redirect, knows no proxy variable, no .netrc and no compression:
there is nothing to switch off.
"""

from __future__ import annotations

import base64
import ipaddress
import json
import socket
import ssl
import sys
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import SplitResult

from wagtail_contracts.wire import addresses


class Pinned(HTTPSConnection):
    """Connects to the address that was judged; the certificate must name the host."""

    def __init__(
        self, parts: SplitResult, address: addresses.Address, task: dict[str, Any]
    ) -> None:
        self.address, self.tls = address, ssl.create_default_context(cafile=task["ca"])
        super().__init__(
            parts.hostname or "", addresses.port(parts), timeout=task["timeout"], context=self.tls
        )

    def connect(self) -> None:
        """To the address, whatever its name leads to by now."""
        plain = socket.create_connection((str(self.address), self.port), self.timeout)
        self.sock = self.tls.wrap_socket(plain, server_hostname=self.host)


class Plain(HTTPConnection):
    """The same without TLS, for an answer that is signed by itself."""

    def __init__(
        self, parts: SplitResult, address: addresses.Address, task: dict[str, Any]
    ) -> None:
        self.address = address
        super().__init__(parts.hostname or "", addresses.port(parts), timeout=task["timeout"])

    def connect(self) -> None:
        """To the address, whatever its name leads to by now."""
        self.sock = socket.create_connection((str(self.address), self.port), self.timeout)


CONNECTIONS: dict[str, type[Plain | Pinned]] = {"https": Pinned, "http": Plain}


def call(task: dict[str, Any]) -> dict[str, Any]:
    """What became of one call: refused, failed, or the code and the start of the answer."""
    try:
        parts = addresses.checked(task["url"], task["ports"], task["schemes"])
        inside = [ipaddress.ip_network(text) for text in task["inside"]]
        address = addresses.allowed(_resolved(parts), inside)
        return _asked(CONNECTIONS[parts.scheme](parts, address, task), parts, task)
    except addresses.Refused as refused:
        return {"refused": str(refused)}
    except (OSError, HTTPException, ValueError) as failed:
        return {"failed": type(failed).__name__}


def _resolved(parts: SplitResult) -> list[str]:
    found = socket.getaddrinfo(parts.hostname, addresses.port(parts), type=socket.SOCK_STREAM)
    return [str(entry[4][0]) for entry in found]


def _asked(connection: Pinned | Plain, parts: SplitResult, task: dict[str, Any]) -> dict[str, Any]:
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    connection.request(task["method"], target, base64.b64decode(task["body"]), task["headers"])
    answer = connection.getresponse()
    start = answer.read(task["most"])
    return {"code": answer.status, "start": base64.b64encode(start).decode()}


def main() -> None:
    """One task in, one answer out."""
    json.dump(call(json.load(sys.stdin)), sys.stdout)


if __name__ == "__main__":
    main()
