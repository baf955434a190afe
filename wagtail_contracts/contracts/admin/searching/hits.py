"""What somebody finds, among what they see: no hit, count or suggestion holds more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch

from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.models import Contract, Party

SHOWN = 8
HEAVY = ("body", "values", "outline", "fields", "sent")  # no hit says what they hold
LONGEST = 200  # characters of a question; the rest is not read


@dataclass(frozen=True)
class Hit:
    """A contract with its counterparties."""

    contract: Contract
    others: str


@dataclass(frozen=True)
class Found:
    """The first contracts for what was typed, those that are called so first, and how many."""

    typed: str
    hits: Sequence[Hit]
    count: int


def find(user: Any, typed: str) -> Found:
    """Ask for contracts with all these words."""
    typed = typed[:LONGEST].strip()
    seen = permissions.visible(user)
    matching = seen.holding(typed)
    called = list(_readable(seen.called(typed))[:SHOWN])
    named = {contract.pk for contract in called}
    rest = _readable(matching.exclude(pk__in=named))[: SHOWN - len(called)]
    contracts = [*called, *rest] if len(called) < SHOWN else called
    hits = [Hit(contract, _others(contract)) for contract in contracts]
    return Found(typed, hits, matching.count() if len(hits) == SHOWN else len(hits))


def numbered(user: Any, typed: str) -> Contract | None:
    """The contract with exactly this number, in capitals or not."""
    number = typed.strip()
    named = permissions.visible(user).filter(number__in={number, number.upper()})
    found: Contract | None = named.first()
    return found


def _readable(found: Any) -> Any:
    parties = Party.objects.order_by("pk").only("contract", "role", "name")
    light = found.order_by("-pk").select_related("workspace").defer(*HEAVY)
    return light.prefetch_related(Prefetch("parties", parties))


def _others(contract: Contract) -> str:
    own = {role["key"] for role in contract.roles if role["own"]}
    names = (party.name for party in contract.parties.all() if party.role not in own)
    return ", ".join(filter(None, names))
