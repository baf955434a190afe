"""How many there are of something, as tabs, menus and panels say it: not beyond a hundred.

A page costs the same however many there are, and nobody reads more from it.
"""

from __future__ import annotations

from django.db.models import QuerySet

MOST = 99


def few(found: QuerySet) -> int:
    """How many, MOST + 1 for any number beyond MOST."""
    return int(found.order_by().values("pk")[: MOST + 1].count())


def said(number: int) -> str:
    """In words: nothing for none."""
    return f"{MOST}+" if number > MOST else str(number or "")
