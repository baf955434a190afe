"""A web server of several processes: `python -m tests.outages.web PORT PROCESSES`.

They share one socket, as behind a real server that forks. SIGUSR1 kills one of them with SIGKILL;
whoever dies is replaced.
"""

from __future__ import annotations

import os
import random
import signal
import socket
import sys
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

HOST = "127.0.0.1"
children: list[int] = []


class Quiet(WSGIRequestHandler):
    """Writes no log of requests."""

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing."""


class Server(WSGIServer):
    """Ends when whoever started it is gone."""

    master = 0

    def service_actions(self) -> None:
        """Called twice a second."""
        if os.getppid() != self.master:
            os._exit(0)


def main(port: int, count: int) -> None:
    """Load the site, fork, and replace who dies until told to stop."""
    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.core.wsgi import get_wsgi_application
    from django.urls import get_resolver

    listening = socket.create_server((HOST, port), backlog=128)
    application = StaticFilesHandler(get_wsgi_application())
    assert get_resolver().url_patterns  # loaded before the fork
    signal.signal(signal.SIGUSR1, lambda *_: os.kill(random.choice(children), signal.SIGKILL))  # noqa: S311
    signal.signal(signal.SIGTERM, _end)
    while True:
        while len(children) < count:
            children.append(_fork(listening, application))
        gone, _status = os.wait()
        children.remove(gone)


def _fork(listening: socket.socket, application: Any) -> int:
    master = os.getpid()
    if child := os.fork():
        return child
    for number in (signal.SIGUSR1, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    server = Server(listening.getsockname(), Quiet, bind_and_activate=False)
    server.master = master
    server.socket.close()
    server.socket = listening
    server.server_name, server.server_port = listening.getsockname()
    server.setup_environ()
    server.set_app(application)
    server.serve_forever()
    os._exit(1)


def _end(*_: object) -> None:
    for child in children:
        os.kill(child, signal.SIGKILL)
    os._exit(0)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
