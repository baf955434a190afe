"""CPU time of this process and its children, both sides of a ratio in turn; rows of the table.

The children that render and judge outlive the runs, so their clocks are read while they live: a
process's own CPU clock on Linux, as clock_getcpuclockid(3) numbers it.
"""

from __future__ import annotations

import resource
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

Task = Callable[[], float]
WARM = 1


@dataclass(frozen=True)
class Row:
    """A line of the table. `ours` and `bare` are words with units; `most` is the bar, if any."""

    part: str
    what: str
    ours: str
    bare: str = ""
    ratio: float | None = None
    most: float | None = None

    @property
    def holds(self) -> bool:
        """Whether it is within its bar."""
        return self.most is None or (self.ratio is not None and self.ratio <= self.most)


def cells(row: Row) -> tuple[str, ...]:
    """A row's cells, as words."""
    ratio = "" if row.ratio is None else f"{row.ratio:.2f}"
    return row.what, row.ours, row.bare, ratio, "" if row.most is None else f"{row.most:g}"


def line(row: Row) -> str:
    """A row for the terminal."""
    what, ours, bare, ratio, most = cells(row)
    told = [f"{row.part}: {what}: {ours}", bare and f"against {bare}", ratio and f"ratio {ratio}"]
    return ", ".join(filter(None, [*told, most and f"bar {most}"]))


def cpu() -> float:
    """Seconds of CPU that this process and all its children have used."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + ended.ru_utime + ended.ru_stime + sum(map(of, _children()))


def spent(job: Callable[[], object], check: Callable[[object], None]) -> Task:
    """A task that gives the CPU seconds of a job; what the job made is checked after the clock."""

    def task() -> float:
        begun = cpu()
        made = job()
        seconds = cpu() - begun
        check(made)
        return seconds

    return task


def interleaved(tasks: Mapping[str, Task], rounds: int) -> dict[str, float]:
    """The median seconds of each task; they take turns, so that a busy machine troubles all alike.

    A turn before them warms up; no rounds mean one turn without. Medians and not the least,
    because memory that has to be cleared now and then is part of the cost.
    """
    times: dict[str, list[float]] = {name: [] for name in tasks}
    warm = WARM if rounds else 0
    for turn in range(warm + max(rounds, 1)):
        for name, task in tasks.items():
            seconds = task()
            if turn >= warm:
                times[name].append(seconds)
    return {name: statistics.median(found) for name, found in times.items()}


def compared(part: str, what: str, ours: float, bare: float, most: float | None = None) -> Row:
    """A row of two times in seconds."""
    return Row(part, what, milliseconds(ours), milliseconds(bare), ours / bare, most)


def milliseconds(seconds: float) -> str:
    """A time for people."""
    thousandths = seconds * 1000
    return f"{thousandths:.0f} ms" if thousandths >= 20 else f"{thousandths:.2f} ms"


def _children() -> list[int]:
    from wagtail_contracts.sealing.flows import rendering, verifying
    from wagtail_contracts.sealing.rendering import typefaces, worker

    workers = (
        worker.shared(rendering.JOB, rendering.LIMITS, typefaces.places()),
        worker.shared(verifying.JOB, verifying.LIMITS, (typefaces.BUNDLED,)),
    )
    return [one._child.pid for one in workers if one._child]


def of(pid: int) -> float:
    """Seconds of CPU that a living process has used."""
    return time.clock_gettime((~pid << 3) | 2)
