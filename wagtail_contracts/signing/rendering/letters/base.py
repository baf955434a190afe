"""A letter, and what its sentences are filled with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from wagtail_contracts.contracts.models import Contract, Participant, sender_name
from wagtail_contracts.contracts.rendering.days import day
from wagtail_contracts.signing.core.lines import plain

ATTACHED, TOO_LARGE = "attached", "too_large"  # the sealed file
WITHHELD, BEHIND = "withheld", "behind"  # and why it is in no mail


@dataclass(frozen=True)
class Letter:
    """One mail; `button` is the label of its one link."""

    subject: str
    lines: list[str]
    button: str = ""
    link: str = ""
    free: int | None = None  # how many lines a workspace's own words replace; None: all
    quote: str = ""  # what the sender, or whom `quoted` names, wrote
    quoted: str = ""
    let_in_by: str = ""  # who of the other parties entered the reader's address
    target: str = ""  # the page that the link leads to after the landing
    attached: list[tuple[str, bytes]] = field(default_factory=list)
    logo: bytes = field(default=b"", repr=False)  # PNG or JPEG


Words = Mapping[str, Any]


def words(contract: Contract, participant: Participant | None = None, **more: Any) -> Words:
    """What the sentences are filled with, each in one line."""
    version = contract.current_version
    return {
        "number": contract.number,
        "org": plain(contract.workspace.legal_name),
        "sender": plain(sender_name(contract)),
        "title": plain(contract.title if version is None else version.content["title"]),
        "version": version.number if version else "",
        "deadline": day(contract.deadline) if contract.deadline else "",
        "name": plain(participant.name) if participant else "",
        "who": plain(more.pop("who", "")),
        "clause": "",
        "n": 1,
        "reason": "",
        "delegates": contract.may_delegate,
        "review": contract.state == "negotiating",
        "let_in_by": _let_in_by(participant) if participant else "",
        **dict.fromkeys(("signed", "opened", "lacks"), ""),
        **dict.fromkeys(("changes", "left"), 0),
        **more,
    }


def _let_in_by(participant: Participant) -> str:
    return plain(participant.added_by.name) if participant.added_by else ""


def personal() -> str:
    """Whoever may hand the contract on does it on its page."""
    return _(
        "This link is personal. If somebody else decides, use “Forward” on the page instead of "
        "forwarding this mail."
    )


def to_outsider(contract: Contract, participant: Participant, **more: Any) -> Words:
    """The same for a mailbox outside: what is confidential goes by its number there."""
    filled = words(contract, participant, **more)
    close = {"title": contract.number, "clause": ""} if contract.is_confidential else {}
    return {**filled, **close}


def records(version: str, trail: str, length: Any, head: str) -> str:
    """Where the audit trail stands, so that a later change of it can be shown."""
    return _(
        "For your records: version %(version)s; audit trail %(trail)s, event %(length)s, %(head)s."
    ) % {"version": version, "trail": trail, "length": length, "head": head}
