"""Numbers of contracts: a stem that names the series, then a count.

A stem ends with no digit, so a number can be read in one way only: two series never share one.
"""

from __future__ import annotations

import re

DEFAULT = "{code}-{year}-"
CODE, LONGEST = 10, 30  # characters of a code and of a stem
PREFIX = re.compile(r"(?:[A-Z0-9._-]|\{code\}|\{year\})*[A-Z._-]")


def is_prefix(text: str) -> bool:
    """Say whether this can begin the numbers of a workspace."""
    return PREFIX.fullmatch(text) is not None and len(stem(text, "C" * CODE, 2000)) <= LONGEST


def stem(prefix: str, code: str, year: int) -> str:
    """The beginning of the numbers of one series."""
    return prefix.replace("{code}", code).replace("{year}", str(year))


def number(stem: str, count: int, digits: int) -> str:
    """One number of a series."""
    return f"{stem}{count:0{digits}d}"
