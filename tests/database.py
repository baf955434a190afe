"""What tests may do to the database that nobody else may."""

import json
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import wraps
from typing import Any

from django.core.management.commands import flush as flushing
from django.core.signals import request_finished, request_started
from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.dispatch import Signal

from wagtail_contracts import append_only

LONGEST = 30  # seconds that a request goes on after its browser has left
STAYS = {"django_content_type": "contenttypes.contenttype", "auth_permission": "auth.permission"}


@contextmanager
def triggers_lifted(using: BaseDatabaseWrapper = connection) -> Iterator[None]:
    """Let the owner of the database write what the triggers refuse, and set them again."""
    there = set(using.introspection.table_names())
    rules = [rule for rule in append_only.kept() if rule.table in there]
    if using.vendor == "postgresql":
        _switch(using, rules, "DISABLE")
        yield
        _switch(using, rules, "ENABLE")
        return
    with using.cursor() as cursor:
        for name in [name for rule in rules for name in rule.triggers[using.vendor]]:
            cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"')
    yield
    for rule in rules:
        append_only.apply(using, rule)


def _switch(using: BaseDatabaseWrapper, rules: Sequence[append_only.Rule], word: str) -> None:
    with using.cursor() as cursor:
        # A table with deferred checks that are still to come can't be altered.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for rule in rules:
            cursor.execute(f'ALTER TABLE "{rule.table}" {word} TRIGGER USER')
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


@contextmanager
def _silenced(using: BaseDatabaseWrapper) -> Iterator[None]:
    """Let no trigger fire, nor a foreign key be checked, in a transaction of PostgreSQL."""
    with transaction.atomic(using.alias):
        with using.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
        yield


class _Asked:
    """How many requests a server in another thread of this process is answering."""

    def __init__(self) -> None:
        self._count, self._lock = 0, threading.Lock()
        self._counted = {request_started: 1, request_finished: -1}
        for signal in self._counted:
            signal.connect(self._count_it)

    def _count_it(self, signal: Signal, **_said: Any) -> None:
        if threading.current_thread() is not threading.main_thread():
            with self._lock:
                self._count += self._counted[signal]

    def wait(self) -> None:
        """Until all are answered: one that still writes puts rows into tables just emptied."""
        until = time.monotonic() + LONGEST
        while self._count > 0 and time.monotonic() < until:
            time.sleep(0.01)


def filled(using: BaseDatabaseWrapper, tables: Sequence[str]) -> list[str]:
    """Those of the tables that have a row."""
    asked = ", ".join(f'EXISTS(SELECT 1 FROM "{name}")' for name in tables)
    with using.cursor() as cursor:
        cursor.execute(f"SELECT {asked}")
        return [name for name, some in zip(tables, cursor.fetchone(), strict=True) if some]


def let_flush_through(using: BaseDatabaseWrapper = connection) -> None:
    """Let Django's TransactionTestCase empty the tables after each test, ours included.

    What `migrate` writes after the last migration, kinds and permissions, stays: making it anew
    for each test takes longer than most of them.
    """
    flush, statements_for = using.ops.execute_sql_flush, using.ops.sql_flush
    if hasattr(flush, "__wrapped__"):
        return
    asked = _Asked()

    @wraps(flush)
    def lifted(statements: Any) -> Any:
        with (_silenced if using.vendor == "postgresql" else triggers_lifted)(using):
            return flush(statements)

    def but_kept(style: Any, tables: Sequence[str], **options: Any) -> Any:
        asked.wait()
        full = filled(using, [name for name in tables if name not in STAYS])
        if using.vendor == "postgresql":  # to truncate a hundred tables takes it half a second
            return [f'DELETE FROM "{name}"' for name in full]
        return statements_for(style, full, **options)

    _serialize_what_goes(using)
    using.ops.execute_sql_flush = lifted  # type: ignore[method-assign]
    using.ops.sql_flush = but_kept  # type: ignore[method-assign]
    flushing.emit_post_migrate_signal = lambda *verbosity, **signal: None  # type: ignore[attr-defined]


def _serialize_what_goes(using: BaseDatabaseWrapper) -> None:
    """Of what `serialized_rollback` writes anew before each test, take out what stays."""
    kept = getattr(using, "_test_serialized_contents", None)
    if kept:
        rows = [row for row in json.loads(kept) if row["model"] not in STAYS.values()]
        using._test_serialized_contents = json.dumps(rows)  # type: ignore[attr-defined]


def sql(statement: str, *values: Any) -> None:
    """Run one statement as the owner of the database would at the console."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)
