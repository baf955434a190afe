"""Reminders that leave by themselves, and what owners are told before the end."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests import builders, signatures, tables
from tests.announcements import announced
from wagtail_contracts import events
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts import tasks as contract_tasks
from wagtail_contracts.contracts.core.reminders import Rule
from wagtail_contracts.contracts.errors import NotAllowed, WrongState
from wagtail_contracts.contracts.models import Workspace
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing import tasks

OSLO = ZoneInfo("Europe/Oslo")


@pytest.fixture
def at(monkeypatch):
    """Let it be noon in Oslo so many days after the last event; the trail's own clock goes on."""
    begun = []

    def pass_days(days, hours=0):
        begun.append(Event.objects.latest("pk").at.astimezone(OSLO).replace(hour=12, minute=0))
        moment = begun[0] + timedelta(days=days, hours=hours)
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)

    return pass_days


def rule(**days):
    Workspace.objects.update(**{f"remind_{name}_days": number for name, number in days.items()})


def reminded(contract):
    with announced(contract) as heard:
        tasks.remind()
    return [who for kind, who in heard.mails if kind == "reminder"]


def test_whoever_is_waited_for_is_reminded_by_the_workspaces_rule(answered, at):
    rule(unopened=3)
    at(2)
    assert reminded(answered.contract) == []
    at(3)
    assert reminded(answered.contract) == ["kari", "ola"]
    assert reminded(answered.contract) == []  # the same day, as often as the worker asks


def test_who_has_signed_or_opened_it_is_not_reminded(answered, at):
    rule(unopened=3)
    signatures.sign(answered.ola)
    at(5)
    assert reminded(answered.contract) == ["kari"]


def test_who_has_opened_it_is_reminded_by_the_other_days_alone(answered, at):
    contracts.view(answered.kari, answered.version.digest, by=builders.guest(answered.kari))
    rule(unopened=3)
    at(4)
    assert reminded(answered.contract) == ["ola"]


def test_in_review_the_other_side_is_waited_for(in_review, at):
    rule(every=2)
    at(2)
    assert reminded(in_review.contract) == ["kari"]


@pytest.mark.parametrize(("hours", "people"), [(10, []), (-6, []), (0, ["kari", "ola"])])
def test_nobody_is_reminded_at_night(answered, at, hours, people):
    rule(every=2)
    at(4, hours)
    assert reminded(answered.contract) == people


def test_a_contract_has_a_rule_of_its_own_or_a_pause(answered, at):
    rule(every=2)
    contracts.set_reminders(answered.contract, Rule(unopened=5), paused=False, by=answered.owner)
    at(3)
    assert reminded(answered.contract) == []
    at(5)
    assert reminded(answered.contract) == ["kari", "ola"]


def test_while_it_is_paused_nobody_is_reminded(answered, at):
    with announced(answered.contract) as heard:
        contracts.set_reminders(answered.contract, Rule(every=2), paused=True, by=answered.owner)
    told = {"unopened": None, "every": 2, "before": None, "paused": True}
    assert heard.own == [(events.REMINDERS_CHANGED, told)]
    at(5)
    assert reminded(answered.contract) == []
    assert contracts.next_reminders(answered.contract, signing.waited_for(answered.contract)) == []

    contracts.set_reminders(answered.contract, Rule(every=2), paused=False, by=answered.owner)
    assert reminded(answered.contract) == ["kari", "ola"]


def test_only_who_may_send_sets_reminders_and_only_while_somebody_waits(answered, sales):
    eva = builders.actor(builders.staff("eva", sales, ("view", "edit")))
    with tables.unchanged(), pytest.raises(NotAllowed):
        contracts.set_reminders(answered.contract, Rule(every=2), paused=False, by=eva)
    contracts.withdraw(answered.contract, "Why", by=answered.owner)
    with tables.unchanged(), pytest.raises(WrongState):
        contracts.set_reminders(answered.contract, Rule(), paused=False, by=answered.owner)


def test_what_comes_next_is_what_is_sent_then(answered, at):
    rule(unopened=4)
    waiting = signing.waited_for(answered.contract)
    ((first, day), (_second, _day)) = contracts.next_reminders(answered.contract, waiting)
    at((day - datetime.now(OSLO).date()).days)

    assert first in (answered.kari, answered.ola)
    assert reminded(answered.contract) == ["kari", "ola"]


def test_an_ended_contract_reminds_nobody(answered, at):
    rule(every=2)
    waiting = signing.waited_for(answered.contract)
    contracts.withdraw(answered.contract, "Why", by=answered.owner)
    at(4)
    assert reminded(answered.contract) == []
    with tables.unchanged():
        assert contracts.remind_waiting(answered.contract, waiting, by=SYSTEM) == []


def test_the_owner_is_told_once_that_a_deadline_is_near(answered, at):
    left = (answered.contract.deadline - datetime.now(OSLO).date()).days
    at(left - 4)
    contract_tasks.warn_owners()
    at(left - 3)
    with announced(answered.contract) as heard:
        contract_tasks.warn_owners()
        contract_tasks.warn_owners()

    told = {"deadline": str(answered.contract.deadline)}
    assert heard.own == [(events.DEADLINE_NEARED, told)]
    assert heard.mails == [("expiring", "owner")]
