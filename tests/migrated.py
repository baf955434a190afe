"""The migrated database that tests on SQLite begin with: made once for this code, then copied.

Two hundred migrations take nine seconds of every run, and leave the same each time. A copy is laid
down where nothing changed that has a say in it: our code, and the versions of what is installed.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from importlib import metadata
from pathlib import Path
from typing import Any

from django.core.management.commands.migrate import Command
from django.db import connections

ROOT = Path(__file__).parents[1]
OURS = ("wagtail_contracts", "example_site", "tests/settings.py", "tests/migrated.py")
# Seconds that the code must have stood still: what this process imported is what lies there.
STILL = 60


def keep(folder: Path) -> None:
    """Let the next `migrate`, that of the test database, lay down the copy or leave one."""
    migrate = Command.handle

    def handle(command: Command, **options: Any) -> None:
        Command.handle = migrate  # type: ignore[method-assign]
        connection = connections[options["database"]]
        if connection.vendor != "sqlite":
            migrate(command, **options)
            return
        connection.ensure_connection()
        once(folder, connection.connection, lambda: migrate(command, **options))

    Command.handle = handle  # type: ignore[method-assign, assignment]


def once(folder: Path, database: sqlite3.Connection, migrate: Callable[[], None]) -> None:
    """Copy what is kept into the database, or migrate it and keep a copy; one at a time."""
    said, still = digest(), settled()
    place = folder / f"{said}.sqlite3"
    with (folder / f"{said}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if place.exists():
            _copy(place, database)
            return
        migrate()
        if still and digest() == said:
            _clear(folder, but=said)
            _keep(database, place)


def digest() -> str:
    """Of all that has a say in what migrations leave."""
    said = hashlib.sha256(sqlite3.sqlite_version.encode())
    for name in sorted(f"{one.name} {one.version}" for one in metadata.distributions()):
        said.update(name.encode())
    for path in sorted(_sources()):
        said.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return said.hexdigest()


def settled() -> bool:
    """Whether nobody has written to the code lately."""
    return max(path.stat().st_mtime for path in _sources()) < time.time() - STILL


def _sources() -> Iterator[Path]:
    for place in (ROOT / name for name in OURS):
        yield from place.rglob("*.py") if place.is_dir() else [place]


def _clear(folder: Path, *, but: str) -> None:
    for old in folder.iterdir():
        if old.stem != but and old.suffix in (".sqlite3", ".lock"):
            old.unlink(missing_ok=True)


def _copy(place: Path, database: sqlite3.Connection) -> None:
    kept = sqlite3.connect(place)
    kept.backup(database)
    kept.close()


def _keep(database: sqlite3.Connection, place: Path) -> None:
    half = place.with_suffix(f".{os.getpid()}")
    kept = sqlite3.connect(half)
    database.backup(kept)
    kept.execute("PRAGMA journal_mode=DELETE")  # one file, without a log beside it
    kept.close()
    half.rename(place)
