"""What waits for somebody, put in order."""

from datetime import UTC, datetime, timedelta

import pytest

from wagtail_contracts.contracts.core import waiting
from wagtail_contracts.contracts.core.waiting import Wait

NOON = datetime(2027, 1, 1, 12, tzinfo=UTC)


def wait(contract: int, kind: str, hours: int = 0) -> Wait:
    return Wait(contract, kind, NOON - timedelta(hours=hours))


def test_a_signature_presses_more_than_an_older_deadline():
    found = [wait(1, waiting.EXTEND, 90), wait(2, waiting.SIGN, 1), wait(3, waiting.APPROVE, 5)]
    assert [item.contract for item in waiting.first(found, 5)] == [2, 3, 1]


def test_of_one_kind_the_longest_wait_comes_first_and_then_the_older_contract():
    found = [wait(3, waiting.SIGN, 1), wait(2, waiting.SIGN, 1), wait(1, waiting.SIGN, 2)]
    assert [item.contract for item in waiting.first(found, 5)] == [1, 2, 3]


def test_a_contract_that_waits_twice_is_named_once_for_what_presses_more():
    found = [wait(1, waiting.DELIVER, 9), wait(1, waiting.SIGN)]
    assert waiting.first(found, 5) == [wait(1, waiting.SIGN)]


def test_there_are_never_more_than_asked_for():
    found = [wait(number, waiting.SIGN) for number in range(9)]
    assert [len(waiting.first(found, most)) for most in (0, 1, 5)] == [0, 1, 5]


def test_a_kind_that_nobody_knows_is_refused():
    with pytest.raises(ValueError, match="tuple"):
        waiting.first([wait(1, "sing")], 5)
