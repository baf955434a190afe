"""Ports on which a test may listen, also a while after it has asked for one."""

import random
import socket
from contextlib import suppress

# The system gives those from 32768 on to connections, of which other tests make many.
OURS = range(20_000, 30_000)


def free() -> int:
    """One on which nobody listens."""
    for port in random.sample(OURS, 100):
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise RuntimeError("Each of a hundred ports is taken.")
