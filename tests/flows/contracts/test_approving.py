"""Nothing that needs a yes from inside leaves without it."""

import pytest

from tests import approvals, tables
from wagtail_contracts.contracts.errors import ApprovalMissing

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss(sales):
    return approvals.boss(sales)


@pytest.fixture
def finn(sales):
    return approvals.approver(sales)


def test_what_needs_a_yes_is_sent_once_it_has_it(sales, sender, boss, finn, draft):
    approvals.rule(sales, boss, finn, **approvals.over("5000"))
    with (
        tables.unchanged(),
        pytest.raises(ApprovalMissing, match="Finn Nordmann must approve"),
    ):
        approvals.send(draft, sender)

    approvals.ask(draft, sender)
    assert approvals.state(draft) == "in_approval"
    with tables.unchanged(), pytest.raises(ApprovalMissing):
        approvals.send(draft, sender)
    approvals.say_yes(draft, finn)
    assert approvals.state(draft) == "approved"
    approvals.send(draft, sender)

    assert approvals.state(draft) == "signing"
