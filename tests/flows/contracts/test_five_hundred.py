"""A text for five hundred, with one new round; no engine decides what it counts."""

from __future__ import annotations

import pytest

from tests import builders
from tests.flows.contracts.test_circulars import (  # noqa: F401
    SOON,
    begun,
    changed,
    conduct,
    made_by_the_worker,
    people,
    sign,
    staff,
)
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.flows import circulars
from wagtail_contracts.contracts.models import Circular, Contract
from wagtail_contracts.contracts.models.guards import unguarded


@pytest.mark.long(
    "flows/contracts/test_circulars.py::test_a_new_round_counts_anew_and_withdraws_what_is_still_out"
)
def test_five_hundred_with_one_new_round(conduct, staff, sender):  # noqa: F811
    """480 sign the first text and 12 the second: each counts for its own text only."""
    people(500, staff)
    circular = begun(conduct, staff, sender)
    made_by_the_worker()
    _signed_by(circular, 480)
    circulars.begin_round(circular, changed(conduct), deadline=SOON, by=builders.actor(sender))
    made_by_the_worker()
    _signed_by(circular, 12)
    [rounds] = contracts.circular_counts([circular]).values()
    assert [(one["number"], one["signed"], one["all"]) for one in rounds] == [
        (1, 480, 500),
        (2, 12, 500),
    ]
    found = list(contracts.circular_members(circular))
    earlier = [row for row in found if row.standing != "signed" and row.earlier]
    assert len(earlier) == 468
    assert Contract.objects.filter(state="withdrawn").count() == 20
    assert Contract.objects.count() == 1000


def _signed_by(circular: Circular, number: int) -> None:
    """Two by the flow, the others as it leaves them."""
    rows = list(contracts.circular_members(circular)[:number])
    sign(circular, *(row.user.username for row in rows[:2]))
    with unguarded():
        Contract.objects.filter(pk__in=[row.contract.pk for row in rows[2:]]).update(state="signed")
