"""What a flow wrote by the account of others: the database's log and the interpreter's audit.

The runner of `kills.py` wraps Django and `os`; here nothing is wrapped, so that a write that
escapes it is found. SQLite and PostgreSQL log every statement that they run, and PEP 578 tells of
every file that Python opens, renames or takes away.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.db import connection

from tests.reliability import kills

OF_AUDIT = {
    "os.rename": "rename",
    "os.link": "link",
    "os.symlink": "symlink",
    "os.remove": "remove",
    "os.mkdir": "mkdir",
    "os.rmdir": "rmdir",
    "os.truncate": "truncate",
    "os.chmod": "chmod",
    "os.utime": "utime",
}
TWO_PATHS = ("rename", "link", "symlink")


@dataclass
class Account:
    """Writes to tables and commits, and changes of files, in order, as effects of `kills`."""

    tables: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)


@contextmanager
def account() -> Iterator[Account]:
    """Listen to the database and to the interpreter."""
    given = Account()
    with _statements() as heard, _files(given.files):
        yield given
    given.tables = [effect for sql in heard if (effect := _effect(sql))]


def effects(steps: list[kills.Step]) -> Account:
    """The same of steps."""
    found = [step.effect for step in steps if step.effect]
    files = [one for one in found if one.split()[0] in {"open", *OF_AUDIT.values()}]
    return Account([one for one in found if one not in files], files)


def _effect(sql: str) -> str:
    return "COMMIT" if sql.strip().upper() == "COMMIT" else kills.effect_of(sql)


@contextmanager
def _statements() -> Iterator[list[str]]:
    connection.ensure_connection()
    heard: list[str] = []
    raw: Any = connection.connection
    if connection.vendor == "sqlite":
        raw.set_trace_callback(lambda sql: _once(heard, sql))
        yield heard
        raw.set_trace_callback(None)
        return

    def listen(notice: Any) -> None:
        kind, _, sql = notice.message_primary.partition(": ")
        if kind == "statement" or kind.startswith("execute"):
            heard.append(sql)

    raw.add_notice_handler(listen)
    _tell("all", "log")
    yield heard
    _tell("none", "notice")
    raw.remove_notice_handler(listen)


def _once(heard: list[str], sql: str) -> None:
    """SQLite tells a statement again, with the same values, for each trigger that it sets off."""
    if sql not in heard[-1:]:
        heard.append(sql)


def _tell(which: str, level: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET log_statement = '{which}'")
        cursor.execute(f"SET client_min_messages = '{level}'")


@contextmanager
def _files(into: list[str]) -> Iterator[None]:
    _listen()
    _listening.append(into)
    yield
    _listening.remove(into)


@cache
def _listen() -> None:
    """From the first account on: a hook stays for the life of the process, which it slows down."""
    sys.addaudithook(_hook)


def _hook(event: str, args: tuple[Any, ...]) -> None:
    if not _listening:
        return
    if event == "open" and isinstance(args[0], str | bytes | os.PathLike):
        if args[2] & kills.FOR_WRITING:
            _listening[-1].append(kills.change("open", args[0]))
    elif name := OF_AUDIT.get(event):
        _listening[-1].append(kills.change(name, *args[: 2 if name in TWO_PATHS else 1]))


_listening: list[list[str]] = []
