"""The process that prints, forked from one that has its imports done: a second less each time.

It is the same child with the same pipes, limits and environment, only not started anew. Of
memory it may have more: what it is forked from may hold a gigabyte of tests already.
"""

from __future__ import annotations

import importlib
import os
import signal
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any
from unittest import mock

from wagtail_contracts.sealing.rendering import child, worker

MEMORY = 16 << 30  # bytes
IMPORTED = ("rendering.archive", "flows.pades", "core.judging.judge")


class Forked:
    """What worker.py needs of subprocess.Popen."""

    def __init__(self, command: Sequence[str], *, env: Mapping[str, str], **options: Any) -> None:
        requests, to_child = os.pipe()
        from_child, answers = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            _be_child(command[4:], env, requests, answers, (to_child, from_child))
        os.close(requests)
        os.close(answers)
        self.stdin, self.stdout = open(to_child, "wb", 0), open(from_child, "rb", 0)  # noqa: SIM115

    def poll(self) -> int | None:
        """None while it lives."""
        gone, status = os.waitpid(self.pid, os.WNOHANG)
        return status if gone else None

    def wait(self) -> None:
        """Until it is gone."""
        os.waitpid(self.pid, 0)


@contextmanager
def printing() -> Iterator[None]:
    """Fork children that print; what printing and sealing import is imported once, here."""
    for name in IMPORTED:
        importlib.import_module(f"wagtail_contracts.sealing.{name}")
    forking = SimpleNamespace(Popen=Forked, PIPE=None, DEVNULL=None)
    with mock.patch.object(worker, "subprocess", forking):
        yield


def _be_child(
    command: Sequence[str],
    env: Mapping[str, str],
    requests: int,
    answers: int,
    foreign: Sequence[int],
) -> None:
    try:
        for number in foreign:
            os.close(number)
        os.setsid()
        os.dup2(requests, 0)
        os.dup2(answers, 1)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        os.chdir("/")
        os.environ.clear()
        os.environ.update(env)
        sys.stdin = open(0, closefd=False)  # noqa: SIM115
        target, _memory, *numbers = command
        child.main(target, MEMORY, *map(int, numbers))
    finally:
        os.kill(os.getpid(), signal.SIGKILL)
