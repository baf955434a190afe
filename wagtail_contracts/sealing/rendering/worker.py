"""A persistent child process that does one kind of job under limits. POSIX only.

Frames: 4 bytes of length, then that many bytes; an answer's first byte is "+" (result) or "-"
(refusal). The parent never unpickles what the child says. child.py is the other end.
"""

import atexit
import contextlib
import json
import os
import select
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from wagtail_contracts.sealing.rendering import typefaces

LENGTH = struct.Struct(">I")
LARGEST_ANSWER = 128 << 20
CHILD = "wagtail_contracts.sealing.rendering.child"
ROOT = Path(__file__).resolve().parents[3]
_sharing = threading.Lock()


class JobRefused(Exception):
    """The job itself said no: the name of its error, the words, and the characters if any."""

    def __init__(self, kind: str, message: str, characters: str = "") -> None:
        super().__init__(message)
        self.kind, self.characters = kind, characters


class LimitReached(Exception):
    """The child ran out of time, memory or luck; it is gone and the next job gets a new one."""


class NotStarted(LimitReached):
    """The job never began: it got no turn in time, or the system had no room for a child."""


@dataclass(frozen=True)
class Limits:
    """What a child may use; sizes in bytes, times in seconds."""

    memory: int = 1 << 30  # below about 256 MB for 50 pages pango aborts the process
    cpu: int = 60  # for each job, not for the life of the process
    file: int = 50 << 20
    descriptors: int = 64
    wall: float = 90.0
    jobs: int = 50  # then the process is replaced


class Worker:
    """Runs `target` ("package.module:function", bytes to bytes) in a child that outlives jobs.

    Threads take turns, and wait for theirs as long as a job may take. A process that forks gets a
    child of its own.
    """

    def __init__(
        self,
        target: str,
        limits: Limits | None = None,
        fonts: Sequence[Path] = (typefaces.BUNDLED,),
        path: Sequence[str] = (),
    ) -> None:
        self._target, self._limits, self._fonts = target, limits or Limits(), fonts
        self._path, self._lock = path, threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        # Removed by `close`, and by the child if we are killed: a finalizer would run in processes
        # that fork, too.
        self._scratch: Path | None = None
        self._done, self._owner = 0, os.getpid()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __call__(self, request: bytes) -> bytes:
        """The answer to one job. Raises JobRefused, LimitReached and, of these, NotStarted."""
        if not self._lock.acquire(timeout=self._limits.wall):
            raise NotStarted("others took too long")
        try:
            answer = self._ask(request)
        finally:
            self._lock.release()
        if answer[:1] == b"+":
            return answer[1:]
        said = json.loads(answer[1:])
        raise JobRefused(said["kind"], said["message"], said["characters"])

    def close(self) -> None:
        """End the child and everything it started."""
        child, self._child, self._done = self._child, None, 0
        scratch, self._scratch = self._scratch, None
        if self._owner != os.getpid():
            return
        if child:
            _end(child)
        if scratch:
            shutil.rmtree(scratch, ignore_errors=True)

    def _ask(self, request: bytes) -> bytes:
        requests, answers = self._begun()
        deadline = time.monotonic() + self._limits.wall
        try:
            _send(requests, LENGTH.pack(len(request)) + request, deadline)
            size = _length(_receive(answers, LENGTH.size, deadline))
            answer = _receive(answers, size, deadline)
        except (LimitReached, OSError) as error:
            self.close()
            raise LimitReached(str(error) or "limit") from error
        self._done += 1
        return answer

    def _begun(self) -> tuple[IO[bytes], IO[bytes]]:
        try:
            return _pipes(self._ready())
        except OSError as error:
            self.close()
            raise NotStarted(error.strerror or type(error).__name__) from error

    def _ready(self) -> subprocess.Popen[bytes]:
        if self._owner != os.getpid():  # forked: the child is our parent's
            self._child, self._scratch, self._owner = None, None, os.getpid()
        if self._child and (self._child.poll() is not None or self._done >= self._limits.jobs):
            self.close()
        return self._child or self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        self._scratch = Path(tempfile.mkdtemp(prefix="sealing-"))
        numbers = [str(number) for number in astuple(self._limits)[:4]]
        self._child = subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-P", "-m", CHILD, self._target, *numbers],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=self._environment(self._scratch),
            cwd="/",
            start_new_session=True,
            bufsize=0,
        )
        for pipe in _pipes(self._child):
            os.set_blocking(pipe.fileno(), False)
        return self._child

    def _environment(self, scratch: Path) -> dict[str, str]:
        """Nothing of the parent's: no secrets, no proxies; our fonts, a cache that vanishes."""
        configuration = scratch / "fonts.conf"
        configuration.write_text(typefaces.configuration(self._fonts, scratch), encoding="utf-8")
        return {
            "PATH": os.defpath,
            "LANG": "C.UTF-8",
            "HOME": str(scratch),
            "TMPDIR": str(scratch),
            "SCRATCH": str(scratch),
            "FONTCONFIG_FILE": str(configuration),
            "PYTHONPATH": os.pathsep.join([str(ROOT), *self._path]),
            "PYTHONDONTWRITEBYTECODE": "1",
        }


def shared(target: str, limits: Limits, fonts: tuple[Path, ...]) -> Worker:
    """The one worker of this process for this job; its child starts with the first job."""
    with _sharing:  # the cache alone would let two first callers make one each
        return _made(target, limits, fonts)


@lru_cache(maxsize=8)
def _made(target: str, limits: Limits, fonts: tuple[Path, ...]) -> Worker:
    worker = Worker(target, limits, fonts)
    atexit.register(worker.close)
    return worker


def _pipes(child: subprocess.Popen[bytes]) -> tuple[IO[bytes], IO[bytes]]:
    if child.stdin is None or child.stdout is None:
        raise LimitReached("no pipes")
    return child.stdin, child.stdout


def _end(child: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()
    for pipe in _pipes(child):
        with contextlib.suppress(OSError):
            pipe.close()


def _length(header: bytes) -> int:
    (size,) = LENGTH.unpack(header)
    if not 0 < size <= LARGEST_ANSWER:
        raise LimitReached("answer too long")
    return int(size)


def _send(pipe: IO[bytes], data: bytes, deadline: float) -> None:
    view = memoryview(data)
    while view:
        _wait([], [pipe], deadline)
        view = view[os.write(pipe.fileno(), view) :]


def _receive(pipe: IO[bytes], size: int, deadline: float) -> bytes:
    data = bytearray()
    while len(data) < size:
        _wait([pipe], [], deadline)
        chunk = os.read(pipe.fileno(), min(size - len(data), 1 << 20))
        if not chunk:
            raise LimitReached("the child process ended")
        data += chunk
    return bytes(data)


def _wait(readable: list[IO[bytes]], writable: list[IO[bytes]], deadline: float) -> None:
    left = deadline - time.monotonic()
    if left <= 0 or not any(select.select(readable, writable, [], left)):
        raise LimitReached("too slow")
