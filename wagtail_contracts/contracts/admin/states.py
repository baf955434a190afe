"""How a state is shown: word, icon and tone, in this order of importance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from wagtail_contracts.contracts.core import states

ICONS = {
    states.DRAFT: ("draft", "neutral"),
    states.IN_APPROVAL: ("user", "notice"),
    states.APPROVED: ("check", "notice"),
    states.NEGOTIATING: ("comment", "notice"),
    states.SIGNING: ("time", "notice"),
    states.SIGNED: ("check", "good"),
    states.DECLINED: ("cross", "bad"),
    states.EXPIRED: ("calendar-alt", "bad"),
    states.WITHDRAWN: ("rotate", "neutral"),
}


@dataclass(frozen=True)
class Chip:
    """One word with an icon."""

    word: str
    icon: str
    tone: str


def chip(contract: Any) -> Chip:
    """The chip of a contract's state."""
    icon, tone = ICONS[contract.state]
    return Chip(str(contract.get_state_display()), icon, tone)
