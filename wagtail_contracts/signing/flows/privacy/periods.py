"""Contracts whose time is over: named for people to decide, never deleted by the worker."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, QuerySet

from wagtail_contracts.contracts.models import OUT, Contract
from wagtail_contracts.signing.models import Signature
from wagtail_contracts.signing.rendering.register import DRAFTS, ENDED, months_of

BEGUN = ("draft", "in_approval", "approved")
OVER = ("declined", "withdrawn", "expired")


@dataclass(frozen=True)
class Due:
    """One contract, and since when it is kept for longer than the register says."""

    contract: Contract
    since: datetime


def contracts_due(found: QuerySet[Contract], now: datetime) -> Iterator[Due]:
    """Those of some contracts that are kept for longer than the register says, oldest first."""
    rows = found.select_related("listing", "workspace").exclude(state__in=OUT)
    due = [Due(contract, until) for contract in rows if (until := kept_until(contract)) <= now]
    yield from sorted(due, key=lambda one: (one.since, one.contract.pk))


def kept_until(contract: Contract) -> datetime:
    """When the time of a contract that is not out is over."""
    if contract.state in BEGUN:
        return after(contract.listing.active_at, DRAFTS)
    if contract.state in OVER:
        return after(contract.listing.active_at, ENDED)
    return after(signed_at(contract), months_of(contract.workspace))


def signed_at(contract: Contract) -> datetime:
    """When the last signature was given that counts; without one, when it was last touched."""
    given = Signature.objects.filter(version=contract.current_version)
    last: datetime | None = given.aggregate(last=Max("at"))["last"]
    return last or contract.listing.active_at


def after(moment: datetime, months: int) -> datetime:
    """So many months later; a day that a month lacks becomes its last."""
    years, month = divmod(moment.month - 1 + months, 12)
    year, month = moment.year + years, month + 1
    return moment.replace(year=year, month=month, day=min(moment.day, monthrange(year, month)[1]))
