"""Two workers whose hour has come at once: one checkpoint, and a log without a gap."""

import pytest
from django.db import connection

from tests.flows.audit.conftest import attested, grow  # noqa: F401 - fixtures
from tests.reliability import barrier, orders, walls
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.audit.models import Checkpoint, LogEntry

pytestmark = pytest.mark.django_db(transaction=True)
ENTRY = f'INSERT INTO "{LogEntry._meta.db_table}"'
TRAILS = 5


@pytest.fixture
def grown(attested, grow):  # noqa: F811
    """Five trails that no checkpoint covers yet."""
    return [grow(count) for count in range(1, TRAILS + 1)]


def worker():
    """How far its checkpoint goes; 0 where nothing was left for it."""
    made = audit.checkpoint()
    return made.size if made else 0


def insist_on_one_log(size):
    assert audit.verify_log() == size
    assert list(LogEntry.objects.order_by("index").values_list("index", flat=True)) == list(
        range(size)
    )


def test_whoever_is_first_signs_and_the_other_finds_nothing_left(grown):
    assert orders.overtake(worker, worker, before=ENTRY) == (str(TRAILS), "0")

    insist_on_one_log(TRAILS)
    assert Checkpoint.objects.count() == 1


def test_what_grows_meanwhile_is_for_the_next_one(grown, grow):  # noqa: F811
    def writer():
        return len(grow(1))

    answers = orders.overtake(worker, writer, before=ENTRY)

    assert (answers[0], answers[1]) == (str(TRAILS), "32")
    assert worker() == TRAILS + 1
    insist_on_one_log(TRAILS + 1)


def test_ten_at_once_make_one_checkpoint(grown):
    assert barrier.threads([worker] * 10) == {str(TRAILS): 1, "0": 9}
    insist_on_one_log(TRAILS)


def test_without_the_turn_one_is_refused_and_the_log_is_still_whole(grown):
    with walls.of_this_database()():
        answers = orders.overtake(worker, worker, before=ENTRY)

    # The turn makes the second wait; no index is given twice even where it is gone.
    assert str(TRAILS) in answers
    assert {*answers} - {str(TRAILS)} <= {"IntegrityError", "OperationalError"}
    assert len({*answers}) == 2
    insist_on_one_log(TRAILS)
    assert connection.vendor in {"sqlite", "postgresql"}
