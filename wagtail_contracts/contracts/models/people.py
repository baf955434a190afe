"""What the people of the site are called, wherever they are named."""

from __future__ import annotations

from typing import Any


def person_name(user: Any) -> str:
    """The full name of a member of staff; whoever has none goes by the name of their account."""
    return str(user.get_full_name() or user.get_username())
