"""When to try again. Pure."""

from datetime import timedelta

WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360, 720, 1440))
ATTEMPTS = len(WAITS) + 1
JITTER = 0.2


def wait(attempts: int, chance: float) -> timedelta | None:
    """How long to wait after the n-th failed attempt; None when that was the last one.

    `chance` from 0 to 1 spreads the wait by 20 % either way, so that messages that failed
    together do not come back together.
    """
    if attempts >= ATTEMPTS:
        return None
    return WAITS[attempts - 1] * (1 + JITTER * (2 * chance - 1))
