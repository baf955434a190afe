"""The scanner of ClamAV, asked over its socket.

Protocol: INSTREAM of clamd(8), https://docs.clamav.net/manual/Usage/Scanning.html.
"""

import socket
import struct

from wagtail_contracts.contracts.backends.base import Scan

CHUNK = 1 << 16


class ClamAV:
    """Asks a clamd at `address`: the path of a Unix socket, or host:port."""

    def __init__(self, address: str = "/run/clamav/clamd.ctl", seconds: float = 20) -> None:
        self.address, self.seconds = address, seconds

    def scan(self, content: bytes) -> Scan:
        """The verdict on a file. Raises OSError where nobody answers in time."""
        with self._connected() as wire:
            wire.settimeout(self.seconds)
            wire.sendall(b"zINSTREAM\0")
            for start in range(0, len(content), CHUNK):
                part = content[start : start + CHUNK]
                wire.sendall(struct.pack(">I", len(part)) + part)
            wire.sendall(struct.pack(">I", 0))
            said = wire.recv(4096)
        if said.startswith(b"stream: OK"):
            return Scan.CLEAN
        return Scan.INFECTED if b" FOUND" in said else Scan.UNAVAILABLE

    def _connected(self) -> socket.socket:
        if self.address.startswith("/"):
            wire = socket.socket(socket.AF_UNIX)
            wire.settimeout(self.seconds)
            wire.connect(self.address)
            return wire
        host, _, port = self.address.rpartition(":")
        return socket.create_connection((host, int(port)), self.seconds)
