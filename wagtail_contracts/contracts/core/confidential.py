"""How close an offer is kept: the ways there are, which is stricter, and what each allows."""

from wagtail_contracts.contracts.core import states

OPEN, MARKED, IDENTIFY = "", "marked", "identify"
WAYS = (OPEN, MARKED, IDENTIFY)  # each stricter than the one before


def is_gated(way: str) -> bool:
    """Say whether people show who they are before they read anything."""
    return way != OPEN


def gives_files(way: str, state: str) -> bool:
    """Say whether exhibits may be taken along: before all have signed, of an open offer alone."""
    return way == OPEN or state == states.SIGNED


def gives_marked_copy(way: str, state: str) -> bool:
    """Say whether a copy that bears its reader's name may be taken along."""
    return way == MARKED and state in states.OPEN


def may_become(now: str, wanted: str, state: str) -> bool:
    """Say whether one way may follow another: once it is out, only a stricter one."""
    if wanted not in WAYS:
        return False
    return state in states.INSIDE or WAYS.index(wanted) >= WAYS.index(now)
