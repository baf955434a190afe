"""Two who send one draft, two who take a number: one after the other."""

import pytest
from django.db import connection

from tests import builders
from tests.reliability import barrier, orders, rivals, walls
from wagtail_contracts import events
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import Contract, ContractVersion, NumberSeries

pytestmark = pytest.mark.django_db(transaction=True)
LOCK = {"sqlite": "BEGIN", "postgresql": "FOR UPDATE"}
VERSION = 'INSERT INTO "wagtail_contracts_contractversion"'


@pytest.fixture
def arena(transactional_db):
    return rivals.arena()


def sender(page, user):
    """A call that sends the draft as it is now."""
    draft = builders.contract(page, user, values={})
    shown, by = builders.shown(draft), builders.actor(user)
    send = lambda: contracts.send(draft, shown, into="signing", by=by)  # noqa: E731
    return rivals.named("sent", send)


@pytest.mark.parametrize("before", ["the lock", VERSION])
def test_a_draft_that_two_send_is_sent_once(arena, before):
    send = sender(*arena)
    before = LOCK[connection.vendor] if before == "the lock" else before

    assert sorted(orders.overtake(send, send, before=before)) == ["WrongState", "sent"]
    assert ContractVersion.objects.count() == 1
    assert Event.objects.filter(name=events.CONTRACT_SENT).count() == 1


def test_ten_who_send_at_once_send_once(arena):
    assert barrier.threads([sender(*arena)] * 10) == {"sent": 1, "WrongState": 9}


def test_without_the_lock_a_draft_that_two_send_is_no_longer_refused_by_name(arena):
    send = sender(*arena)
    with walls.of_this_database()():
        answers = orders.overtake(send, send, before=VERSION, patience=orders.UNHINDERED)

    assert "WrongState" not in answers
    assert ContractVersion.objects.count() == 1  # the constraint stands behind it


def maker(page, user):
    return lambda: builders.contract(page, user, values={}).number


def test_two_who_make_a_contract_get_two_numbers(arena):
    make = maker(*arena)
    make()
    answers = orders.overtake(make, make, before='UPDATE "wagtail_contracts_numberseries"')

    assert len({*answers, *Contract.objects.values_list("number", flat=True)}) == 3
    assert NumberSeries.objects.get().last == 3


def test_ten_who_make_contracts_at_once_get_ten_numbers(arena):
    numbers = barrier.threads([maker(*arena)] * 10)

    assert set(numbers.values()) == {1}
    assert sorted(int(number.split("-")[2]) for number in numbers) == list(range(1, 11))


def test_without_the_lock_two_get_one_number_and_the_constraint_refuses_one(arena):
    make = maker(*arena)
    make()
    with walls.of_this_database()():
        answers = orders.overtake(make, make, before='UPDATE "wagtail_contracts_numberseries"')

    assert len({"IntegrityError", "OperationalError"} & {*answers}) == 1


def test_an_edit_that_comes_while_a_draft_is_sent_waits_and_sends_nothing_else(arena):
    """What was sent is what was shown; the edit goes into the working copy."""
    page, user = arena
    send = sender(page, user)
    edited = Contract.objects.get()
    edited.title = "Edited meanwhile"
    answers = orders.overtake(send, rivals.named("saved", edited.save), before=VERSION)

    assert answers == ("sent", "saved")
    contract = Contract.objects.get()
    assert contract.current_version.content["title"] == "Hosting 2027"
    assert (contract.title, contract.state) == ("Edited meanwhile", "signing")
