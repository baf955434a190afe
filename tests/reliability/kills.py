"""Kill a flow with SIGKILL at its n-th step: n = 1, 2, … until a run survives.

A step is the moment before an SQL statement, before or after a commit, before a file operation, or
before something goes to another host. What is written is killed after its first half has gone. The
runner needs no list of points: a new statement in the flow is a new death in the test.
"""

import _pyio
import builtins
import io
import itertools
import multiprocessing
import os
import re
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any
from unittest import mock

from django.db import connection, connections

FORK = multiprocessing.get_context("fork")
TOO_MANY = 500
HALVES = {"write": 1, "pwrite": 1}  # which argument holds what is written
FILE_OPERATIONS = (
    *("open", "write", "pwrite", "writev", "sendfile", "copy_file_range", "close"),
    *("fsync", "fdatasync", "truncate", "ftruncate", "chmod", "utime"),
    *("rename", "replace", "link", "symlink", "unlink", "remove", "mkdir", "rmdir"),
)
FOR_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
# What changes a file is compared with the interpreter's own account; see account.py.
TOLD = {
    **{name: name for name in ("open", "link", "symlink", "truncate", "chmod", "utime")},
    "rename": "rename",
    "replace": "rename",
    "unlink": "remove",
    "remove": "remove",
    "mkdir": "mkdir",
    "rmdir": "rmdir",
}


@dataclass(frozen=True)
class Step:
    """`name` says what comes next; `effect` what of it others can see, empty for none."""

    name: str
    effect: str = ""


@dataclass(frozen=True)
class Death:
    """A run that died at its `number`-th step."""

    number: int
    step: Step

    def __str__(self) -> str:
        return f"{self.number}: {self.step.name[:90]}"


class Steps:
    """Counts the steps of this process, names them, and dies at the wanted one.

    `last_words` is called with the step at which it dies. What is forked from here is not counted.
    """

    def __init__(
        self, kill_at: int | None = None, last_words: Callable[[Step], None] = lambda step: None
    ) -> None:
        self.kill_at, self.last_words = kill_at, last_words
        self.taken, self.process = list[Step](), os.getpid()

    def step(self, step: Step, last_act: Callable[[], object] = lambda: None) -> None:
        """Count one step; die if it is the wanted one."""
        if os.getpid() != self.process:
            return
        self.taken.append(step)
        if len(self.taken) == self.kill_at:
            last_act()
            self.last_words(step)
            os.kill(os.getpid(), signal.SIGKILL)

    def watch(self) -> ExitStack:
        """Count from here on: statements, commits, file operations, what goes to other hosts."""
        stack = ExitStack()
        stack.enter_context(connection.execute_wrapper(self._statement))
        patches = [
            mock.patch.object(connection, "_commit", self._commit(connection._commit)),
            mock.patch.object(socket.socket, "sendall", self._send(socket.socket.sendall)),
            *(
                mock.patch.object(os, name, self._file(name, getattr(os, name)))
                for name in FILE_OPERATIONS
            ),
            mock.patch.object(builtins, "open", _open(io.open)),
            mock.patch.object(io, "open", _open(io.open)),
        ]
        for patch in patches:
            stack.enter_context(patch)
        return stack

    def _statement(self, execute: Callable[..., Any], sql: str, *args: Any) -> Any:
        self.step(Step(sql, effect_of(sql)))
        return execute(sql, *args)

    def _commit(self, commit: Callable[[], Any]) -> Callable[[], Any]:
        def around() -> Any:
            self.step(Step("before commit", "COMMIT"))
            done = commit()
            self.step(Step("after commit"))
            return done

        return around

    def _file(self, name: str, operation: Callable[..., Any]) -> Callable[..., Any]:
        def before(*args: Any, **options: Any) -> Any:
            def half() -> None:
                if (place := HALVES.get(name)) is not None:
                    data = args[place]
                    operation(*args[:place], data[: len(data) // 2], *args[place + 1 :])

            self.step(Step(f"os.{name}", _change(name, args)), half)
            return operation(*args, **options)

        return before

    def _send(self, send: Callable[..., Any]) -> Callable[..., Any]:
        def before(one: socket.socket, data: Any, *args: Any) -> Any:
            self.step(Step("send"), lambda: send(one, data[: len(data) // 2]))
            return send(one, data, *args)

        return before


def effect_of(sql: str) -> str:
    """Verb and table of a statement that writes; empty for one that reads or opens a block."""
    words = re.match(r'\s*(INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM)\s+"(\w+)"', sql)
    if words:
        return f"{words[1].split()[0]} {words[2]}"
    first = sql.split()[0].upper() if sql.split() else ""
    harmless = (
        *("SELECT", "DECLARE", "FETCH", "CLOSE"),  # the last three are rows read bit by bit
        *("BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK", "SET", "SHOW", "PRAGMA"),
    )
    return "" if first in harmless else sql


def change(name: str, *args: Any) -> str:
    """What an operation on paths changes."""
    paths = [str(os.fspath(one)) for one in args if isinstance(one, str | bytes | os.PathLike)]
    return " ".join([name, *paths])


def _change(name: str, args: tuple[Any, ...]) -> str:
    if name not in TOLD or (name == "open" and not args[1] & FOR_WRITING):
        return ""
    return change(TOLD[name], *args[: 2 if TOLD[name] in ("rename", "link", "symlink") else 1])


def _open(plain: Callable[..., Any]) -> Callable[..., Any]:
    """Let files that are written be Python's own, not C's: they go through `os`, step by step."""

    def chosen(file: Any, mode: str = "r", *args: Any, **options: Any) -> Any:
        writes = set(mode) & set("wax+")
        return (_pyio.open if writes else plain)(file, mode, *args, **options)

    return chosen


def each_kill(flow: Callable[[], object], *, first: int = 1) -> Iterator[Death]:
    """Yield each death of `flow`, at its first step, its second, …; end with a run that lives."""
    for kill_at in itertools.count(first):
        if kill_at > TOO_MANY:
            raise AssertionError("the flow does not end")
        if (death := killed(flow, kill_at)) is None:
            return
        yield death


def survives(flow: Callable[[], object], kill_at: int) -> bool:
    """Run `flow` in a child that dies at this step; whether it came through."""
    return killed(flow, kill_at) is None


def killed(flow: Callable[[], object], kill_at: int) -> Death | None:
    """Run `flow` in a child that dies at this step; None if it came through."""
    connections.close_all()
    hear, tell = FORK.Pipe(duplex=False)
    child = FORK.Process(target=_die_at, args=(flow, kill_at, tell.send))
    child.start()
    child.join()
    if child.exitcode not in (0, -signal.SIGKILL):
        # Otherwise an exception would look like a survivor.
        raise AssertionError(f"step {kill_at}: failed by itself, exit code {child.exitcode}")
    step = hear.recv() if hear.poll() else Step("by its own hand")
    hear.close()
    tell.close()
    return None if child.exitcode == 0 else Death(kill_at, step)


def _die_at(flow: Callable[[], object], kill_at: int, tell: Callable[[Step], None]) -> None:
    connection.ensure_connection()
    with Steps(kill_at, tell).watch():
        flow()


def steps_of(flow: Callable[[], object]) -> list[Step]:
    """The steps in order, for tests that say what must come before what."""
    steps = Steps()
    with steps.watch():
        flow()
    return steps.taken
