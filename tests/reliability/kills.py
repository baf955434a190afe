"""Kill a flow with SIGKILL at its n-th step: n = 1, 2, … until a run survives.

A step is the moment before an SQL statement, before or after a commit, or before a file
operation of `os`. A write is killed after its first half has reached the file. The runner needs no
list of points: a new statement in the flow is a new death in the test.
"""

import itertools
import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any
from unittest import mock

from django.db import connection, connections

FILE_OPERATIONS = ("open", "write", "fsync", "replace", "rename", "link", "unlink", "close")
FORK = multiprocessing.get_context("fork")
TOO_MANY = 500


class Steps:
    """Counts the steps of this process, names them, and dies at the wanted one."""

    def __init__(self, kill_at: int | None = None) -> None:
        self.kill_at, self.names = kill_at, list[str]()

    def step(self, name: str, last_act: Callable[[], object] = lambda: None) -> None:
        """Count one step; die if it is the wanted one."""
        self.names.append(name)
        if len(self.names) == self.kill_at:
            last_act()
            os.kill(os.getpid(), signal.SIGKILL)

    def watch(self) -> ExitStack:
        """Count from here on: statements, commits, file operations."""
        stack = ExitStack()
        stack.enter_context(connection.execute_wrapper(self._statement))
        stack.enter_context(
            mock.patch.object(connection, "_commit", self._commit(connection._commit))
        )
        for name in FILE_OPERATIONS:
            stack.enter_context(mock.patch.object(os, name, self._file(name, getattr(os, name))))
        return stack

    def _statement(self, execute: Callable[..., Any], sql: str, *args: Any) -> Any:
        self.step(sql[:60])
        return execute(sql, *args)

    def _commit(self, commit: Callable[[], Any]) -> Callable[[], Any]:
        def around() -> Any:
            self.step("before commit")
            done = commit()
            self.step("after commit")
            return done

        return around

    def _file(self, name: str, operation: Callable[..., Any]) -> Callable[..., Any]:
        def before(*args: Any, **options: Any) -> Any:
            def half() -> None:
                if name == "write":
                    operation(args[0], args[1][: len(args[1]) // 2])

            self.step(f"os.{name}", half)
            return operation(*args, **options)

        return before


def each_kill(flow: Callable[[], object], *, first: int = 1) -> Iterator[int]:
    """Yield n after a run of `flow` died at its n-th step; end with the first run that lives."""
    for kill_at in itertools.count(first):
        if kill_at > TOO_MANY:
            raise AssertionError("the flow does not end")
        if survives(flow, kill_at):
            return
        yield kill_at


def survives(flow: Callable[[], object], kill_at: int) -> bool:
    """Run `flow` in a child that dies at this step; whether it came through."""
    connections.close_all()
    child = FORK.Process(target=_die_at, args=(flow, kill_at))
    child.start()
    child.join()
    if child.exitcode not in (0, -signal.SIGKILL):
        # Otherwise an exception would look like a survivor.
        raise AssertionError(f"step {kill_at}: failed by itself, exit code {child.exitcode}")
    return child.exitcode == 0


def _die_at(flow: Callable[[], object], kill_at: int) -> None:
    connection.ensure_connection()
    with Steps(kill_at).watch():
        flow()


def names_of(flow: Callable[[], object]) -> list[str]:
    """The steps in order, for tests that say what must come before what."""
    steps = Steps()
    with steps.watch():
        flow()
    return steps.names
