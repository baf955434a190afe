"""When algorithms retire: from which day on a signature by them proves nothing any more.

What is proved to be older than that day stands, as with certificates that are over. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import NamedTuple

NAME = re.compile(r"(sha1|sha256|sha384|sha512)|(rsa|ec)-([1-9][0-9]{1,4})")
# A key's name stands for keys of that kind with so many bits or fewer.
RETIRED: Mapping[str, date] = {
    # NIST SP 800-131A Rev. 2, sections 3 and 9: disallowed for signatures after 2013.
    "sha1": date(2014, 1, 1),
    "rsa-2047": date(2014, 1, 1),
    "ec-223": date(2014, 1, 1),
    # ETSI TS 119 312 V1.5.1: RSA below 3000 bits until the end of 2028.
    "rsa-2999": date(2029, 1, 1),
}


class Retirement(NamedTuple):
    """`name` is the algorithm, as `NAME` writes it; from `at` on it proves nothing."""

    name: str
    at: datetime


def parsed(given: Mapping[str, object]) -> dict[str, date]:
    """Days by name, from words such as {"rsa-3071": "2030-01-01"}. Raises ValueError."""
    found = {}
    for name, day in given.items():
        if not NAME.fullmatch(name):
            raise ValueError(f"{name!r} is no algorithm, such as sha256, rsa-3071 or ec-256")
        found[name] = day if type(day) is date else date.fromisoformat(str(day))
    return found


def first(names: Iterable[str], earlier: Mapping[str, date]) -> Retirement | None:
    """The one of the algorithms that retires first; `earlier` holds days beside the table's."""
    days = [(day, name) for name in names for day in _days(name, earlier)]
    if not days:
        return None
    day, name = min(days)
    return Retirement(name, datetime(day.year, day.month, day.day, tzinfo=UTC))


def _days(name: str, earlier: Mapping[str, date]) -> Iterable[date]:
    for table in (RETIRED, earlier):
        yield from (day for other, day in table.items() if _covers(other, name))


def _covers(listed: str, name: str) -> bool:
    kind, _dash, most = listed.partition("-")
    own, _dash, bits = name.partition("-")
    return kind == own and (not most or int(bits) <= int(most))
