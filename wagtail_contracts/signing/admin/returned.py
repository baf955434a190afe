"""Whose address does not work, atop a contract's overview."""

from __future__ import annotations

from dataclasses import dataclass

from wagtail_contracts.contracts.models import Contract, Participant
from wagtail_contracts.contracts.rendering.days import short_moment
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.rendering.bounces import reason


@dataclass(frozen=True)
class Returned:
    """Somebody whom no mail reaches: why, since when, and what their server wrote."""

    person: Participant
    why: str
    when: str
    said: str


def returned(contract: Contract) -> list[Returned]:
    """Each whose address does not work, as far as is known."""
    found = signing.bounces(contract)
    people = signing.unreachable(contract) if found else ()
    lost = [(person, found[person.pk]) for person in people if person.pk in found]
    return [
        Returned(person, reason(bounce.status), short_moment(bounce.at), bounce.said)
        for person, bounce in lost
    ]
