"""What may wait for somebody, and what of it comes first.

One question for the list, the home page and mails: what needs me? Each kind is answered by one
query (see `flows.waiting`); here the answers are put together.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

DIFFER, SIGN, APPROVE, DELIVER, SEAL = "differ", "sign", "approve", "deliver", "seal"
ANSWER, CONFIRM, SEND, OPEN, EXTEND = "answer", "confirm", "send", "open", "extend"
KINDS = (
    DIFFER,
    SIGN,
    APPROVE,
    ANSWER,
    CONFIRM,
    DELIVER,
    SEAL,
    SEND,
    OPEN,
    EXTEND,
)  # the most pressing first


@dataclass(frozen=True)
class Wait:
    """A contract waits for somebody: what is to be done with it, and since when."""

    contract: int
    kind: str
    since: datetime


def first(found: Iterable[Wait], most: int) -> list[Wait]:
    """One for each contract, that which presses most; of a kind the longest first; at most `most`.

    Raises ValueError for a kind that nobody knows.
    """
    kept: dict[int, Wait] = {}
    for wait in sorted(found, key=_rank):
        kept.setdefault(wait.contract, wait)
    return list(kept.values())[:most]


def _rank(wait: Wait) -> tuple[int, datetime, int]:
    return KINDS.index(wait.kind), wait.since, wait.contract
