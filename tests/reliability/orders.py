"""Force the order that a race meets by luck: stop one call before a statement, run another.

If the other waits for a lock of the first, the first goes on after half a second.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

from django.db import connection

from tests.reliability.barrier import PATIENCE, Call, outcome

BLOCKED = 0.5  # seconds after which the second call counts as waiting for a lock
UNHINDERED = 60  # seconds for a second call that nothing holds up, on a busy machine too


def overtake(
    first: Call, second: Call, *, before: str, turn: int = 1, patience: float = BLOCKED
) -> tuple[str, str]:
    """Run `first` up to the statement that holds `before`, then all of `second`, then the rest.

    Of several such statements it is that of this `turn`. Where nothing is to hold the second up,
    give it time: UNHINDERED.
    """
    reached, second_ended = threading.Event(), threading.Event()
    answers: dict[str, str] = {}
    held: list[str] = []

    def wait(sql: str) -> None:
        held.append(sql)
        reached.set()
        second_ended.wait(patience)

    def run(name: str, call: Call, ended: threading.Event) -> threading.Thread:
        pause = _pause(before, turn, wait) if name == "first" else nullcontext()
        return threading.Thread(target=_run, args=(pause, call, answers, name, ended))

    one, two = run("first", first, reached), run("second", second, second_ended)
    one.start()
    reached.wait(PATIENCE)
    two.start()
    one.join(PATIENCE)
    two.join(PATIENCE)
    if not held:
        raise AssertionError(f"no statement {turn} holds {before!r}: nothing was forced")
    return answers["first"], answers["second"]


def _run(
    pause: AbstractContextManager[None],
    call: Call,
    answers: dict[str, str],
    name: str,
    ended: threading.Event,
) -> None:
    with pause:
        answers[name] = outcome(call)
    connection.close()
    ended.set()


@contextmanager
def _pause(before: str, turn: int, wait: Callable[[str], None]) -> Iterator[None]:
    met = 0

    def stop(execute: Callable[..., Any], sql: str, *args: Any) -> Any:
        nonlocal met
        met += before in sql
        if before in sql and met == turn:
            wait(sql)
        return execute(sql, *args)

    with connection.execute_wrapper(stop):
        yield
