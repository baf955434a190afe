"""When to try again."""

MINUTE, HOUR = 60, 3600
WAITS = (MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 6 * HOUR, 12 * HOUR, 24 * HOUR)
SPREAD = 0.2


def wait(attempts: int, chance: float) -> float | None:
    """Seconds to wait after so many tries in vain; None when it is time to give up.

    `chance` between 0 and 1 spreads the waits by 20 % up and down, so that what failed together
    is not tried together again.
    """
    if attempts > len(WAITS):
        return None
    return WAITS[attempts - 1] * (1 - SPREAD + 2 * SPREAD * chance)
