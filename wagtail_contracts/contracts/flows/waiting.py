"""What waits for somebody: asked by the list, the home page and mails.

A kind of waiting is a question: of some contracts, which wait for this user, and since when? What
the floor above knows comes through the hook `register_contract_waits`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import DateTimeField, F, Q, QuerySet
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.core import states, waiting
from wagtail_contracts.contracts.core.waiting import Wait
from wagtail_contracts.contracts.flows.approving import awaiting
from wagtail_contracts.contracts.models import Contract

Contracts = QuerySet[Contract]
Question = Callable[[Contracts, Any], Contracts]
# What is to be done, in the words of a button.
WAITS = {
    waiting.SIGN: _("Sign for us"),
    waiting.APPROVE: _("Approve"),
    waiting.DELIVER: _("An e-mail was not delivered"),
    waiting.SEAL: _("The seal is delayed"),
    waiting.SEND: _("Send"),
    waiting.OPEN: _("Open for signing"),
    waiting.EXTEND: _("Extend or archive"),
}


def waits(user: Any, most: int = 100) -> list[Wait]:
    """What needs `user` among what they see, the most pressing first; one query for each kind."""
    found = [
        Wait(contract, kind, since)
        for kind, question in _questions().items()
        for contract, since in _answers(question(_seen(user), user))[:most]
    ]
    return waiting.first(found, most)


def needing(user: Any) -> Contracts:
    """The contracts that need `user` and that they see: the same in one query, as a filter."""
    questions = _questions().values()
    asked = [
        question(Contract.objects.all(), user).order_by().values("pk") for question in questions
    ]
    return _seen(user).filter(reduce(or_, [Q(pk__in=pks) for pks in asked]))


def waiting_for_others(user: Any) -> Contracts:
    """The contracts of `user` that are out and need somebody else."""
    mine = _seen(user).filter(owner=user, state__in=states.OPEN)
    return mine.exclude(pk__in=needing(user).order_by().values("pk"))


def _seen(user: Any) -> Contracts:
    return permissions.visible(user).filter(listing__archived_at=None)


def _answers(found: Contracts) -> QuerySet[Any, tuple[int, Any]]:
    return found.order_by("since", "pk").values_list("pk", "since")


def _questions() -> dict[str, Question]:
    found = {
        waiting.APPROVE: _to_approve,
        waiting.SEND: _approved,
        waiting.OPEN: _all_filled_in,
        waiting.EXTEND: _expired,
    }
    for function in hooks.get_hooks("register_contract_waits"):
        found.update(function())
    return found


def _to_approve(found: Contracts, user: Any) -> Contracts:
    """What waits for the yes of this person."""
    theirs = [contract.pk for contract in awaiting(user)]
    return found.filter(pk__in=theirs).annotate(since=F("approval__asked_at"))


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
