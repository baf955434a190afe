"""A site of its own, with everything that a selftest could leave something in.

Its database is a copy of the migrated one of the tests; an app beside ours listens to all that a
contract does, so that whatever a selftest let out would be written down.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from aiosmtpd.controller import Controller
from cryptography.fernet import Fernet
from django.db import connection, connections
from psycopg import sql

from tests import identity, ports
from tests.browser.site import until

ROOT = Path(__file__).parents[2]
MANAGE = [sys.executable, "-m", "example_site.manage"]
SCRATCH, LEFT = "wagtail_contracts_selftest_", "wagtail-contracts-selftest-"
WORKERS = "wagtail_contracts_outbox_worker"
TRIED = re.compile(r"tmp/[a-z0-9_]{8}")  # by Python's tempfile, for a moment: may one write here?
EXAMINED = re.compile(r"_examination($|_id_seq)")
SETTINGS = """
from example_site.settings import *
INSTALLED_APPS = [*INSTALLED_APPS, "neighbour.Neighbour"]
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": VAR / "cache",
    }
}
if not os.environ.get("MIGRATED"):
    DATABASES["default"].setdefault("TEST", {})["MIGRATE"] = False
"""
NEIGHBOUR = """
from django.apps import AppConfig
from django.conf import settings
from django.dispatch import Signal

HEARD = settings.VAR / "heard.txt"

def hear(*args, **words):
    with HEARD.open("a") as log:
        log.write("heard\\n")

class Neighbour(AppConfig):
    name = "neighbour"

    def ready(self):
        from wagtail_contracts import events
        from wagtail_contracts.contracts import signals
        from wagtail_contracts.outbox import topics
        for name, topic in vars(events).items():
            if name.isupper():
                topics.subscribe(topic, "neighbour.hear", hear)
        for told in vars(signals).values():
            if isinstance(told, Signal):
                told.connect(hear)
"""


class Letters:
    """A mail server that counts."""

    def __init__(self) -> None:
        self.taken: list[bytes] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        """Take a mail."""
        self.taken.append(envelope.original_content)
        return "250 Kept"


@dataclass
class Installation:
    """A site in a folder; `home` holds its settings and code, `var` its data."""

    home: Path
    database: str
    letters: Letters
    port: int
    code: Path = ROOT
    worker: subprocess.Popen[bytes] | None = None
    more: dict[str, str] = field(default_factory=dict)

    @property
    def var(self) -> Path:
        """Its data."""
        return self.home / "var"

    @property
    def tmp(self) -> Path:
        """The temporary folder of its machine."""
        return self.home / "tmp"

    @property
    def environment(self) -> dict[str, str]:
        """Of its processes."""
        kept = {key: value for key, value in os.environ.items() if not key.startswith("EXAMPLE_")}
        if "POSTGRES_DB" in kept:
            kept["POSTGRES_DB"] = self.database
        return kept | {
            "DJANGO_SETTINGS_MODULE": "site_settings",
            "EXAMPLE_VAR": str(self.var),
            "EXAMPLE_SMTP_PORT": str(self.port),
            "PYTHONPATH": os.pathsep.join([str(self.home / "code"), str(self.code), str(ROOT)]),
            "PYTHONDONTWRITEBYTECODE": "1",
            "TMPDIR": str(self.tmp),
            **self.more,
        }

    def start(self, *words: str, **changes: str) -> subprocess.Popen[str]:
        """A command of the site, begun."""
        return subprocess.Popen(  # noqa: S603 - our own interpreter and words
            [*MANAGE, *words],
            cwd=self.home / "place",
            env=self.environment | changes,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def call(self, *words: str, **changes: str) -> tuple[int, str]:
        """A command of the site: how it ended, and all that it said."""
        process = self.start(*words, **changes)
        said, _none = process.communicate(timeout=600)
        return process.returncode, said

    def selftest(self, *words: str, **changes: str) -> tuple[int, str]:
        """The command that is tested."""
        return self.call("contracts_selftest", *words, **changes)

    def watch(self) -> None:
        """Start the worker, and wait for its first sign of life."""
        self.worker = subprocess.Popen(  # noqa: S603
            [*MANAGE, "outbox_deliver", "--watch"], cwd=self.home / "place", env=self.environment
        )
        until(lambda: self.ask(f"SELECT name FROM {WORKERS}"), "a sign of life", 300)

    def end(self) -> None:
        """End the worker."""
        if self.worker:
            self.worker.send_signal(signal.SIGCONT)
            self.worker.send_signal(signal.SIGTERM)
            self.worker.wait(180)

    def ask(self, statement: str) -> list[tuple[Any, ...]]:
        """Rows of its database, or none for a change, which is kept."""
        with closing(self._connected()) as there:
            done = there.execute(statement)
            rows = done.fetchall() if done.description else []
            there.commit()
        return rows

    def dump(self) -> dict[str, Any]:
        """Everything that could differ afterwards: rows, databases, files and mails.

        But how far the worker has examined, which it notes every ten minutes.
        """
        tables = {name: self._rows(name) for name in self._tables() if not EXAMINED.search(name)}
        return {
            "tables": tables,
            "counters": self._counters(),
            "databases": self.databases(),
            "files": dict(self._files()),
            "mails": list(self.letters.taken),
        }

    def databases(self) -> list[str]:
        """All on the same server."""
        if connection.vendor == "sqlite":
            return []
        return sorted(name for (name,) in self.ask("SELECT datname FROM pg_database"))

    def left(self) -> list[str]:
        """What a call that was killed left behind."""
        folders = [path.name for path in self._found() if path.parent == self.tmp]
        return sorted([*folders, *(n for n in self.databases() if n.startswith(SCRATCH))])

    def _connected(self) -> Any:
        if connection.vendor == "sqlite":
            return sqlite3.connect(self.var / "db.sqlite3", timeout=90)
        return psycopg.connect(**_server(), dbname=self.database)

    def _tables(self) -> list[str]:
        listed = {
            "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table'",
            "postgresql": "SELECT tablename FROM pg_tables WHERE schemaname = 'public'",
        }
        found = [name for (name,) in self.ask(listed[connection.vendor])]
        assert len(found) > 60
        return sorted(found)

    def _counters(self) -> list[tuple[Any, ...]]:
        if connection.vendor == "sqlite":
            return []  # they are a table
        found = self.ask("SELECT sequencename, last_value FROM pg_sequences")
        return sorted(row for row in found if not EXAMINED.search(row[0]))

    def _rows(self, table: str) -> list[str]:
        found = self.ask(f'SELECT {self._columns(table)} FROM "{table}"')
        counts = table == "sqlite_sequence"
        return sorted(repr(row) for row in found if not (counts and EXAMINED.search(row[0])))

    def _columns(self, table: str) -> str:
        """All; of workers not when they were last seen, which is theirs to change."""
        return "name, begun_at" if table == WORKERS else "*"

    def _found(self) -> list[Path]:
        found = sorted(self.home.rglob("*"))
        return [path for path in found if not TRIED.fullmatch(str(path.relative_to(self.home)))]

    def _files(self) -> Iterator[tuple[str, tuple[int, str]]]:
        for path in self._found():
            if path.name.startswith("db.sqlite3"):
                continue  # its rows are told
            said = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
            yield str(path.relative_to(self.home)), (path.stat().st_mode, said)


@contextmanager
def installed(home: Path) -> Iterator[Installation]:
    """A site that is ready but for its worker; gone afterwards."""
    letters, port = Letters(), ports.free()
    site = Installation(home, f"installed_{os.getpid()}", letters, port)
    for name in ("var/private", "var/media", "code", "tmp", "place"):
        (home / name).mkdir(parents=True)
    (site.var / "private" / "earlier.pdf").write_text("Sealed before.")
    (home / "code" / "site_settings.py").write_text(SETTINGS)
    (home / "code" / "neighbour.py").write_text(NEIGHBOUR)
    shutil.copytree(identity.folder(), site.var, dirs_exist_ok=True)
    shutil.copytree(identity.training(), site.var / "training")
    (site.var / "keys.txt").write_bytes(Fernet.generate_key())
    mails = Controller(letters, hostname="127.0.0.1", port=port)
    mails.start()
    try:
        _copy_database(site)
        yield site
    finally:
        mails.stop()
        site.end()
        _drop_database(site)


def _copy_database(site: Installation) -> None:
    connections.close_all()
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        target = site.var / "db.sqlite3"
        with closing(sqlite3.connect(name)) as source, closing(sqlite3.connect(target)) as copy:
            source.backup(copy)
        return
    words = {"new": sql.Identifier(site.database), "old": sql.Identifier(name)}
    with psycopg.connect(**_server(), dbname="postgres", autocommit=True) as there:
        there.execute(sql.SQL("CREATE DATABASE {new} TEMPLATE {old}").format(**words))


def _drop_database(site: Installation) -> None:
    if connection.vendor == "postgresql":
        words = {"name": sql.Identifier(site.database)}
        with psycopg.connect(**_server(), dbname="postgres", autocommit=True) as there:
            there.execute(sql.SQL("DROP DATABASE IF EXISTS {name} WITH (FORCE)").format(**words))


def _server() -> dict[str, Any]:
    given = connection.settings_dict
    words = {"host": given["HOST"], "port": given["PORT"], "user": given["USER"]}
    return {key: value for key, value in words.items() if value}
