"""The list of a package: several contracts for one person, and the way into each of them and on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy

from wagtail_contracts.contracts.models import PackageItem, sender_name
from wagtail_contracts.contracts.rendering import days
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.errors import UnknownLink
from wagtail_contracts.signing.public import visitors
from wagtail_contracts.signing.public.landing import looked
from wagtail_contracts.signing.public.page import ParticipantPage, see_other
from wagtail_contracts.signing.public.situations import Situation

CLOSE = gettext_lazy("Confidential contract")  # the gate of each asks first
WORDS = {
    "turn": gettext_lazy("It is your turn to sign."),
    "spare": gettext_lazy("Your signature is not needed any more."),
    "signed_mine": gettext_lazy("You have signed. The others have not yet."),
    "signed": gettext_lazy("Signed by everyone."),
    "not_yet": gettext_lazy("Others come before you."),
    "review": gettext_lazy("In review. Nobody signs yet."),
    "declined": gettext_lazy("Declined."),
    "expired": gettext_lazy("The deadline has passed."),
    "withdrawn": gettext_lazy("Withdrawn."),
    "left": gettext_lazy("Somebody else takes part in your place."),
}


@dataclass(frozen=True)
class Row:
    """One contract of the list; `name` is a word for how it stands, as in Situation."""

    item: PackageItem
    name: str
    title: str
    is_here: bool

    @property
    def contract(self) -> Any:
        """The contract."""
        return self.item.participant.party.contract

    @property
    def words(self) -> str:
        """How it stands, in a sentence."""
        return str(WORDS.get(self.name, WORDS["not_yet"]))

    @property
    def is_turn(self) -> bool:
        """Whether it waits for a signature now."""
        return self.name == "turn"

    @property
    def opens(self) -> bool:
        """Whether there is something to open."""
        return self.name != "left"

    @property
    def deadline(self) -> str:
        """The last day to answer, while that matters."""
        at = self.contract.deadline
        return days.day(at) if at and self.name in ("turn", "not_yet", "review") else ""


class Package:
    """A package as the page of one of its contracts shows it."""

    def __init__(self, page: ParticipantPage) -> None:
        self.page = page
        self.items = list(signing.items_of(page.session))

    @cached_property
    def rows(self) -> list[Row]:
        """Its contracts, in the order in which they were made."""
        return [self._row(item) for item in self.items]

    @property
    def signed(self) -> int:
        """How many are signed by this person."""
        return sum(row.name in ("signed_mine", "signed") for row in self.rows)

    @property
    def waiting(self) -> list[Row]:
        """Those that wait for a signature of this person."""
        return [row for row in self.rows if row.is_turn]

    @property
    def leads_on(self) -> bool:
        """Whether the next step is another contract: this one waits for nothing."""
        return bool(self.next) and not any(row.is_here for row in self.waiting)

    @property
    def next(self) -> Row | None:
        """The next one after this that waits for a signature, from the top again after the last."""
        here = next((n for n, row in enumerate(self.rows) if row.is_here), 0)
        onward = [*self.rows[here + 1 :], *self.rows[:here]]
        return next((row for row in onward if row.is_turn), None)

    def _row(self, item: PackageItem) -> Row:
        person, contract = item.participant, item.participant.party.contract
        version: Any = contract.current_version
        here = person.pk == self.page.participant.pk
        gated = contract.is_confidential and not (here and signing.may_read(self.page.session))
        title = contract.number if gated else version.content["title"]
        name = "left" if person.left_at else Situation(contract, version, person).name
        return Row(item, name, title, here)


def beside(page: ParticipantPage) -> Package | None:
    """The package that somebody came by, for the pages of each contract in it."""
    return Package(page) if page.session.package_id else None


class InPackage(ParticipantPage):
    """For who came by a link to the package; whatever is confidential stays behind its own gate."""

    gated = False

    def enter(self, request: HttpRequest, **kwargs: Any) -> None:
        """Let in by a cookie, as to the contract; another link knows no package."""
        super().enter(request, **kwargs)
        if self.session.package_id is None:
            raise Http404


class List(InPackage):
    """The list."""

    def get(self, request: HttpRequest, public_id: str) -> HttpResponse:
        """Show it, with how far one is."""
        return self.show(
            "package",
            page=self,
            package=Package(self),
            organisation=self.workspace.legal_name if self.workspace else "",
            sender=sender_name(self.contract),
        )


class Step(InPackage):
    """The buttons: from the list, or from one contract, into another one."""

    def post(self, request: HttpRequest, public_id: str, other: str) -> HttpResponse:
        """Go on with the session that this sitting has there, or begin one."""
        response = see_other(reverse("wagtail_contracts:contract", args=[other]))
        had = visitors.cookie_of(request, other)
        going_on = signing.session_of(had)
        if going_on is not None and signing.is_same_sitting(going_on, self.session):
            return response
        try:
            made, secret = signing.step_into(self.session, other, replaces=had, by=self.by)
        except UnknownLink as unknown:
            raise Http404 from unknown
        if signing.may_read(made):
            looked(made, signing.actor_of(made.participant, visitors.address(request)))
        visitors.remember(request, response, made, secret)
        return response
