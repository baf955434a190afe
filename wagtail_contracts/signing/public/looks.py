"""Which versions a participant was shown, and when."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from wagtail_contracts import events
from wagtail_contracts.actors import Actor
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.errors import StaleVersion
from wagtail_contracts.contracts.models import Contract, ContractVersion, Participant
from wagtail_contracts.signing.models import Signature


@dataclass(frozen=True)
class Looks:
    """When each version was last looked at, and which were signed, by number."""

    seen: dict[int, datetime]
    signed: dict[int, datetime]

    @property
    def known(self) -> dict[int, datetime]:
        """Every version that this person knows."""
        return {**self.signed, **self.seen}

    def base(self, current: int) -> int | None:
        """What to compare the newest version with: what was signed, else what was looked at."""
        if current not in self.signed and self.signed:
            return max(self.signed)
        return max((number for number in self.known if number < current), default=None)

    def is_news(self, current: int) -> bool:
        """Whether the newest version was not looked at, but an earlier one was."""
        return current not in self.known and self.base(current) is not None


def of(contract: Contract, participant: Participant, current: int) -> Looks:
    """What the trail and the signatures say, for whoever looks at version `current`.

    Signatures say what an earlier version is compared with, and before the first there is none.
    """
    seen = _seen(contract, participant)
    if current == 1:
        return Looks(seen, signed={})
    given = Signature.objects.filter(participant=participant).values_list("version__number", "at")
    return Looks(seen, signed=dict(given))


def record(participant: Participant, version: ContractVersion, *, by: Actor) -> None:
    """Record that a version was shown, unless it has been or is the newest no more."""
    if version.number in _seen(version.contract, participant):
        return
    with suppress(StaleVersion):
        contracts.view(participant, version.digest, by=by)


def _seen(contract: Contract, participant: Participant) -> dict[int, datetime]:
    views = Event.objects.of(contract.trail).named(events.CONTRACT_VIEWED)
    mine = views.by(participant.public_id, kind="participant")
    return {event.data["version"]: event.at for event in mine}
