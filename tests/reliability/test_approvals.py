"""Two who decide at once, and a yes beside a change: one after the other."""

import pytest

from tests import approvals, builders
from tests.reliability import barrier, orders, rivals
from wagtail_contracts import events
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import Approval, Contract

pytestmark = pytest.mark.django_db(transaction=True)
EVENT = 'INSERT INTO "wagtail_contracts_audit_event"'
APPROVAL = 'INSERT INTO "wagtail_contracts_approval"'


@pytest.fixture
def waits(transactional_db):
    """A contract that waits for two people, in any order."""
    space = builders.workspace()
    owner, boss = builders.staff("ola", space), approvals.boss(space)
    finn, greta = approvals.approver(space), approvals.approver(space, "greta")
    approvals.rule(space, boss, finn, greta)
    draft = builders.contract(builders.template(space), owner)
    shown = approvals.ask(draft, owner)
    return rivals.named, draft, shown, owner, boss, finn, greta


def yes(waits, user):
    named, draft, shown, *_people = waits
    by = builders.actor(user)
    return named("yes", lambda: contracts.approve(draft, shown, by=by))


def test_two_who_approve_at_once_make_it_ready_once(waits):
    *_, finn, greta = waits
    assert barrier.threads([yes(waits, finn), yes(waits, greta)]) == {"yes": 2}
    assert approvals.state(waits[1]) == "approved"
    assert Approval.objects.count() == 2
    assert Event.objects.filter(name=events.CONTRACT_APPROVED).count() == 1


def test_one_who_presses_twice_at_once_says_yes_once(waits):
    finn = waits[5]
    answers = barrier.threads([yes(waits, finn)] * 4)
    assert answers == {"yes": 1, "MayNotDecide": 3}
    assert Approval.objects.count() == 1


@pytest.mark.parametrize("first", ["yes", "back"])
def test_a_yes_and_a_taking_back_end_as_a_draft(waits, first):
    named, draft, _shown, owner, _boss, finn, _greta = waits
    by = builders.actor(owner)
    back = named("back", lambda: contracts.recall_approval(draft, by=by))
    calls = [yes(waits, finn), back]
    answers = orders.overtake(*(calls if first == "yes" else calls[::-1]), before=EVENT)
    assert answers == (("yes", "back") if first == "yes" else ("back", "WrongState"))
    assert approvals.state(draft) == "draft"
    assert Contract.objects.get(pk=draft.pk).approval is None


def test_a_rule_that_is_made_while_somebody_approves_is_not_passed_by(waits):
    named, draft, shown, owner, boss, finn, greta = waits
    yes(waits, greta)()
    space, by = draft.workspace, builders.actor(owner)
    rule = named(
        "rule", lambda: approvals.rule(space, boss, greta, name="Late", party="Customer AS")
    )
    orders.overtake(yes(waits, finn), rule, before=APPROVAL)
    send = lambda: contracts.send(draft, shown, into="signing", by=by)  # noqa: E731
    assert barrier.outcome(send) == "ApprovalMissing"
    contracts.lapse_changed(by=by)
    assert approvals.state(draft) == "draft"
