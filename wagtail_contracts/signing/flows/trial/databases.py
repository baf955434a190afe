"""Scratch databases, made as test runners make them.

On SQLite they are memory; on PostgreSQL they lie beside the site's, and a lock shows that whoever
made one is alive.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, redirect_stderr
from io import StringIO
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import DEFAULT_DB_ALIAS, connections
from django.test.utils import setup_databases
from django.utils.translation import gettext as _

from wagtail_contracts.signing.errors import ScratchRefused

PREFIX = "wagtail_contracts_selftest_"
ENGINES = ("sqlite", "postgresql")
MEMORY = ":memory:"
NOT_MADE = 2


@contextmanager
def databases() -> Iterator[None]:
    """Put scratch databases in the place of the site's. Raises ScratchRefused."""
    ours = [one for one in connections.all() if one.vendor in ENGINES]
    if connections[DEFAULT_DB_ALIAS] not in ours:
        raise ScratchRefused(_("No scratch database could be made: not on this engine."))
    made = [one for one in ours if not one.settings_dict["TEST"].get("MIRROR")]
    token = secrets.token_hex(4)
    with ExitStack() as stack:
        for connection in ours:
            beside = connection in made and connection.vendor == "postgresql"
            away = _beside if beside else _in_memory
            stack.enter_context(away(connection, token))
        stack.callback(ContentType.objects.clear_cache)  # keys differ from database to database
        ContentType.objects.clear_cache()
        _make({connection.alias: connection for connection in made})
        for connection in made:
            _insist_elsewhere(connection)
        yield


def _make(aliases: Mapping[str, Any]) -> None:
    said = StringIO()
    try:
        with redirect_stderr(said):
            setup_databases(0, interactive=False, aliases=aliases, serialized_aliases=[])
    except SystemExit as ended:  # what Django does when a database can't be made
        if ended.code != NOT_MADE:
            raise
        words = {"error": " ".join(said.getvalue().split())}
        raise ScratchRefused(_("No scratch database could be made: %(error)s") % words) from ended


@contextmanager
def _in_memory(connection: Any, token: str) -> Iterator[None]:
    with _named(connection, MEMORY):
        yield


@contextmanager
def _beside(connection: Any, token: str) -> Iterator[None]:
    """A database of the same server, dropped afterwards; its lock is held meanwhile."""
    site = connection.copy(alias=f"{connection.alias} of the site")
    site.settings_dict["OPTIONS"].pop("pool", None)
    prefix = _prefix(connection)
    name = prefix + token
    try:
        with site.cursor() as cursor:
            _sweep(cursor, prefix)
            cursor.execute("SELECT pg_advisory_lock(%s)", [_lock(name)])
        try:
            with _named(connection, name):
                yield
        finally:
            with site.cursor() as cursor:
                _drop(cursor, name)
    finally:
        site.close()


@contextmanager
def _named(connection: Any, name: str) -> Iterator[None]:
    """Let Django make and use a test database of this name; then let go of it."""
    given = connection.settings_dict
    before, test = given["NAME"], given["TEST"].get("NAME")
    _let_go(connection)
    given["TEST"]["NAME"] = name
    try:
        yield
    finally:
        given["TEST"]["NAME"] = test
        _let_go(connection)
        given["NAME"] = settings.DATABASES[connection.alias]["NAME"] = before
        connection.close()  # once more: one in memory closes under another name only


def _let_go(connection: Any) -> None:
    """A pool would go on with connections to the database that it was opened for."""
    connection.close()
    if hasattr(connection, "close_pool"):
        connection.close_pool()


def _insist_elsewhere(connection: Any) -> None:
    """Whatever Django made of the names: nothing begins on a database with anything in it."""
    asked = {
        "sqlite": "SELECT file FROM pragma_database_list WHERE name = 'main'",
        "postgresql": "SELECT current_database()",
    }
    with connection.cursor() as cursor:
        cursor.execute(asked[connection.vendor])
        [place] = cursor.fetchone()
    if place and not place.startswith(PREFIX):
        raise ScratchRefused(_("No scratch database could be made: this is %s.") % place)


def _prefix(connection: Any) -> str:
    """Of one site's scratch databases; another site on this server has others."""
    name = str(connection.settings_dict["NAME"])
    return f"{PREFIX}{hashlib.sha256(name.encode()).hexdigest()[:8]}_"


def _lock(name: str) -> int:
    """The number that stands for a name among the locks of the site's database."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], signed=True)


def _sweep(cursor: Any, prefix: str) -> None:
    """Drop what killed ones left: whoever lives holds the lock."""
    cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [prefix])
    for (name,) in cursor.fetchall():
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_lock(name)])
        if cursor.fetchone() == (True,):
            _drop(cursor, name)
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_lock(name)])


def _drop(cursor: Any, name: str) -> None:
    """The server may still be busy with a statement of one that was killed."""
    cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
