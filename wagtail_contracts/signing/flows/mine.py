"""What a member of staff must sign and has signed, wherever they may enter; and their way in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from wagtail_contracts.actors import Actor
from wagtail_contracts.contracts.models import Contract, Participant
from wagtail_contracts.signing.flows.admitting import UNREAD, admit, invite
from wagtail_contracts.signing.flows.limiting import limit
from wagtail_contracts.signing.flows.turns import to_sign
from wagtail_contracts.signing.models import Signature, SigningSession

NOW, LATER, DONE = "now", "later", "done"
ENDED = ("signed", "declined", "expired", "withdrawn")
ENTRIES_AN_HOUR = 60
CONTRACT = "party__contract"


@dataclass(frozen=True)
class Part:
    """The part that somebody has in one contract.

    `turn` is "now" where it is theirs to sign, "done" where they signed what stands, else "later".
    """

    participant: Participant
    contract: Contract
    turn: str
    signed_at: datetime | None

    @property
    def title(self) -> str:
        """What they are shown, not what somebody is writing meanwhile."""
        version: Any = self.contract.current_version
        return str(version.content["title"])


def parts_of(user: Any) -> QuerySet[Participant]:
    """Where somebody takes part as a member of our staff, in what was sent; newest first."""
    sent = {"party__contract__current_version__isnull": False}
    mine = Participant.objects.present().filter(user=user, **sent)
    whole = [f"{CONTRACT}__{name}" for name in ("workspace", "owner", "current_version")]
    unread = [f"{CONTRACT}__{name}" for name in UNREAD]
    return mine.select_related(*whole).defer(*unread).order_by(f"-{CONTRACT}__pk", "pk")


def open_parts(user: Any) -> list[Part]:
    """Those that go on: what waits for them first."""
    found = _parts(parts_of(user).exclude(party__contract__state__in=ENDED), user)
    return sorted(found, key=lambda part: (NOW, LATER, DONE).index(part.turn))


def ended_parts(user: Any) -> QuerySet[Participant]:
    """Those that are over, whichever way, for a page at a time."""
    return parts_of(user).filter(party__contract__state__in=ENDED)


def as_parts(people: Iterable[Participant], user: Any) -> list[Part]:
    """The same with what they did there."""
    return _parts(people, user)


def turns(user: Any) -> int:
    """In how many contracts it is somebody's turn to sign."""
    return to_sign(Contract.objects.all(), user).count()


def come_in(
    participant: Participant, *, by: Actor, replaces: str = ""
) -> tuple[SigningSession, str]:
    """Let a member of staff in as themselves, without a mail; return session and cookie.

    The site has let them in already. `by` is the participant. Raises TooMany.
    """
    limit("mine", str(participant.pk), most=ENTRIES_AN_HOUR, by=by)
    return admit(invite(participant, by=by), replaces=replaces, by=by)


def _parts(people: Iterable[Participant], user: Any) -> list[Part]:
    rows = list(people)
    own = [row.party.contract_id for row in rows]
    waiting = set(to_sign(Contract.objects.filter(pk__in=own), user).values_list("pk", flat=True))
    given = Signature.objects.filter(participant__in=rows).values_list(
        "participant", "version", "at"
    )
    signed = {(participant, version): at for participant, version, at in given}
    return [_part(row, row.party.contract, waiting, signed) for row in rows]


def _part(
    row: Participant, contract: Contract, waiting: set[int], signed: dict[Any, datetime]
) -> Part:
    at = signed.get((row.pk, contract.current_version_id))
    turn = DONE if at else NOW if contract.pk in waiting else LATER
    return Part(row, contract, turn, at)
