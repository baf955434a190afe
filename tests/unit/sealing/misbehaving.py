"""Jobs for a child process that do what they should not."""

import os
import tempfile
import time
from collections.abc import Callable


def job(request: bytes) -> bytes:
    """Entrance for the child process: the name of a job in, its answer out."""
    word, _, rest = request.decode().partition(" ")
    return JOBS[word](rest)


def _spin(rest: str) -> bytes:
    while True:
        pass


def _burn(rest: str) -> bytes:
    end = time.process_time() + float(rest)
    while time.process_time() < end:
        pass
    return b"burnt"


def _fill(rest: str) -> bytes:
    with tempfile.TemporaryFile() as target:
        target.write(bytes(2 << 20))
    return b"filled"


def _open(rest: str) -> bytes:
    kept = [open(os.devnull) for _ in range(200)]  # noqa: SIM115
    return str(len(kept)).encode()


def _refuse(rest: str) -> bytes:
    raise ValueError(rest)


def _fail(rest: str) -> bytes:
    raise SystemError("error return without exception set")


def _print(rest: str) -> bytes:
    os.write(1, b"stray")
    print("stray")  # noqa: T201
    return b"printed"


def _sleep(rest: str) -> bytes:
    time.sleep(60)
    return b"slept"


JOBS: dict[str, Callable[[str], bytes]] = {
    "echo": lambda rest: rest.encode(),
    "pid": lambda rest: str(os.getpid()).encode(),
    "environment": lambda rest: repr(sorted(os.environ.items())).encode(),
    "folder": lambda rest: os.getcwd().encode(),
    "files": lambda rest: " ".join(sorted(os.listdir("/proc/self/fd"))).encode(),
    "eat": lambda rest: bytes(1 << 30),
    "burn": _burn,
    "spin": _spin,
    "sleep": _sleep,
    "die": lambda rest: os.abort(),
    "leave": lambda rest: os._exit(0),
    "fail": _fail,
    "fill": _fill,
    "open": _open,
    "refuse": _refuse,
    "print": _print,
    "nothing": lambda rest: b"",
}
