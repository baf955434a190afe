"""How close an offer is kept: which way may follow which, and what each allows."""

import itertools

from wagtail_contracts.contracts.core import confidential, states

WAYS = ["", "marked", "identify"]  # by how close they keep it


def test_before_it_is_sent_any_way_may_follow_any():
    cases = list(itertools.product(WAYS, WAYS, sorted(states.INSIDE)))
    assert len(cases) == 27
    assert all(confidential.may_become(*case) for case in cases)


def test_afterwards_only_a_closer_one_may_follow():
    outside = sorted(set(states.ALL) - states.INSIDE)
    cases = list(itertools.product(enumerate(WAYS), enumerate(WAYS), outside))
    assert len(cases) == 54
    for (was, now), (will, wanted), state in cases:
        assert confidential.may_become(now, wanted, state) == (will >= was), (now, wanted, state)


def test_no_other_way_is_known():
    assert not any(confidential.may_become("", "secret", state) for state in states.ALL)


def test_what_each_way_allows():
    told = {
        way: (
            confidential.is_gated(way),
            {state for state in states.ALL if confidential.gives_files(way, state)},
            {state for state in states.ALL if confidential.gives_marked_copy(way, state)},
        )
        for way in WAYS
    }
    assert told == {
        "": (False, set(states.ALL), set()),
        "marked": (True, {"signed"}, {"negotiating", "signing"}),
        "identify": (True, {"signed"}, set()),
    }
