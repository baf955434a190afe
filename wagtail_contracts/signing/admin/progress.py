"""How far each participant has come: invited, opened, filled in, signed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wagtail_contracts import events
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import Contract, Participant
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.backends import methods
from wagtail_contracts.signing.flows.standing import Place, Standing
from wagtail_contracts.signing.rendering import levels


@dataclass(frozen=True)
class Step:
    """One of the four: its name, what is known of it, and whether it is done."""

    name: str
    words: str
    at: datetime | None = None
    done: bool = False


@dataclass(frozen=True)
class Person:
    """A participant with the steps; `turn`: they are to sign now, `signed`: they did.

    `means` says by what they show who they are, where that was chosen for them.
    """

    participant: Participant
    steps: tuple[Step, ...]
    turn: bool
    note: str
    signed: bool
    means: str = ""


@dataclass(frozen=True)
class Side:
    """A party with its people."""

    party: Any
    own: bool
    people: tuple[Person, ...]


class Progress:
    """All participants of a contract, read off its version and its trail."""

    def __init__(self, contract: Contract, trail: Sequence[Event]) -> None:
        self.contract, self.trail = contract, trail
        self.version: Any = contract.current_version
        self.standing: Standing | None = signing.standing(self.version) if self.version else None

    def sides(self) -> Iterator[Side]:
        """The parties in the order of the roles."""
        own = self.contract.own_roles
        for party in self.contract.parties.all():
            people = tuple(
                self._person(person) for person in party.people.all() if not person.left_at
            )
            yield Side(party, party.role in own, people)

    def _person(self, person: Participant) -> Person:
        place = self.standing.of(person) if self.standing else None
        steps = [self._invited(person), self._opened(person)]
        if person.role == Participant.Role.SIGNATORY:
            steps += [self._filled_in(person), self._signed(person, place)]
        out = self.contract.state == "signing" and place is not None
        turn = bool(out and place and place.turn)
        signed = bool(place and place.signature)
        return Person(person, tuple(steps), turn, self._note(place), signed, _means(person))

    def _note(self, place: Place | None) -> str:
        if place is None or self.contract.state != "signing":
            return ""
        if place.signature:
            return _("Has signed; a witness is missing") if place.lacks else ""
        if place.waits_for:
            return _("Signs when these have: %(names)s") % {"names": ", ".join(place.waits_for)}
        return "" if place.needed else _("Need not sign any more")

    def _invited(self, person: Participant) -> Step:
        mine = {"participant": person.public_id}
        at = self._first(events.INVITATION_ISSUED, mine) or self._first(events.CONTRACT_SENT)
        return Step(_("Invited"), "" if at else _("Not yet"), at, done=at is not None)

    def _opened(self, person: Participant) -> Step:
        seen = [
            event
            for event in self.trail
            if event.name == events.CONTRACT_VIEWED and event.actor_key == person.public_id
        ]
        if not seen:
            return Step(_("Opened"), _("Not yet"))
        number = max(event.data["version"] for event in seen)
        words = _("Version %(number)s") % {"number": number}
        return Step(_("Opened"), words, seen[-1].at, done=True)

    def _filled_in(self, person: Participant) -> Step:
        if self.version is None:
            return Step(_("Filled in"), _("Not yet"))
        mine = contracts.fields_of(person, self.version.content)
        if not mine:
            return Step(_("Filled in"), _("Nothing to fill in"), done=True)
        left = sum(field["label"] in self.version.unanswered for field in mine)
        words = ngettext("%(left)s field is empty", "%(left)s fields are empty", left)
        return Step(_("Filled in"), words % {"left": left} if left else _("All"), done=not left)

    def _signed(self, person: Participant, place: Place | None) -> Step:
        given = place.signature if place else None
        if given is not None:
            return Step(_("Signed"), levels.short(given.level), given.at, done=True)
        lapsed = [
            event.data["version"]
            for event in self.trail
            if event.name == events.SIGNATURE_GIVEN
            and event.data["participant"] == person.public_id
        ]
        words = _("Not yet; the signature on version %(number)s no longer counts")
        return Step(_("Signed"), words % {"number": lapsed[-1]} if lapsed else _("Not yet"))

    def _first(self, name: str, data: Mapping[str, Any] | None = None) -> datetime | None:
        found = (
            event.at
            for event in self.trail
            if event.name == name and (data or {}).items() <= event.data.items()
        )
        return next(found, None)


def _means(person: Participant) -> str:
    """By what somebody opens, signs and takes the copy, as far as it was chosen."""
    said = (
        (person.opens_by, _("opens %(how)s")),
        (person.signs_by, _("signs %(how)s")),
        (person.fetches_by, _("takes the sealed copy %(how)s")),
    )
    return ", ".join(words % {"how": methods.how(key)} for key, words in said if key)
