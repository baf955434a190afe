"""Whose turn it is to sign, asked of the database for many."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Greatest

from wagtail_contracts.contracts.models import Agreement, Contract, Participant
from wagtail_contracts.signing.models import Signature

SIGNATORY, APPROVER = Participant.Role.SIGNATORY, Participant.Role.APPROVER
NEWEST = "party__contract__current_version"


def to_sign(found: QuerySet[Contract], user: Any) -> QuerySet[Contract]:
    """Those of `found` that are out for signing and where it is the turn of `user`; `since` when.

    The rule is that of `core.quorum`: whoever has not signed the newest version, whose party is not
    bound yet, and before whom nobody stands of whom that is true, or who lacks a witness.
    """
    mine = _open(Participant.objects.present().filter(user=user))
    before = Participant.objects.present().filter(
        party__contract=OuterRef("party__contract"), position__lt=OuterRef("position")
    )
    given = Signature.objects.filter(participant=OuterRef("pk"), version=OuterRef(NEWEST))
    turns = mine.filter(~Exists(given), ~Exists(_open(before)), ~Exists(_approvers()))
    out = found.filter(state="signing", pk__in=turns.values("party__contract"))
    newest, last = F("current_version__frozen_at"), last_signed()
    return out.annotate(since=Greatest(Coalesce(last, newest), newest))


def approvers_of(found: Collection[int]) -> QuerySet[Participant]:
    """All whose yes to the newest version is waited for in contracts with these keys."""
    people = Participant.objects.present().filter(party__contract__in=found, role=APPROVER)
    return people.filter(~Exists(_agreed())).select_related("party").order_by("pk")


def last_signed() -> Subquery:
    """When the newest version of a contract was signed last.

    Beside the row, not joined to it: grouping reads whole contracts, which are long.
    """
    given = Signature.objects.filter(version=OuterRef("current_version"))
    return Subquery(given.order_by("-at").values("at")[:1])


def _open(people: QuerySet[Participant]) -> QuerySet[Participant]:
    """Those signatories who have not signed the newest version and are still needed."""
    mine = _full().filter(participant=OuterRef("pk"), version=OuterRef(NEWEST))
    counted: Any = people.filter(~Exists(mine), role=SIGNATORY).alias(
        all_who_sign=_number(
            Participant.objects.present().filter(party=OuterRef("party"), role=SIGNATORY)
        ),
        have_signed=_number(
            _full().filter(participant__party=OuterRef("party"), version=OuterRef(NEWEST))
        ),
    )
    needed = Case(
        When(party__rule="all", then=F("all_who_sign")),
        When(party__rule="any", then=Value(1)),
        default=F("party__count"),
        output_field=IntegerField(),
    )
    kept: QuerySet[Participant] = counted.filter(Q(have_signed__lt=needed))
    return kept


def _full() -> QuerySet[Signature]:
    """Signatures that count: the last witness of each, if it needs any, has spoken.

    Joined, not asked for: SQLite reads no statement that goes deeper than this one.
    """
    last = Q(attestations__place=F("participant__witnesses"))
    return Signature.objects.filter(Q(participant__witnesses=0) | last)


def _approvers() -> QuerySet[Participant]:
    """Those of the same party whose yes to the newest version is waited for."""
    people = Participant.objects.present().filter(party=OuterRef("party"), role=APPROVER)
    return people.filter(~Exists(_agreed()))


def _agreed() -> QuerySet[Agreement]:
    return Agreement.objects.filter(participant=OuterRef("pk"), version=OuterRef(NEWEST))


def _number(rows: QuerySet[Any]) -> Coalesce:
    counted = rows.order_by().values(one=Value(1)).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0, output_field=IntegerField())
