"""What somebody finds, among what they see: no hit, count or suggestion holds more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch

from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.admin import counts
from wagtail_contracts.contracts.models import Contract, Opened, Party

SHOWN = 8
LONGEST = 200  # characters of a question; the rest is not read


@dataclass(frozen=True)
class Found:
    """The first contracts for what was typed, those that are called so first, and how many.

    Before something is typed, those that were opened last.
    """

    typed: str
    hits: Sequence[Contract]
    count: int

    @property
    def said(self) -> str:
        """How many, as far as they were counted."""
        return counts.said(self.count)


def find(user: Any, typed: str) -> Found:
    """Ask for contracts with all these words."""
    if not (typed := typed[:LONGEST].strip()):
        return Found("", recent(user), 0)
    if (numbered_so := numbered(user, typed)) is not None:
        return Found(typed, [numbered_so], 1)
    seen = permissions.visible(user)
    matching = seen.holding(typed)
    called = list(_readable(seen.called(typed))[:SHOWN])
    named = {contract.pk for contract in called}
    rest = _readable(matching.exclude(pk__in=named))[: SHOWN - len(called)]
    contracts = [*called, *rest] if len(called) < SHOWN else called
    count = counts.few(matching) if len(contracts) == SHOWN else len(contracts)
    return Found(typed, contracts, count)


def recent(user: Any) -> list[Contract]:
    """What somebody opened last and still sees, the newest first."""
    opened = Opened.objects.filter(user=user).order_by("-at", "-pk")
    order = list(opened.values_list("contract", flat=True))  # of which few are kept
    seen = {row.pk: row for row in _readable(permissions.visible(user).filter(pk__in=order))}
    return [seen[pk] for pk in order if pk in seen][:SHOWN]


def numbered(user: Any, typed: str) -> Contract | None:
    """The contract with exactly this number, in capitals or not."""
    found: Contract | None = _readable(permissions.visible(user).numbered(typed)).first()
    return found


def _readable(found: Any) -> Any:
    parties = Party.objects.order_by("pk").only("contract", "role", "name")
    light = found.order_by("-pk").select_related("workspace").light()
    return light.prefetch_related(Prefetch("parties", parties))
