"""How a contract ends, and how an expired one goes on."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests import builders, tables
from tests.announcements import announced, last_event
from wagtail_contracts import events
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts import tasks
from wagtail_contracts.contracts.errors import NotReady, ReasonMissing, StaleVersion, WrongState
from wagtail_contracts.contracts.models import Contract
from wagtail_contracts.contracts.models.guards import unguarded

EVERYBODY = ("kari", "owner")  # who takes part, too


def facts(stage):
    return {"version": stage.version.number, "digest": stage.version.digest}


def state():
    return Contract.objects.get().state


def deadline(stage, days):
    """Let the deadline be so many days from today in the workspace's zone."""
    today = contracts.default_deadline(stage.contract) - timedelta(days=14)
    with unguarded():
        Contract.objects.update(deadline=today + timedelta(days=days))
    return today + timedelta(days=days)


@pytest.mark.parametrize("reason", ["", " \t"])
def test_withdrawing_needs_a_reason(sent, reason):
    with tables.unchanged(), pytest.raises(ReasonMissing):
        contracts.withdraw(sent.contract, reason, by=sent.owner)

    contracts.withdraw(sent.contract, "Wrong price", by=sent.owner)
    assert state() == "withdrawn"


def test_withdrawing_tells_everybody_and_keeps_the_reason_erasable(sent):
    with announced(sent.contract) as heard:
        contracts.withdraw(sent.contract, "Wrong price", by=sent.owner)

    assert heard.shared == [(events.CONTRACT_WITHDRAWN, facts(sent))]
    assert heard.mails == [("withdrawn", "kari")]  # the owner knows
    event = last_event(sent.contract, events.CONTRACT_WITHDRAWN)
    assert event.disclosed()["reason"] == "Wrong price"
    assert "Wrong price" not in event.record


def test_a_decline_names_the_version_that_was_read(answered, sent):
    words = {"kind": "price", "reason": "Dear", "by": builders.guest(sent.kari)}
    with tables.unchanged(), pytest.raises(StaleVersion):
        contracts.decline(sent.contract, sent.version.digest, **words)

    with announced(sent.contract) as heard:
        contracts.decline(answered.contract, answered.version.digest, **words)

    assert state() == "declined"
    assert heard.shared == [(events.CONTRACT_DECLINED, {**facts(answered), "kind": "price"})]
    assert heard.mails == [("declined", name) for name in EVERYBODY]
    event = last_event(sent.contract, events.CONTRACT_DECLINED)
    assert (event.disclosed()["reason"], event.label) == ("Dear", "Kari Nordmann")


def test_an_owner_who_does_not_take_part_is_told_too(answered):
    with unguarded():
        Contract.objects.update(owner=builders.staff("eva"))
    contract = Contract.objects.get()

    with announced(contract) as heard:
        contracts.decline(
            contract, answered.version.digest, kind="price", reason="", by=answered.owner
        )

    assert heard.mails == [("declined", "kari"), ("declined", "ola"), ("declined", "owner")]


def test_a_contract_is_concluded_for_the_version_that_was_signed(answered, sent):
    with tables.unchanged(), pytest.raises(StaleVersion):
        contracts.conclude(sent.contract, sent.version.digest, by=SYSTEM)

    with announced(sent.contract) as heard:
        contracts.conclude(answered.contract, answered.version.digest, by=SYSTEM)

    assert state() == "signed"
    assert heard.shared == [(events.CONTRACT_SIGNED, facts(answered))]
    assert (heard.mails, heard.tasks) == ([("signed_all", "owner")], ["signing.seal"])


def test_a_contract_expires_when_its_last_day_is_over(sent):
    deadline(sent, 0)
    with tables.unchanged(), pytest.raises(WrongState):
        contracts.expire(sent.contract, by=SYSTEM)

    day = deadline(sent, -1)
    with announced(sent.contract) as heard:
        contracts.expire(sent.contract, by=SYSTEM)

    contract = Contract.objects.get()
    assert (contract.state, contract.expired_from) == ("expired", "signing")
    told = {**facts(sent), "deadline": str(day), "was": "signing"}
    assert heard.shared == [(events.CONTRACT_EXPIRED, told)]
    assert heard.mails == [("expired", name) for name in EVERYBODY]


@pytest.mark.parametrize(
    ("zone", "hour", "over"),
    [
        ("Europe/Oslo", 22, False),
        ("Europe/Oslo", 23, True),
        ("Pacific/Kiritimati", 9, False),
        ("Pacific/Kiritimati", 10, True),
        ("Pacific/Pago_Pago", 23, False),
    ],
)
def test_the_day_ends_in_the_workspaces_zone(sent, zone, hour, over):
    space = sent.contract.workspace
    space.timezone = zone
    space.save()
    with unguarded():
        Contract.objects.update(deadline=date(2030, 1, 15))
    now = datetime(2030, 1, 15, hour, 30, tzinfo=UTC)

    assert [one.is_overdue(now) for one in Contract.objects.all()] == [over]
    assert bool(Contract.objects.overdue(now)) == over


def test_the_worker_ends_what_is_overdue_and_nothing_else(sent, template, sender):
    other = builders.contract(template, sender)
    contracts.send(other, builders.shown(other), into="signing", by=sent.owner)
    day = deadline(sent, -1)
    with unguarded():
        Contract.objects.filter(pk=other.pk).update(deadline=day + timedelta(days=1))

    tasks.expire()
    tasks.expire()

    found = dict(Contract.objects.values_list("pk", "state"))
    assert found == {sent.contract.pk: "expired", other.pk: "signing"}


@pytest.mark.parametrize("into", ["signing", "negotiating"])
def test_an_expired_contract_goes_on_where_it_was(draft, sender, into):
    version = contracts.send(draft, builders.shown(draft), into=into, by=builders.actor(sender))
    with unguarded():
        Contract.objects.update(deadline=date(2026, 1, 1))
    contracts.expire(draft, by=SYSTEM)

    with announced(draft) as heard:
        contracts.extend(draft, date(2099, 1, 1), by=builders.actor(sender))

    contract = Contract.objects.get()
    assert (contract.state, contract.expired_from) == (into, "")
    assert (contract.deadline, contract.current_version) == (date(2099, 1, 1), version)
    told = {"version": 1, "digest": version.digest, "deadline": "2099-01-01"}
    assert heard.shared == [(events.CONTRACT_EXTENDED, told)]
    assert heard.mails == [("extended", "kari"), ("extended", "ola")]


def test_a_deadline_only_moves_later_and_not_into_the_past(sent):
    day = deadline(sent, 5)
    for wrong in (day, day - timedelta(days=1), date(2026, 1, 1)):
        with tables.unchanged(), pytest.raises(NotReady):
            contracts.extend(sent.contract, wrong, by=sent.owner)

    contracts.extend(sent.contract, day + timedelta(days=1), by=sent.owner)
    assert Contract.objects.get().state == "signing"


def test_a_look_by_a_superuser_goes_to_our_own_trail(sent):
    with announced(sent.contract) as heard:
        contracts.look(sent.contract, by=sent.owner)

    assert (heard.shared, heard.mails) == ([], [])
    assert heard.own == [(events.STAFF_LOOKED, {"state": "signing"})]
