"""Run many calls at the same moment and count how they ended."""

import multiprocessing
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from queue import SimpleQueue
from typing import Any

from django.db import connections

Call = Callable[[], object]
PATIENCE = 180
FORK = multiprocessing.get_context("fork")


def outcome(call: Call) -> str:
    """What came back, or the name of what was raised."""
    try:
        return str(call())
    except Exception as error:  # noqa: BLE001 - it is an outcome like others
        return type(error).__name__


def processes(calls: Sequence[Call]) -> Counter[str]:
    """One process per call. Forked: fast, and calls may be closures."""
    connections.close_all()  # a connection that is shared over a fork corrupts both sides
    barrier, answers = FORK.Barrier(len(calls)), FORK.Queue()
    workers = [FORK.Process(target=_work, args=(call, barrier, answers)) for call in calls]
    return _run(workers, answers)


def threads(calls: Sequence[Call]) -> Counter[str]:
    """One thread per call, each with its own connection."""
    barrier, answers = threading.Barrier(len(calls)), SimpleQueue[str]()
    workers = [threading.Thread(target=_work, args=(call, barrier, answers)) for call in calls]
    return _run(workers, answers)


def _run(workers: Sequence[Any], answers: Any) -> Counter[str]:
    for worker in workers:
        worker.start()
    counted = Counter(answers.get(timeout=PATIENCE) for _ in workers)
    for worker in workers:
        worker.join(PATIENCE)
    return counted


def _work(call: Call, barrier: Any, answers: Any) -> None:
    try:
        for connection in connections.all():
            connection.ensure_connection()
        barrier.wait(PATIENCE)
        answers.put(outcome(call))
    finally:
        connections.close_all()
