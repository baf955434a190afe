"""Steps of a trial: how long each took, what came of it, and what it lacked."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from wagtail_contracts.redaction import redacted

TRACE = "Call the command again with --traceback and read where it happened."


@dataclass(frozen=True)
class Missing:
    """What an installation lacks, and how to mend it."""

    what: str
    cure: str


@dataclass(frozen=True)
class Step:
    """One step; with nothing missing it succeeded. `seconds` is wall time."""

    name: str
    seconds: float
    told: str = ""
    missing: tuple[Missing, ...] = ()
    error: Exception | None = None


class Unmet(Exception):
    """A step that found out by itself what is missing."""

    def __init__(self, missing: Iterable[Missing], told: str = "") -> None:
        super().__init__(told)
        self.missing, self.told = tuple(missing), told


def timed(
    name: str, act: Callable[[], str], cure: Callable[[Exception], str] | None = None
) -> Step:
    """Do one step; whatever it raises is what was missing, and `cure` says how to mend it."""
    begun = time.monotonic()
    try:
        told = act()
    except Unmet as unmet:
        return Step(name, time.monotonic() - begun, unmet.told, unmet.missing)
    except Exception as error:  # noqa: BLE001 - any fault of an installation ends up here
        seconds = time.monotonic() - begun
        missing = Missing(_words(error), cure(error) if cure else TRACE)
        return Step(name, seconds, missing=(missing,), error=error)
    return Step(name, time.monotonic() - begun, told)


def _words(error: Exception) -> str:
    """A refusal speaks for itself; of anything else the kind is told too."""
    words = redacted(" ".join(str(error).split()))
    more = getattr(error, "missing", ())
    if getattr(error, "code", ""):
        return " ".join([words, *map(str, more)])
    return f"{type(error).__name__}: {words}"
