"""Who of the many has signed which text.

Our side is bound without a signature and there is one signatory, so that a contract is signed when
its person has signed its newest version; whoever handed it on has not.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from wagtail_contracts import events
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts.core import states
from wagtail_contracts.contracts.models import Circular, CircularMember

STANDINGS = SIGNED, WAITING, ENDED, MAKING, FAILED, LEFT = (
    "signed",
    "waiting",
    "ended",
    "making",
    "failed",
    "left",
)
CONTRACT = "participant__party__contract"
YES = Q(**{f"{CONTRACT}__state": states.SIGNED, "participant__left_at": None})
OUT = Q(**{f"{CONTRACT}__state__in": states.OPEN, "participant__left_at": None})


def circular_members(circular: Circular, number: int | None = None) -> QuerySet[Any]:
    """Those of a round, by default the newest, each with how they stand; without more queries.

    `standing` is one of STANDINGS, `earlier` the number of the last round before it whose text they
    signed.
    """
    asked = number or circular.newest.number
    found = CircularMember.objects.filter(round__circular=circular, round__number=asked)
    before = CircularMember.objects.filter(
        YES,
        user=OuterRef("user"),
        round__circular=circular,
        round__number__lt=asked,
    )
    last = before.order_by("-round__number").values("round__number")[:1]
    rows = found.with_place().annotate(earlier=Subquery(last))
    whole = ("user", "round", f"{CONTRACT}__workspace")
    return rows.annotate(standing=_standing()).select_related(*whole).order_by("pk")


def rest(circular: Circular) -> QuerySet[Any]:
    """Those who are there, have a contract that is out, and have not signed it."""
    return circular_members(circular).filter(standing=WAITING)


def circular_counts(found: Collection[Circular]) -> dict[int, list[dict[str, Any]]]:
    """By text: for each round its number and days, whom it is for, and who signed its text."""
    rows = CircularMember.objects.filter(round__circular__in=found).order_by()
    named = ("circular", "number", "begun_at", "deadline")
    grouped = rows.values(*(f"round__{name}" for name in named))
    counted = grouped.annotate(all=Count("pk"), signed=Count("pk", filter=YES))
    rounds: dict[int, list[dict[str, Any]]] = {}
    for row in counted.order_by("round__number"):
        told = {name.removeprefix("round__"): value for name, value in row.items()}
        rounds.setdefault(told["circular"], []).append(told)
    return rounds


def circular_signed_at(rows: Sequence[CircularMember]) -> dict[int, datetime]:
    """When each of these signed, by primary key."""
    trails = {row.participant.party.contract.trail: row.pk for row in rows if row.participant}
    told = Event.objects.named(events.CONTRACT_SIGNED).filter(trail__key__in=list(trails))
    return {trails[key]: at for key, at in told.values_list("trail__key", "at")}


def _standing() -> Case:
    """One word for each row; whoever has signed is told so, though they may have left since."""
    return Case(
        When(YES, then=Value(SIGNED)),
        When(here=False, then=Value(LEFT)),
        When(~Q(problem=""), then=Value(FAILED)),
        When(participant=None, then=Value(MAKING)),
        When(OUT, then=Value(WAITING)),
        default=Value(ENDED),
        output_field=CharField(),
    )
