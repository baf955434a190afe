"""Each verb against each other on one contract: what comes out is one of the two serial orders.

The serial orders are run on twins, not written down. Both are forced as well; and where the row
lock is gone, the forced order gives something that no serial order gives.
"""

from collections import Counter
from unittest import mock

import pytest
from django.db import connection

from tests.reliability import barrier, orders, rivals, walls
from wagtail_contracts.contracts.models.contracts import ContractQuerySet

pytestmark = pytest.mark.django_db(transaction=True)
VERBS = ("sign", "decline", "withdraw", "revise", "answer", "expire")
EACH = pytest.mark.parametrize("first", VERBS)
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
ROUNDS = {"sqlite": 3, "postgresql": 20}


@pytest.fixture
def ring(transactional_db):
    page, user = rivals.arena()
    with rivals.late_for_expiry():
        yield lambda count, **options: rivals.several(count, page, user, **options)


def serial(one, first, second):
    """One after the other, on a contract of their own."""
    answers = [barrier.outcome(one.calls[name]) for name in (first, second)]
    return Counter(answers), one.outcome()


@EACH
def test_parallel_verbs_end_as_in_one_of_the_two_orders(ring, first):
    rounds = ROUNDS[connection.vendor]
    for second in VERBS[VERBS.index(first) :]:
        one, other, *raced = ring(rounds + 2)
        either = [serial(one, first, second), serial(other, second, first)]
        for contract in raced:
            answers = barrier.threads([contract.calls[first], contract.calls[second]])
            assert (answers, contract.outcome()) in either, (first, second)


@EACH
def test_whoever_holds_the_contract_goes_first(ring, first):
    twins, forced = ring(len(VERBS)), ring(len(VERBS))
    for second, twin, contract in zip(VERBS, twins, forced, strict=True):
        calls = contract.calls
        answers = orders.overtake(calls[first], calls[second], before=EVENT)

        assert (Counter(answers), contract.outcome()) == serial(twin, first, second), second


@EACH
def test_whoever_comes_before_the_lock_goes_first(ring, first):
    lock = {"sqlite": "BEGIN", "postgresql": "FOR UPDATE"}[connection.vendor]
    twins, forced = ring(len(VERBS)), ring(len(VERBS))
    for second, twin, contract in zip(VERBS, twins, forced, strict=True):
        calls = contract.calls
        answers = orders.overtake(calls[first], calls[second], before=lock)

        assert (Counter(answers), contract.outcome()) == serial(twin, second, first), second


def no_lock():
    """PostgreSQL: the verbs read the contract without holding it."""
    return mock.patch.object(ContractQuerySet, "lock", lambda self, pk: self.get(pk=pk))


@EACH
def test_without_the_lock_the_forced_order_is_no_serial_order(ring, first):
    # A signature that is not the last one changes nothing that the others read.
    seen = [second for second in VERBS if second != "sign" or first == "sign"]
    made = iter(ring(3 * len(seen), last=False))
    for second in seen:
        one, other, contract = next(made), next(made), next(made)
        either = [serial(one, first, second), serial(other, second, first)]
        with walls.no_immediate() if connection.vendor == "sqlite" else no_lock():
            answers = orders.overtake(
                contract.calls[first], contract.calls[second], before=FIRST_WRITE[first]
            )

        assert (Counter(answers), contract.outcome()) not in either, second
