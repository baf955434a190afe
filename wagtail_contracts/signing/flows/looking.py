"""Which versions a participant was shown or signed, and what the newest is compared with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from wagtail_contracts import events
from wagtail_contracts.audit.models import Event
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


def looks_of(contract: Contract, participant: Participant, current: int) -> Looks:
    """What the trail and the signatures say, for whoever looks at version `current`.

    Signatures say what an earlier version is compared with, and before the first there is none.
    """
    seen = looked_at(contract, participant)
    if current == 1:
        return Looks(seen, signed={})
    given = Signature.objects.filter(participant=participant).values_list("version__number", "at")
    return Looks(seen, signed=dict(given))


def compared_with(participant: Participant, version: ContractVersion) -> ContractVersion | None:
    """The version that this one is compared with before this person signs it; None for none.

    That is what they signed last, else what they saw last. Where nothing came since but their own
    answers, there is nothing to compare.
    """
    number = version.number
    base = looks_of(version.contract, participant, number).base(number)
    own = version.answers.filter(participant=participant).exists()
    if base is None or (own and base == number - 1):
        return None
    return version.contract.versions.get(number=base)


def looked_at(contract: Contract, participant: Participant) -> dict[int, datetime]:
    """When each version was last looked at, by number."""
    views = Event.objects.of(contract.trail).named(events.CONTRACT_VIEWED)
    mine = views.by(participant.public_id, kind="participant")
    return {event.data["version"]: event.at for event in mine}
