"""Writes that a trigger refused: who tries to change evidence in this process does not go unseen.

The refusal takes back the transaction that it happens in, so nothing can be kept there. It is
logged at once, and handed to whoever asks when that is over. What another program writes is seen
by the database alone.
"""

from __future__ import annotations

import logging
import re
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError
from django.db.backends.signals import connection_created

log = logging.getLogger("wagtail_contracts.evidence")
# As `append_only` words it. An INSERT beside a row that is there is a race that the loser repeats.
REFUSED = re.compile(r"([a-z_]+) (?:is append-only|only moves forward|out of order)")
RACE = re.compile(r"\s*INSERT\s+(?!OR\s+REPLACE)", re.IGNORECASE)
KEPT = 100  # that nobody has asked for

_noted: deque[Refused] = deque(maxlen=KEPT)


@dataclass(frozen=True)
class Refused:
    """A statement on one table, by its first word."""

    table: str
    verb: str


def listen() -> None:
    """Look at every statement of this process from now on; call it in AppConfig.ready."""
    connection_created.connect(_look, dispatch_uid="wagtail_contracts.refusals")


def take(prefix: str = "") -> list[Refused]:
    """What was refused on tables whose names begin so, each once; nobody else gets it again."""
    taken = [_noted.popleft() for _one in range(len(_noted))]
    _noted.extend(one for one in taken if not one.table.startswith(prefix))
    return [one for one in dict.fromkeys(taken) if one.table.startswith(prefix)]


def put_back(ones: Iterable[Refused]) -> None:
    """Whoever took them could not keep them: the next one who asks gets them."""
    _noted.extend(ones)


def are_waiting() -> bool:
    """Whether anything was refused that nobody has asked for."""
    return bool(_noted)


def _look(connection: Any, **_signal: Any) -> None:
    if _watched not in connection.execute_wrappers:
        connection.execute_wrappers.append(_watched)


def _watched(execute: Callable[..., Any], sql: Any, params: Any, many: Any, context: Any) -> Any:
    try:
        return execute(sql, params, many, context)
    except IntegrityError as error:
        _note(str(sql), str(error))
        raise


def _note(sql: str, error: str) -> None:
    found = REFUSED.search(error)
    if found is None or ("append-only" in error and RACE.match(sql)):
        return
    refused = Refused(found[1], sql.split(None, 1)[0].upper()[:16])
    log.error("the database refused to %s in %s", refused.verb, refused.table)
    _noted.append(refused)
