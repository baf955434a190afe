"""Whether a worker watches: signs of life, by the database's clock."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.db.models.functions import Now

from wagtail_contracts.outbox import flows as outbox
from wagtail_contracts.outbox import topics
from wagtail_contracts.outbox.models import Message, Worker

ROOT = Path(__file__).parents[3]
SHORT = timedelta(seconds=30)
QUICK = timedelta(seconds=1)
# The same command as on a site; only the database is the test's, and it gives a sign each second.
WATCH = """
import sys, django
from django.conf import settings
django.setup()
settings.DATABASES["default"]["NAME"] = sys.argv[1]
from datetime import timedelta
from django.core.management import call_command
from wagtail_contracts.outbox import flows
assert flows.BEAT == timedelta(seconds=10)
flows.BEAT = timedelta(seconds=1)
call_command("outbox_deliver", "--watch", "--seconds", "0.05")
"""


def silent_for(worker, **time):
    Worker.objects.filter(pk=worker).update(seen_at=Now() - timedelta(**time))


@pytest.mark.django_db
def test_a_worker_is_seen_for_as_long_as_it_gives_signs_of_life():
    assert not outbox.worker_seen(SHORT)

    outbox.beat("here")
    assert outbox.worker_seen(SHORT)

    silent_for("here", seconds=29)
    assert outbox.worker_seen(SHORT)
    silent_for("here", seconds=31)
    assert not outbox.worker_seen(SHORT)

    begun = Worker.objects.get().begun_at
    outbox.beat("here")
    assert outbox.worker_seen(SHORT)
    assert Worker.objects.get().begun_at == begun


@pytest.mark.django_db
def test_a_worker_that_ended_is_not_seen_and_the_others_are():
    outbox.beat("one")
    outbox.beat("two")

    outbox.leave("one")

    assert list(Worker.objects.values_list("name", flat=True)) == ["two"]
    assert outbox.worker_seen(SHORT)
    outbox.leave("two")
    assert not outbox.worker_seen(SHORT)


@pytest.mark.django_db
def test_the_rows_of_workers_silent_for_a_day_go_when_another_appears():
    outbox.beat("dead for long")
    outbox.beat("dead a while")
    silent_for("dead for long", hours=24, seconds=1)
    silent_for("dead a while", hours=23, minutes=59)

    outbox.beat("new")

    assert set(Worker.objects.values_list("name", flat=True)) == {"dead a while", "new"}


@pytest.mark.django_db
def test_a_message_in_hand_is_a_sign_of_life_until_its_lease_is_over():
    topics.subscribe("test.in_hand", "reader", lambda message: None)
    with transaction.atomic():
        message = outbox.post("test.in_hand")[0]
    assert not outbox.worker_seen(SHORT)

    mine = Message.objects.filter(pk=message.pk)
    mine.update(leased_until=Now() + timedelta(seconds=60))
    assert outbox.worker_seen(SHORT)

    mine.update(leased_until=Now() - timedelta(seconds=1))
    assert not outbox.worker_seen(SHORT)
    mine.update(leased_until=Now() + timedelta(seconds=60), done_at=Now())
    assert not outbox.worker_seen(SHORT)


@pytest.mark.django_db
def test_asking_writes_nothing(django_assert_num_queries):
    outbox.beat("here")
    before = list(Worker.objects.values())

    with django_assert_num_queries(1) as queries:
        assert outbox.worker_seen(SHORT)

    assert queries[0]["sql"].startswith("SELECT")
    assert list(Worker.objects.values()) == before


@pytest.fixture
def watch():
    """Start a watching worker on the database of the test; whatever is left of them is ended."""
    started = []

    def start():
        begun = subprocess.Popen(  # noqa: S603 - our own interpreter and words
            [sys.executable, "-c", WATCH, str(connection.settings_dict["NAME"])],
            cwd=ROOT,
            env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"},
        )
        started.append(begun)
        return begun

    yield start
    for process in started:
        process.kill()
        process.wait()


def patiently(condition):
    for _ in range(3600):
        if condition():
            return True
        time.sleep(0.05)
    return False


@pytest.mark.django_db(transaction=True)
def test_a_watching_worker_is_seen_and_one_that_was_killed_is_silent(watch):
    worker = watch()
    assert patiently(Worker.objects.exists)
    row = Worker.objects.get()
    assert f":{worker.pid}:" in row.name
    first = row.seen_at
    assert patiently(lambda: Worker.objects.get().seen_at > first)
    second = Worker.objects.get().seen_at
    assert second - first >= QUICK / 4  # not each turn; the first one may be written late

    other = watch()
    assert patiently(lambda: Worker.objects.count() == 2)
    other.send_signal(signal.SIGTERM)
    assert other.wait(180) == 0
    assert Worker.objects.get().name == row.name

    worker.kill()
    worker.wait()
    last = Worker.objects.get().seen_at
    time.sleep(2 * QUICK.total_seconds())
    assert Worker.objects.get().seen_at == last
