"""Each verb against each other on one contract: what comes out is one of the two serial orders.

The serial orders are run on the same contract before, not written down. Both are forced as well;
and where the row lock is gone, the forced order gives something that no serial order gives.
"""

from collections import Counter
from unittest import mock

import pytest
from django.db import connection

from tests.reliability import barrier, orders, rivals, walls
from tests.reliability.rewinding import Point
from wagtail_contracts.contracts.models.contracts import ContractQuerySet

pytestmark = pytest.mark.django_db(transaction=True)
VERBS = ("sign", "decline", "withdraw", "revise", "answer", "expire")
ALSO = ("reopen", "extend")  # in a forced order only
EACH = pytest.mark.parametrize("first", VERBS)
FORCED = pytest.mark.parametrize("first", VERBS + ALSO)
EVENT = 'INSERT INTO "wagtail_contracts_audit_event"'
CONTRACT, VERSION = 'UPDATE "wagtail_contracts_contract"', "wagtail_contracts_contractversion"
FIRST_WRITE = {
    "sign": 'INSERT INTO "wagtail_contracts_signing_signature"',
    "decline": CONTRACT,
    "withdraw": CONTRACT,
    "revise": f'INSERT INTO "{VERSION}"',
    "answer": 'DELETE FROM "wagtail_contracts_answerdraft"',
    "expire": CONTRACT,
}
ROUNDS = {"sqlite": 5, "postgresql": 20}


class Ring:
    """A contract to which each contest comes afresh."""

    def __init__(self, *, last=True):
        self.contract = rivals.rivals(*rivals.arena(), last=last)
        self.calls, self.point = self.contract.calls, Point()

    def ended(self, answers):
        """What came of a contest; the ring is clear again."""
        outcome = self.contract.outcome()
        self.point.rewind()
        return Counter(answers), outcome

    def serial(self, first, second):
        return self.ended([barrier.outcome(self.calls[name]) for name in (first, second)])

    def either(self, first, second):
        return [self.serial(first, second), self.serial(second, first)]

    def race(self, first, second):
        return self.ended(barrier.threads([self.calls[first], self.calls[second]]))

    def overtake(self, first, second, before, **options):
        calls = self.calls[first], self.calls[second]
        return self.ended(orders.overtake(*calls, before=before, **options))


@pytest.fixture
def ring(request, transactional_db):
    with rivals.late_for_expiry():
        yield Ring(last=getattr(request, "param", True))


@EACH
def test_parallel_verbs_end_as_in_one_of_the_two_orders(ring, first):
    for second in VERBS[VERBS.index(first) :]:
        either = ring.either(first, second)
        for _ in range(ROUNDS[connection.vendor]):
            assert ring.race(first, second) in either, (first, second)


@FORCED
def test_whoever_holds_the_contract_goes_first(ring, first):
    for second in VERBS:
        assert ring.overtake(first, second, EVENT) == ring.serial(first, second), second


@FORCED
def test_whoever_comes_before_the_lock_goes_first(ring, first):
    lock = {"sqlite": "BEGIN", "postgresql": "FOR UPDATE"}[connection.vendor]
    for second in VERBS:
        ended = ring.overtake(first, second, lock, patience=orders.UNHINDERED)
        assert ended == ring.serial(second, first), second


def no_lock():
    """SQLite locks the whole file from BEGIN IMMEDIATE on, PostgreSQL the row of the contract."""
    if connection.vendor == "sqlite":
        return walls.no_immediate()
    return mock.patch.object(ContractQuerySet, "lock", lambda self, pk: self.get(pk=pk))


@EACH
@pytest.mark.parametrize("ring", [False], indirect=True, ids=["not the last signature"])
def test_without_the_lock_the_forced_order_is_no_serial_order(ring, first):
    # A signature that is not the last one changes nothing that the others read.
    for second in [name for name in VERBS if name != "sign" or first == "sign"]:
        either = ring.either(first, second)
        with no_lock():
            ended = ring.overtake(first, second, FIRST_WRITE[first], patience=orders.UNHINDERED)

        assert ended not in either, second
