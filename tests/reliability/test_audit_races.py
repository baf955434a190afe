"""Two recorders of one trail, in both orders, with and without the lock."""

import uuid

import pytest
from django.db import connection, transaction

from tests.kinds import GREW
from tests.reliability import barrier, orders, walls
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.audit.models import Event

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def recorders(ola):
    key = uuid.uuid4().hex

    def recorder(number):
        def record():
            with transaction.atomic():
                return audit.record(key, GREW, {"n": number}, by=ola).sequence

        return record

    assert recorder(0)() == 1
    return key, recorder(1), recorder(2)


def test_whoever_holds_the_trail_goes_first_and_the_other_follows(recorders):
    key, one, other = recorders

    answers = orders.overtake(one, other, before=f'INSERT INTO "{Event._meta.db_table}"')

    assert answers == ("2", "3")
    assert [event.data["n"] for event in Event.objects.of(key)] == [0, 1, 2]
    assert audit.verify(key, deep=True).length == 3


def test_whoever_comes_before_the_lock_goes_first(recorders):
    key, one, other = recorders

    lock = {"sqlite": "BEGIN", "postgresql": "FOR UPDATE"}[connection.vendor]
    answers = orders.overtake(one, other, before=lock)

    assert answers == ("3", "2")
    assert [event.data["n"] for event in Event.objects.of(key)] == [0, 2, 1]
    assert audit.verify(key, deep=True).length == 3


def test_without_the_lock_one_is_refused_and_the_chain_is_still_whole(recorders):
    key, one, other = recorders

    with walls.of_this_database()():
        answers = orders.overtake(one, other, before=f'INSERT INTO "{Event._meta.db_table}"')

    # The lock makes the second wait; the triggers keep the chain even where it is gone.
    assert sorted(answers)[0] == "2"
    assert sorted(answers)[1] in {"IntegrityError", "OperationalError"}
    assert audit.verify(key, deep=True).length == 2


def test_twenty_at_once_make_twenty_events(recorders):
    key, one, other = recorders

    assert barrier.threads([one, other] * 10) == {str(number): 1 for number in range(2, 22)}
    assert audit.verify(key, deep=True).length == 21
