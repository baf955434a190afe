"""One opening of a form: its next save begins with what it saved last, whatever it was told.

The answer to an autosave may come late or never, so that a save knows of a beginning that its own
form has overtaken. Another tab is another opening.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wagtail_contracts.contracts.models.openings import NOTE


@dataclass(frozen=True)
class Sent:
    """One post of a form: of which opening, whose, and what it began with as far as it knows.

    `turn` counts the posts of an opening; only of an autosave it says that it is late.
    """

    opening: str
    user: Any
    began: Mapping[str, Any]
    turn: int = 0
    auto: bool = False


def last(working: Any, sent: Sent) -> Any:
    """The revision that this opening saved last, or None."""
    if not sent.opening:
        return None
    own = working.revisions.filter(user=sent.user, **{f"content__{NOTE}__opening": sent.opening})
    return own.order_by("-created_at", "-pk").first()


def is_late(sent: Sent, saved: Any) -> bool:
    """Whether an autosave arrives after a newer post of its own form was saved."""
    return bool(saved and sent.auto and sent.turn <= _turn(saved))


def sign(instance: Any, sent: Sent, saved: Any) -> None:
    """Note on what is to be saved which opening saves it."""
    if sent.opening:
        turn = max(sent.turn, _turn(saved) if saved else 0)
        instance.opening_note = {"opening": sent.opening, "turn": turn}


def _turn(saved: Any) -> int:
    turn: int = saved.content[NOTE]["turn"]
    return turn
