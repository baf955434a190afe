"""Chains of events, and what they disclose."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from wagtail_contracts import events
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.audit.errors import ChainBroken
from wagtail_contracts.audit.models import Disclosure, Event, Trail
from wagtail_contracts.contracts.models import Contract
from wagtail_contracts.examining import confirmed
from wagtail_contracts.signing.flows.checking.findings import Finding
from wagtail_contracts.signing.flows.checking.paging import pages

SENT = (events.CONTRACT_SENT, events.VERSION_CREATED)


@dataclass
class Tally:
    """How many of the disclosed values up to `newest` belong to events that were walked."""

    newest: int = 0
    found: int = 0
    broken: bool = False  # a trail: then it can't be told

    @classmethod
    def begun(cls) -> Tally:
        """Nothing is found yet of what is there now."""
        newest = Disclosure.objects.order_by("-pk").values_list("pk", flat=True).first()
        return cls(newest or 0)

    def confirmed(self, judge: Callable[[], Iterable[Finding]]) -> Iterator[Finding]:
        """What is found twice, counted once."""
        found, broken = self.found, self.broken

        def again() -> list[Finding]:
            self.found, self.broken = found, broken
            return list(judge())

        return confirmed(again)


def shared(contract: Contract, tally: Tally) -> Iterator[Finding]:
    """The trail that the parties share."""
    if _there(contract.trail):
        yield from of_key(contract.trail, contract.number, tally)
        return
    tally.broken = True
    yield Finding("trail_missing", (), contract.number)


def own(contract: Contract, tally: Tally) -> Iterator[Finding]:
    """Our own side's trail, which need not exist."""
    if _there(contract.own_trail):
        yield from of_key(contract.own_trail, contract.number, tally)


def of_key(key: str, number: str, tally: Tally) -> Iterator[Finding]:
    """One trail: its chain, then each commitment in it."""
    try:
        audit.verify(key, deep=True)
    except ChainBroken as broken:
        tally.broken = True
        yield Finding("trail_broken", (str(broken),), number)
        return
    for item in audit.disclosed(key):
        tally.found += item.row is not None and item.row <= tally.newest
        if item.fault:
            yield Finding(f"disclosure_{item.fault}", (item.sequence, item.kind), number)


def without_contract(tally: Tally) -> Iterator[Finding]:
    """The trails that no contract has: of drafts that were deleted, or of another's making."""
    for page in pages(Trail.objects.only("key")):
        uuids = {trail.key: _uuid(trail.key) for trail in page}
        wanted = [value for value in uuids.values() if value]
        there = set(Contract.objects.filter(uuid__in=wanted).values_list("uuid", flat=True))
        for key in (key for key, value in uuids.items() if value not in there):
            yield from tally.confirmed(lambda key=key: _orphan(key, tally))  # type: ignore[misc]


def loose(tally: Tally) -> Iterator[Finding]:
    """Disclosed values that no event names: what is left when the end of a trail was cut off."""
    if tally.broken or not _more(tally):
        return
    tally.found = 0  # an event may have been written between the look at it and the count
    for page in pages(Trail.objects.only("key")):
        for item in (item for trail in page for item in audit.disclosed(trail.key)):
            tally.found += item.row is not None and item.row <= tally.newest
    if (count := _more(tally)) > 0:
        yield Finding("disclosure_loose", (count,))


def is_gone(key: str) -> bool:
    """Whether a contract that was sent is gone, and its trail remains."""
    named = _uuid(key)
    if named is None or Contract.objects.filter(uuid=named).exists():
        return False
    return Event.objects.of(key).named(*SENT).exists()


def _orphan(key: str, tally: Tally) -> Iterator[Finding]:
    if is_gone(key):
        yield Finding("contract_gone", (), key)
    yield from of_key(key, key, tally)


def _there(key: str) -> bool:
    return Trail.objects.filter(key=key).exists()


def _more(tally: Tally) -> int:
    there = Disclosure.objects.filter(pk__lte=tally.newest).count()
    return max(there - tally.found, 0)


def _uuid(key: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(key.removesuffix("-own"))
    except ValueError:
        return None
