"""What judging a file may take where no process of its own is at hand: the command's own bounds.

The verification page judges in a child process (`rendering.worker`). POSIX only: elsewhere nothing
is bounded.
"""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

MEMORY, SECONDS = 768 << 20, 10  # as on the page
GRACE = 20  # seconds that a library in C may go on after that, before the system ends the process


class TooMuch(BaseException):
    """Not an Exception: libraries under the judge catch all of those, and go on."""


def confine() -> None:
    """For the rest of the life of this process."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


@contextmanager
def bounded() -> Iterator[None]:
    """Raise TooMuch when SECONDS of processor time have passed, or memory has run out."""
    if sys.platform == "win32":
        yield
        return
    former = signal.signal(signal.SIGPROF, _stop)
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    # Nobody handles this one, so a library in C that computes and never comes back is ended by the
    # system; time in the kernel does not count. A limit of the process would count from its start,
    # by a clock that no reading agrees with.
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS + GRACE)
    try:
        yield
    except MemoryError as error:
        raise TooMuch from error
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGPROF, former)


def _stop(number: int, frame: Any) -> NoReturn:
    raise TooMuch
