"""A bucket on a server of its own: rclone, which keeps each object as a file that tests look at."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any
from unittest import mock

import time_machine
from botocore import auth, loaders
from botocore.config import Config
from django.core.files.storage import storages

from tests import ports

ROOT = Path(__file__).parents[2]
NAME, KEY, SECRET = "contracts", "key-of-the-tests", "secret-of-the-tests"
BACKEND = "storages.backends.s3.S3Storage"
PATIENCE = 60
# Seconds for a server on this machine; nothing is asked twice by the library itself.
CALLS = Config(
    connect_timeout=2,
    read_timeout=4,
    retries={"total_max_attempts": 1},
    signature_version="s3v4",
    s3={"addressing_style": "path"},
    response_checksum_validation="when_required",  # so that nobody but ours compares
)


class Bucket:
    """Two processes: the server, and one between us and it. `folder` is where objects lie."""

    def __init__(self, place: Path) -> None:
        self.place, self.folder = place, place / "data" / NAME
        self.folder.mkdir(parents=True)
        self.mood, self.port, self._behind = place / "mood", ports.free(), ports.free()
        self.be("honest")
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def start(self) -> None:
        """Both of them, where they do not run."""
        tool = Path(sys.executable).with_name("rclone")
        address, keys = f"127.0.0.1:{self._behind}", f"{KEY},{SECRET}"
        server = (tool, "serve", "s3", "data", "--addr", address, "--auth-key", keys)
        self._run("server", *server, "--dir-cache-time", "0s", "--config", "/dev/null")
        words = (self.port, self._behind, self.mood)
        self._run("between", sys.executable, "-m", "tests.s3.between", *words)
        for port in (self._behind, self.port):
            _wait(port)

    def stop(self, name: str = "server") -> None:
        """At once, whatever it is doing."""
        if child := self._running.pop(name, None):
            child.kill()
            child.wait()

    def be(self, mood: str) -> None:
        """From the next request on."""
        self.mood.write_text(mood)

    def asked(self) -> list[str]:
        """What was asked since this was last called."""
        told = self.mood.with_suffix(".asked")
        lines = told.read_text().splitlines() if told.exists() else []
        told.unlink(missing_ok=True)
        return lines

    def names(self) -> list[str]:
        """The objects that it holds; what is half written is none."""
        return sorted(path.name for path in self.folder.iterdir() if path.suffix != ".partial")

    def empty(self) -> None:
        """Nothing is in it."""
        for path in self.folder.iterdir():
            path.unlink()

    def _run(self, name: str, *words: object) -> None:
        if name in self._running:
            return
        command, log = [str(word) for word in words], (self.place / f"{name}.log").open("ab")
        place = self.place if name == "server" else ROOT
        with log:
            child = subprocess.Popen(command, cwd=place, stdout=log, stderr=log)  # noqa: S603
        self._running[name] = child


@contextmanager
def opened(place: Path) -> Iterator[Bucket]:
    """It answers until the block ends.

    What the library knows of S3 it reads once: that took a second for each storage.
    """
    bucket, known = Bucket(place), cache(loaders.create_loader)
    try:
        bucket.start()
        with mock.patch.object(loaders, "create_loader", known):
            yield bucket
    finally:
        for name in ("between", "server"):
            bucket.stop(name)


def configure(settings: Any, bucket: Bucket) -> None:
    """Private files lie there from now on."""
    options = {
        "bucket_name": NAME,
        "endpoint_url": f"http://127.0.0.1:{bucket.port}",
        "region_name": "us-east-1",
        "access_key": KEY,
        "secret_key": SECRET,
        "client_config": CALLS,
    }
    own = {"BACKEND": BACKEND, "OPTIONS": options}
    settings.STORAGES = {**settings.STORAGES, "wagtail_contracts": own}


@contextmanager
def by_its_own_clock() -> Iterator[None]:
    """What is asked is signed by the clock of the server, however far ours is moved."""

    def now() -> datetime:
        hatch = time_machine.escape_hatch
        here = hatch.datetime.datetime if hatch.is_travelling() else datetime
        there: datetime = here.now(UTC)
        return there.replace(tzinfo=None)

    with mock.patch.object(auth, "get_current_datetime", now):
        yield


def hang_up() -> None:
    """No connection of this process is handed on to one that is forked from it."""
    storages["wagtail_contracts"].connection.meta.client.close()


def _wait(port: int) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=2):
            return
        time.sleep(0.05)
    raise AssertionError(f"nobody listens on {port}")
