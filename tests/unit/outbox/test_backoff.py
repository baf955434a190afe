"""When to try again."""

from datetime import timedelta

import pytest

from wagtail_contracts.outbox.core import backoff


@pytest.mark.parametrize(
    ("attempts", "minutes"),
    [(1, 1), (2, 5), (3, 30), (4, 120), (5, 360), (6, 720), (7, 1440)],
)
def test_each_wait_is_spread_by_a_fifth_either_way(attempts, minutes):
    middle = timedelta(minutes=minutes)
    assert backoff.wait(attempts, 0.5) == middle
    assert backoff.wait(attempts, 0) == middle * 0.8
    assert backoff.wait(attempts, 1) == middle * 1.2


def test_after_the_eighth_attempt_nothing_is_tried_any_more():
    assert backoff.ATTEMPTS == 8
    assert backoff.wait(8, 0.5) is None
