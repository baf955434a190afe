"""S-17: the clock of the application may jump by an hour either way between any two steps."""

import datetime as dt
import uuid

import pytest
from django.db import transaction
from django.utils import timezone

from tests.kinds import GREW
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.audit.models import Event
from wagtail_contracts.outbox import flows as outbox
from wagtail_contracts.outbox import topics
from wagtail_contracts.outbox.models import Message

pytestmark = pytest.mark.django_db(transaction=True)
HOUR = dt.timedelta(hours=1)


class Clock(dt.datetime):
    """The clock of this process; the database keeps its own."""

    jump = dt.timedelta()

    @classmethod
    def now(cls, tz=None):
        return dt.datetime.now(tz) + cls.jump


@pytest.fixture
def jump(monkeypatch):
    def jump(by):
        Clock.jump = by

    monkeypatch.setattr(timezone, "datetime", Clock)
    monkeypatch.setattr("wagtail_contracts.audit.flows.recording.datetime", Clock)
    yield jump
    Clock.jump = dt.timedelta()


@pytest.mark.parametrize("first", [HOUR, -HOUR])
def test_the_chain_follows_the_sequence_and_shows_the_jump(jump, ola, first):
    key = uuid.uuid4().hex
    for by in (dt.timedelta(), first, -first, dt.timedelta()):
        jump(by)
        with transaction.atomic():
            audit.record(key, GREW, by=ola)

    times = [event.at for event in Event.objects.of(key)]
    assert audit.verify(key, deep=True).length == 4
    assert times != sorted(times)
    assert abs(times[1] - times[2]) > HOUR


@pytest.mark.parametrize("by", [HOUR, -HOUR])
def test_a_jump_neither_loses_nor_doubles_a_message(jump, by):
    topic, seen = f"test.{uuid.uuid4().hex}", []

    def work(message):
        seen.append(message.public_id)
        jump(by)
        # The lease still holds: another worker finds nothing, however late it thinks it is.
        assert outbox.deliver() == 0

    topics.subscribe(topic, "reader", work)
    with transaction.atomic():
        (message,) = outbox.post(topic)
    jump(-by)

    assert outbox.deliver() == 1
    jump(by)
    assert outbox.deliver() == 0
    assert seen == [message.public_id]
    assert Message.objects.get().attempts == 1


@pytest.mark.parametrize("by", [HOUR, -HOUR])
def test_a_jump_does_not_shorten_or_stretch_a_wait(jump, by):
    topic = f"test.{uuid.uuid4().hex}"

    def fail(message):
        jump(by)
        raise OSError

    topics.subscribe(topic, "failing", fail)
    with transaction.atomic():
        outbox.post(topic)
    outbox.deliver()
    jump(dt.timedelta())

    wait = Message.objects.get().not_before - timezone.now()
    assert dt.timedelta(seconds=40) < wait < dt.timedelta(seconds=80)
