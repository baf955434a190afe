"""Posting, delivering, trying again and giving up."""

import logging
import uuid
from datetime import timedelta

import pytest
from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from wagtail_contracts.outbox import flows as outbox
from wagtail_contracts.outbox import topics
from wagtail_contracts.outbox.core import backoff
from wagtail_contracts.outbox.errors import NoTransaction, NotWaiting
from wagtail_contracts.outbox.models import Message

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def topic():
    """A topic of this test's own: nobody unsubscribes in the house."""
    return f"test.{uuid.uuid4().hex}"


@pytest.fixture
def taken(topic):
    """The messages that the subscriber `reader` got."""
    seen = []
    topics.subscribe(topic, "reader", seen.append)
    return seen


def post(topic, **options):
    with transaction.atomic():
        return outbox.post(topic, **options)


def let_waits_run_out():
    Message.objects.unfinished().update(
        not_before=Now() - timedelta(days=9), leased_until=Now() - timedelta(seconds=1)
    )


def fail(message):
    raise OSError("no route to kari@nordmann.example")


def test_a_message_is_refused_outside_a_transaction_and_taken_inside(topic, taken):
    with pytest.raises(NoTransaction):
        outbox.post(topic, contract=1)
    post(topic, contract=1)

    assert outbox.deliver() == 1
    assert [message.keys for message in taken] == [{"contract": 1}]


def test_every_subscriber_gets_its_own_message(topic, taken):
    others = []
    topics.subscribe(topic, "other", others.append)

    one, two = post(topic, version=3)

    assert one.public_id != two.public_id
    assert len(one.public_id) == 32
    assert outbox.deliver() == 2
    assert len(taken) == len(others) == 1


def test_a_rolled_back_message_is_never_delivered(topic, taken):
    with transaction.atomic():
        outbox.post(topic, contract=1)
        transaction.set_rollback(True)

    assert outbox.deliver() == 0
    assert taken == []


def test_keys_hold_ids_and_nothing_else(topic, taken):
    with pytest.raises(TypeError), transaction.atomic():
        outbox.post(topic, contract={"title": "x"})
    assert Message.objects.count() == 0


def test_a_message_waits_for_its_time(topic, taken):
    post(topic, after=timezone.now() + timedelta(minutes=5), contract=1)
    post(topic, after=timezone.now() - timedelta(minutes=5), contract=2)

    assert outbox.deliver() == 1
    assert [message.keys["contract"] for message in taken] == [2]


def test_a_task_runs_outside_any_transaction_while_it_holds_a_lease(topic):
    held = []

    def look(message):
        lease = timedelta(seconds=300)
        later = Message.objects.filter(leased_until__gt=Now() + lease * 0.9)
        held.append(transaction.get_connection().in_atomic_block)
        held.append(later.count())
        held.append(later.filter(leased_until__gt=Now() + lease * 1.1).count())

    topics.subscribe(topic, "slow", look, lease=timedelta(seconds=300))
    post(topic)

    assert outbox.deliver() == 1
    assert held == [False, 1, 0]


def test_a_failure_waits_longer_each_time_stops_no_other_and_dies_at_the_end(topic, taken):
    topics.subscribe(topic, "failing", fail)
    post(topic)

    assert outbox.deliver() == 1
    failing = Message.objects.get(topic=topic, subscriber="failing")
    for wait in backoff.WAITS:
        found = Message.objects.unfinished().filter(pk=failing.pk)
        found = found.filter(not_before__gt=Now() + wait * 0.79)
        assert found.filter(not_before__lt=Now() + wait * 1.21, leased_until=None).exists()
        assert outbox.deliver() == 0
        let_waits_run_out()
        assert outbox.deliver() == 0
    failing.refresh_from_db()
    assert (failing.attempts, failing.dead_at is None) == (backoff.ATTEMPTS, False)
    assert list(Message.objects.dead()) == [failing]


def test_an_error_is_kept_and_logged_without_the_secrets_in_it(topic, caplog):
    topics.subscribe(topic, "failing", fail)
    (message,) = post(topic)

    with caplog.at_level(logging.INFO, "wagtail_contracts.outbox"):
        outbox.deliver()

    message.refresh_from_db()
    assert message.last_error == "OSError: no route to ***@***"
    assert message.public_id in caplog.text
    assert "kari" not in caplog.text


def test_a_dead_message_is_delivered_again_by_hand_with_the_same_id(topic, taken, ola):
    (message,) = post(topic)
    outbox.discard(message, by=ola)
    assert outbox.deliver() == 0

    outbox.retry(message, by=ola)

    assert outbox.deliver() == 1
    assert [again.public_id for again in taken] == [message.public_id]
    with pytest.raises(NotWaiting):
        outbox.retry(message, by=ola)
    with pytest.raises(NotWaiting):
        outbox.discard(message, by=ola)


def test_trying_again_by_hand_grants_all_attempts_anew(topic, ola):
    topics.subscribe(topic, "failing", fail)
    (message,) = post(topic)
    Message.objects.update(attempts=backoff.ATTEMPTS, dead_at=Now())

    outbox.retry(message, by=ola)
    outbox.deliver()

    message.refresh_from_db()
    assert (message.attempts, message.dead_at) == (backoff.ATTEMPTS + 1, None)


def test_a_message_whose_worker_always_dies_is_given_up(topic, taken):
    (message,) = post(topic)
    Message.objects.update(attempts=backoff.ATTEMPTS, leased_until=Now() - timedelta(seconds=1))

    assert outbox.deliver() == 0

    message.refresh_from_db()
    assert taken == []
    assert message.dead_at is not None
    assert "died" in message.last_error


def test_a_message_of_a_subscriber_that_is_gone_waits_and_says_why(topic, taken):
    with transaction.atomic():
        outbox.post(topic)
        Message.objects.update(subscriber="gone")

    assert outbox.deliver() == 0
    assert "gone" in Message.objects.get().last_error


def test_a_late_worker_marks_nothing_twice_and_moves_no_lease(topic):
    """It hangs beyond its lease; another has taken the message meanwhile, and both fail late."""
    seen = []

    def hang_and_fail(message):
        if message.attempts > 1:
            return
        let_waits_run_out()
        assert outbox.deliver() == 1
        seen.append(Message.objects.get().done_at)
        fail(message)

    topics.subscribe(topic, "hanging", hang_and_fail)
    post(topic)

    assert outbox.deliver() == 0
    message = Message.objects.get()
    assert (message.done_at, message.last_error, message.attempts) == (seen[0], "", 2)


def test_a_late_success_does_not_move_the_mark_of_another(topic):
    marks = []

    def hang(message):
        if message.attempts > 1:
            return
        let_waits_run_out()
        assert outbox.deliver() == 1
        Message.objects.update(done_at=Now() - timedelta(hours=1))
        marks.append(Message.objects.get().done_at)

    topics.subscribe(topic, "hanging", hang)
    post(topic)

    assert outbox.deliver() == 0
    assert Message.objects.get().done_at == marks[0]


def test_a_late_failure_does_not_move_the_lease_of_another(topic):
    leases = []

    def hang_and_fail(message):
        let_waits_run_out()
        # Another worker takes it, and is still at work when the first one fails.
        Message.objects.update(attempts=2, leased_until=Now() + timedelta(seconds=60))
        leases.append(Message.objects.get().leased_until)
        fail(message)

    topics.subscribe(topic, "hanging", hang_and_fail)
    post(topic)

    assert outbox.deliver() == 0
    message = Message.objects.get()
    assert (message.leased_until, message.last_error) == (leases[0], "")


def test_a_limit_counts_attempts(topic, taken):
    for number in range(3):
        post(topic, n=number)

    assert [outbox.deliver(2), outbox.deliver(2), outbox.deliver(2)] == [2, 1, 0]
    assert [message.keys["n"] for message in taken] == [0, 1, 2]


def test_an_idle_worker_only_reads(topic, taken, django_assert_num_queries):
    post(topic, after=timezone.now() + timedelta(hours=1))

    with django_assert_num_queries(1) as queries:
        outbox.deliver()
    assert queries[0]["sql"].startswith("SELECT")
