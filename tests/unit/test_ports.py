"""A test's port stays free until it listens there."""

import socket
from pathlib import Path

from tests import ports


def test_a_port_is_none_on_which_somebody_listens(monkeypatch):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", ports.free()))
        taken.listen()
        port = taken.getsockname()[1]
        monkeypatch.setattr(ports, "OURS", range(port, port + 100))
        assert port not in {ports.free() for _ in range(300)}


def test_no_connection_is_given_such_a_port():
    first, _last = Path("/proc/sys/net/ipv4/ip_local_port_range").read_text().split()
    assert max(ports.OURS) < int(first)
