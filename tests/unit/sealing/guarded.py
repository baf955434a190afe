"""The judge as a job that tells when it tried to get out: to the network, a process, a file."""

import sys
from typing import Any

from wagtail_contracts.sealing.core.judging import jobs
from wagtail_contracts.sealing.rendering.worker import ROOT

DOORS = {
    "socket.connect",
    "socket.getaddrinfo",
    "socket.gethostbyname",
    "socket.bind",
    "socket.sendto",
    "subprocess.Popen",
    "os.system",
    "os.exec",
    "os.posix_spawn",
    "os.fork",
    "urllib.Request",
}
HOMES = tuple({sys.prefix, sys.base_prefix, str(ROOT), "/usr/share/zoneinfo", "/dev/null"})
TRY = b"try "
_tried: list[str] = []


class Tried(Exception):
    """It tried to get out."""


def job(request: bytes) -> bytes:
    """Entrance for the child process. `try …` opens a file, to show that it would be seen."""
    _tried.clear()
    if request.startswith(TRY):
        _get_out(request.removeprefix(TRY).decode())
        answer = b"nothing was seen"
    else:
        answer = jobs.job(request)
    if _tried:
        raise Tried(", ".join(_tried))
    return answer


def _get_out(place: str) -> None:
    import contextlib
    import socket

    with contextlib.suppress(OSError):
        if place.startswith("/"):
            open(place).close()
        else:
            socket.create_connection((place, 1), 1)


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    path = arguments[0] if event == "open" else None
    if event in DOORS or (isinstance(path, str | bytes) and not _at_home(path)):
        _tried.append(f"{event} {arguments[:1]}")


def _at_home(path: str | bytes) -> bool:
    name = path.decode(errors="replace") if isinstance(path, bytes) else path
    return name.startswith(HOMES) or not name


sys.addaudithook(_watch)
