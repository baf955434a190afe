"""How things stand for the person who looks: one word that pages choose by, and the facts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from wagtail_contracts import events
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import (
    OUT,
    Agreement,
    Contract,
    ContractVersion,
    Participant,
)
from wagtail_contracts.contracts.rendering import days
from wagtail_contracts.contracts.rendering.acting import acting, is_joint, signs_for
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.flows.standing import Place
from wagtail_contracts.signing.models import Decline, Retraction, Signature
from wagtail_contracts.signing.public import phrases


@dataclass(frozen=True)
class Status:
    """A few words about something, with an icon and a tone that repeat them."""

    words: str
    icon: str
    tone: str = ""


@dataclass(frozen=True)
class Person:
    """A signatory in the list of those who sign."""

    name: str
    capacity: str
    is_me: bool
    status: Status
    at: str = ""
    acting: str = ""


class Situation:
    """A contract's newest version as one participant finds it."""

    def __init__(self, contract: Contract, version: ContractVersion, participant: Participant):
        self.contract, self.version, self.participant = contract, version, participant
        self.standing = signing.standing(version)
        self.place = self.standing.of(participant)
        self.zone = ZoneInfo(contract.workspace.timezone)

    @property
    def is_open(self) -> bool:
        """Whether something can still be done."""
        return self.contract.state in OUT

    @cached_property
    def name(self) -> str:
        """A closed state, or one of reading, review, signed_mine, not_yet, spare, turn."""
        if not self.is_open:
            return str(self.contract.state)
        if self.place is None:
            return "reading"
        if self.contract.state == "negotiating":
            return "review"
        if self.place.signature:
            return "signed_mine"
        if self.place.waits_for:
            return "not_yet"
        return "turn" if self.place.needed else "spare"

    @property
    def signs_for(self) -> str:
        """For whom this person signs, where that is said beside the kind of their party."""
        return signs_for(self.place.party, self.place.person) if self.place else ""

    @property
    def is_my_turn(self) -> bool:
        """Whether this person can sign now."""
        return self.name == "turn"

    @property
    def may_fill_in(self) -> bool:
        """Whether fields are still open for this person."""
        return self.may("fill_in") and self.name in ("turn", "not_yet", "review", "spare")

    def may(self, act: str) -> bool:
        """Whether the role of this person opens an act here, whatever else it needs."""
        return contracts.may_now(self.participant, act, self.contract)

    @cached_property
    def agreements(self) -> dict[str, datetime]:
        """When people agreed to this version, by their public ids."""
        given = Agreement.objects.filter(version=self.version)
        return dict(given.values_list("participant__public_id", "at"))

    @property
    def agreement(self) -> datetime | None:
        """When this person agreed to this version."""
        asked = self.may("agree")
        return self.agreements.get(self.participant.public_id) if asked else None

    @property
    def asks_agreement(self) -> bool:
        """Whether this person may agree and has not."""
        return self.may("agree") and self.agreement is None

    @property
    def agreed_on(self) -> str:
        """The day of that."""
        return self.day(self.agreement) if self.agreement else ""

    @property
    def may_decline(self) -> bool:
        """Whether a no would still change something."""
        return self.may("decline") and self.place is not None

    @cached_property
    def waiting_for(self) -> str:
        """Names of the others who can sign now, or of those whose yes this person needs first."""
        if self.place and self.place.approvers and not self.place.signature:
            return phrases.names(self.place.approvers)
        others = [place for place in self.standing.waiting if place is not self.place]
        return phrases.names([place.person["name"] for place in others])

    @cached_property
    def given_by_others(self) -> str:
        """Names of those whose signatures a new version would make void."""
        others = [place for place in self.standing.given if place is not self.place]
        return phrases.names([place.person["name"] for place in others])

    @cached_property
    def declined(self) -> Decline | None:
        """The no that ended it."""
        found = Decline.objects.filter(version__contract=self.contract)
        return found.select_related("participant").first()

    @cached_property
    def retraction(self) -> Retraction | None:
        """That a consumer withdrew from what was signed."""
        possible = self.name == "signed" and self.contract.withdrawal_days
        return signing.retraction_of(self.contract) if possible else None

    @cached_property
    def ended_at(self) -> datetime | None:
        """When it was signed by all, or declined."""
        if self.name == "signed":
            return max(place.signature.at for place in self.standing.given if place.signature)
        return self.declined.at if self.declined else None

    def day(self, at: datetime) -> str:
        """A day in the zone of the workspace."""
        return days.day(at.astimezone(self.zone).date())

    def moment(self, at: datetime) -> str:
        """A moment in the zone of the workspace."""
        return days.moment(at, self.zone)

    @cached_property
    def chip(self) -> Status:
        """The few words on top of the page and in its title."""
        if self.asks_agreement and self.participant.role == Participant.Role.APPROVER:
            return Status(_("Waiting for your approval"), "arrow", "act")
        made = {
            "turn": Status(_("Your turn to sign"), "arrow", "act"),
            "review": Status(_("For your review"), "eye", "info"),
            "reading": Status(_("For reading"), "eye"),
            "withdrawn": Status(_("Withdrawn"), "undo"),
        }.get(self.name)
        return made or self._chip_with_facts()

    def _chip_with_facts(self) -> Status:
        if made := self.retraction:
            words = {"name": made.participant.name, "day": self.day(made.at)}
            return Status(_("%(name)s withdrew from it on %(day)s") % words, "undo", "notice")
        at = self.day(self.ended_at) if self.ended_at else ""
        if self.name == "signed":
            return Status(_("Signed by everyone on %s") % at, "check", "good")
        if self.name == "declined":
            return Status(_("Declined on %s") % at, "cross", "bad")
        if self.name == "expired":
            day = days.day(self.contract.deadline) if self.contract.deadline else ""
            return Status(_("The deadline was %s") % day, "glass", "bad")
        return Status(_("Waiting for %s") % self.waiting_for, "clock", "notice")

    def parties(self) -> Iterator[dict[str, Any]]:
        """The parties, each with those who sign."""
        for party in self.version.content["parties"]:
            found = [place for place in self.standing.places if place.party["id"] == party["id"]]
            people = [self.person(place) for place in found]
            yield {**party, "signatories": people, "jointly": is_joint(party)}

    def person(self, place: Place) -> Person:
        """One signatory, and how it stands with the signature."""
        given = place.signature
        return Person(
            name=place.person["name"],
            capacity=place.person["capacity"],
            is_me=place.person["id"] == self.participant.public_id,
            status=self._status(place),
            acting=acting(place.person),
            at=self.moment(given.at) if given else "",
        )

    def _status(self, place: Place) -> Status:
        if place.signature:
            return self._status_signed(place, place.signature)
        if not self.is_open:
            return self._status_closed(place)
        if not place.needed:
            return Status(_("Need not sign"), "todo")
        if self.contract.state == "negotiating":
            if place.person["id"] in self.agreements:
                return Status(_("Agrees to this version, signs later"), "done", "good")
            return Status(_("Signs later"), "todo")
        if place.waits_for:
            return Status(_("Signs after %s") % phrases.names(place.waits_for), "todo")
        if place.person["id"] == self.participant.public_id:
            return Status(_("Your turn"), "now", "act")
        return Status(_("Has been asked"), "clock", "notice")

    def _status_signed(self, place: Place, given: Signature) -> Status:
        if place.lacks:
            return Status(_("Signed; a witness is missing"), "clock", "notice")
        return Status(_("Signed %s") % self.day(given.at), "done", "good")

    def _status_closed(self, place: Place) -> Status:
        if self.declined and self.declined.participant.public_id == place.person["id"]:
            return Status(_("Declined %s") % self.day(self.declined.at), "cross", "bad")
        return Status(_("Did not sign"), "todo")


def withdrawal(contract: Contract) -> Event | None:
    """The event that says when it was withdrawn, and why."""
    return Event.objects.of(contract.trail).named(events.CONTRACT_WITHDRAWN).last()
