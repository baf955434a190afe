"""Whose turn it is: to sign, asked of the database for many; and whom one contract waits for."""

from __future__ import annotations

from typing import Any

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Greatest

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import Contract, Participant
from wagtail_contracts.signing.flows.standing import standing
from wagtail_contracts.signing.models import Signature

SIGNATORY = Participant.Role.SIGNATORY
NEWEST = "party__contract__current_version"


def to_sign(found: QuerySet[Contract], user: Any) -> QuerySet[Contract]:
    """Those of `found` that are out for signing and where it is the turn of `user`; `since` when.

    The rule is that of `core.quorum`: whoever has not signed the newest version, whose party is not
    bound yet, and before whom nobody stands of whom that is true.
    """
    mine = _open(Participant.objects.filter(user=user))
    before = Participant.objects.filter(
        party__contract=OuterRef("party__contract"), position__lt=OuterRef("position")
    )
    turns = mine.filter(~Exists(_open(before)))
    out = found.filter(state="signing", pk__in=turns.values("party__contract"))
    newest = F("current_version__frozen_at")
    last = Coalesce(Max("current_version__signatures__at"), newest)
    return out.annotate(since=Greatest(last, newest))


def waited_for(contract: Contract) -> list[Participant]:
    """Whom a contract that is out waits for now, of all sides.

    Out for signing those who may sign and are needed; in review those with something to fill in.
    """
    version, people = contract.current_version, _signatories(contract)
    if version is None:
        return []
    if contract.state == "signing":
        turn = {place.person["id"] for place in standing(version).waiting}
        return [person for person in people if person.public_id in turn]
    if contract.state == "negotiating" and (left := set(version.unanswered)):
        return [
            person
            for person in people
            if any(field["label"] in left for field in contracts.fields_of(person, version.content))
        ]
    return []


def _signatories(contract: Contract) -> list[Participant]:
    people = Participant.objects.filter(party__contract=contract, role=SIGNATORY)
    return list(people.select_related("party").order_by("pk"))


def _open(people: QuerySet[Participant]) -> QuerySet[Participant]:
    """Those signatories who have not signed the newest version and are still needed."""
    mine = Signature.objects.filter(participant=OuterRef("pk"), version=OuterRef(NEWEST))
    counted: Any = people.filter(~Exists(mine), role=SIGNATORY).alias(
        all_who_sign=_number(Participant.objects.filter(party=OuterRef("party"), role=SIGNATORY)),
        have_signed=_number(
            Signature.objects.filter(participant__party=OuterRef("party"), version=OuterRef(NEWEST))
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


def _number(rows: QuerySet[Any]) -> Coalesce:
    counted = rows.order_by().values(one=Value(1)).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0, output_field=IntegerField())
