"""S-14: at least once, wherever a worker dies, and with the same id."""

import os
import signal
import uuid
from collections import Counter
from datetime import timedelta

import pytest
from django.db import connections, transaction
from django.db.models.functions import Now

from tests.reliability import afterwards, barrier, kills
from wagtail_contracts.outbox import flows as outbox
from wagtail_contracts.outbox import topics
from wagtail_contracts.outbox.models import Message

pytestmark = pytest.mark.django_db(transaction=True)


class Receiver:
    """Another system: it remembers in files, which outlive the worker; one more for each time."""

    def __init__(self, path):
        self.path = path
        self.last_act = lambda message: None
        path.mkdir()

    def take(self, message):
        (self.path / f"{message.public_id}.{uuid.uuid4().hex}").touch()
        self.last_act(message)

    def seen(self):
        return Counter(path.stem for path in self.path.iterdir())

    def forget(self):
        for path in self.path.iterdir():
            path.unlink()


@pytest.fixture
def receiver(tmp_path):
    return Receiver(tmp_path / "log")


@pytest.fixture
def topic(receiver):
    topic = f"test.{uuid.uuid4().hex}"
    topics.subscribe(topic, "receiver", receiver.take)
    return topic


def fill(topic, count):
    """Post anew; the ids in order."""
    Message.objects.all().delete()
    with transaction.atomic():
        return [outbox.post(topic, n=number)[0].public_id for number in range(count)]


def work():
    """What a worker does until nothing is left."""
    while Message.objects.unfinished().exists():
        outbox.deliver()
    return "idle"


def test_all_is_delivered_wherever_a_worker_dies(topic, receiver):
    doubles = Counter()
    ids = fill(topic, 2)
    for death in kills.each_kill(outbox.deliver):
        afterwards.let_leases_run_out()
        assert barrier.processes([work] * 2) == {"idle": 2}
        seen = receiver.seen()
        assert set(seen) == set(ids), str(death)
        doubles[death.number] = seen.total() - len(ids)
        receiver.forget()
        ids = fill(topic, 2)

    # Only a death between an effect and its mark delivers twice, and then one message.
    assert len(doubles) > 12
    assert set(doubles.values()) == {0, 1}


def test_four_workers_share_two_hundred_and_one_dies_between_effect_and_mark(topic, receiver):
    ids = fill(topic, 200)
    place = receiver.path.with_name("died")

    def die_once(message):
        try:
            with place.open("x") as last_words:
                last_words.write(message.public_id)
        except FileExistsError:
            return
        os.kill(os.getpid(), signal.SIGKILL)

    def mortal():
        receiver.last_act = die_once
        return work()

    connections.close_all()
    workers = [kills.FORK.Process(target=mortal) for _ in range(4)]
    for worker in workers:
        worker.start()
    while not [worker for worker in workers if worker.exitcode == -signal.SIGKILL]:
        workers[0].join(0.05)
    # Its lease alone: the others are still at work within theirs.
    held = Message.objects.filter(public_id=place.read_text())
    assert held.update(leased_until=Now() - timedelta(seconds=1)) == 1
    for worker in workers:
        worker.join(barrier.PATIENCE)

    assert sorted(worker.exitcode for worker in workers) == [-signal.SIGKILL, 0, 0, 0]
    seen = receiver.seen()
    assert set(seen) == set(ids)
    assert [key for key, count in seen.items() if count > 1] == [place.read_text()]
    assert seen.total() == 201


def test_four_workers_deliver_each_message_once_when_nobody_dies(topic, receiver):
    ids = fill(topic, 100)

    assert barrier.processes([work] * 4) == {"idle": 4}
    assert receiver.seen() == dict.fromkeys(ids, 1)


def test_a_lease_that_runs_keeps_others_away(topic, receiver):
    fill(topic, 3)
    receiver.last_act = lambda message: os.kill(os.getpid(), signal.SIGKILL)
    assert not kills.survives(outbox.deliver, kill_at=0)
    receiver.last_act = lambda message: None

    assert outbox.deliver() == 2
    afterwards.let_leases_run_out()
    assert outbox.deliver() == 1
