"""What commands are given and say: a day, and one line that shows what it is."""

from __future__ import annotations

import unicodedata
from argparse import ArgumentTypeError
from datetime import UTC, date, datetime, time


def plain(text: str) -> str:
    """In one line, what no page or console shows otherwise than it is, and no database refuses.

    Who signs chooses a name, and who tampers a file's: neither writes a verdict under ours.
    """
    return "".join(sign if _is_shown(sign) else ascii(sign)[1:-1] for sign in text)


def day(text: str) -> datetime:
    """The beginning of a day in UTC, of an option. Raises ArgumentTypeError."""
    try:
        return datetime.combine(date.fromisoformat(text), time.min, UTC)
    except ValueError as error:
        raise ArgumentTypeError(f"“{text}” is no day, such as 2030-12-31.") from error


def _is_shown(sign: str) -> bool:
    return sign.isprintable() or unicodedata.category(sign) == "Zs"
