"""What waits for somebody: asked by the list, the home page and mails.

A kind of waiting is a question: of some contracts, which wait for this user, and since when? What
the floor above knows comes through the hook `register_contract_waits`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from django.db.models import (
    CharField,
    Count,
    DateTimeField,
    F,
    IntegerField,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.core import states, waiting
from wagtail_contracts.contracts.core.waiting import Wait
from wagtail_contracts.contracts.flows.approving import awaiting
from wagtail_contracts.contracts.flows.planned import unheld
from wagtail_contracts.contracts.models import Approval, Contract

Contracts = QuerySet[Contract]
Question = Callable[[Contracts, Any], Contracts]
MOST = 100
# What is to be done, in the words of a button.
WAITS = {
    waiting.SIGN: _("Sign for us"),
    waiting.APPROVE: _("Approve"),
    waiting.ANSWER: _("An approver asks"),
    waiting.CONFIRM: _("Will not leave: confirm the sending again"),
    waiting.DIFFER: _("Somebody else came"),
    waiting.DELIVER: _("An e-mail was not delivered"),
    waiting.SEAL: _("The seal is delayed"),
    waiting.SEND: _("Send"),
    waiting.OPEN: _("Open for signing"),
    waiting.EXTEND: _("Extend or archive"),
}


class Desk:
    """What lies on somebody's desk; the questions are put together once, for all who ask.

    Of what waits for their approval, each by rules and days, it knows no more than `most`.
    """

    def __init__(self, user: Any, most: int | None = MOST) -> None:
        self.user, self.most = user, most

    def waits(self, most: int = 100) -> list[Wait]:
        """What needs them among what they see, the most pressing first: one query."""
        first, *more = [self._answers(kind) for kind in self.questions]
        found = first.union(*more, all=True).order_by("rank", "since", "pk")[: 2 * most]
        kinds = waiting.KINDS
        return waiting.first((Wait(pk, kinds[rank], since) for pk, rank, since in found), most)

    def needing(self, *kinds: str) -> Contracts:
        """The same contracts as a filter, of all kinds or of some."""
        first, *more = [self._asked(kind).values("pk") for kind in kinds or self.questions]
        return self._seen().filter(pk__in=first.union(*more))

    def failed(self) -> Contracts:
        """Those with a mail or a seal that did not succeed."""
        return self.needing(waiting.DELIVER, waiting.SEAL)

    def for_others(self) -> Contracts:
        """Their own contracts that are out, or to be approved, and need somebody else."""
        under_way = states.OPEN | {states.IN_APPROVAL}
        mine = self._seen().filter(owner=self.user, state__in=under_way)
        return mine.exclude(pk__in=self.needing().order_by().values("pk"))

    @cached_property
    def questions(self) -> dict[str, Question]:
        """By kind; what the floor above asks, too."""
        found: dict[str, Question] = {
            waiting.APPROVE: _to_approve([one.pk for one in awaiting(self.user, self.most)]),
            waiting.ANSWER: _questioned,
            waiting.CONFIRM: _stopped(unheld(self.user)),
            waiting.SEND: _approved,
            waiting.OPEN: _all_filled_in,
            waiting.EXTEND: _expired,
        }
        for function in hooks.get_hooks("register_contract_waits"):
            found.update(function())
        return found

    def _seen(self) -> Contracts:
        return permissions.visible(self.user).filter(listing__archived_at=None)

    def _asked(self, kind: str) -> Contracts:
        return self.questions[kind](Contract.objects.all(), self.user).order_by()

    def _answers(self, kind: str) -> QuerySet[Any, Any]:
        found = self.questions[kind](self._seen(), self.user).order_by()
        rank = Value(waiting.KINDS.index(kind), IntegerField())
        return found.annotate(rank=rank).values_list("pk", "rank", "since")


def waits(user: Any, most: int = 100) -> list[Wait]:
    """What needs `user` among what they see, the most pressing first."""
    return Desk(user).waits(most)


def needing(user: Any) -> Contracts:
    """The contracts that need `user` and that they see, as a filter."""
    return Desk(user, None).needing()


def waiting_for_others(user: Any) -> Contracts:
    """The contracts of `user` that are out, or to be approved, and need somebody else."""
    return Desk(user).for_others()


def how_many(asked: Mapping[str, Contracts], most: int) -> dict[str, int]:
    """How many contracts each of some questions finds, `most` for more: one query for all."""
    first, *more = [
        Contract.objects.filter(pk__in=found.order_by().values("pk")[:most])
        .order_by()
        .annotate(name=Value(name, CharField()))
        .values("name")
        .annotate(number=Count("pk"))
        .values_list("name", "number")
        for name, found in asked.items()
    ]
    return {**dict.fromkeys(asked, 0), **dict(first.union(*more, all=True))}


def _to_approve(theirs: list[int]) -> Question:
    """What waits for the yes of this person."""

    def question(found: Contracts, user: Any) -> Contracts:
        return found.filter(pk__in=theirs).annotate(since=F("approval__asked_at"))

    return question


def _questioned(found: Contracts, user: Any) -> Contracts:
    """An approver asked something that nobody has answered."""
    talk = (Approval.Decision.ASKED, Approval.Decision.ANSWERED)
    said = Approval.objects.filter(request=OuterRef("approval"), decision__in=talk).order_by("-pk")
    mine = found.filter(owner=user, approval__isnull=False)
    told = mine.annotate(said=Subquery(said.values("decision")[:1]))
    asked = told.filter(said=Approval.Decision.ASKED)
    return asked.annotate(since=Subquery(said.values("at")[:1]))


def _stopped(theirs: list[int]) -> Question:
    """What was confirmed, and will not leave as it is now."""

    def question(found: Contracts, user: Any) -> Contracts:
        return found.filter(pk__in=theirs).annotate(since=F("listing__active_at"))

    return question


def _approved(found: Contracts, user: Any) -> Contracts:
    """Everybody who had to has said yes."""
    mine = found.filter(owner=user, state=states.APPROVED)
    return mine.annotate(since=F("listing__active_at"))


def _all_filled_in(found: Contracts, user: Any) -> Contracts:
    """In review, with nothing left for the others to fill in."""
    mine = found.filter(owner=user, state=states.NEGOTIATING)
    ready = mine.filter(listing__answered__gte=F("listing__asked"))
    return ready.annotate(since=F("current_version__frozen_at"))


def _expired(found: Contracts, user: Any) -> Contracts:
    """The deadline has passed: it goes on, or is put away."""
    mine = found.filter(owner=user, state=states.EXPIRED)
    return mine.annotate(since=Cast("deadline", DateTimeField()))
