"""An event is recorded with what it tells, or not at all, wherever the process dies."""

import uuid
from contextlib import contextmanager

import pytest
from django.db import connection, transaction

from tests import database
from tests.kinds import GREW
from tests.reliability import kills
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.audit.flows import verifying
from wagtail_contracts.audit.models import Disclosure, Event, Trail
from wagtail_contracts.outbox import flows as outbox
from wagtail_contracts.outbox import topics
from wagtail_contracts.outbox.models import Message

pytestmark = pytest.mark.django_db(transaction=True)


def test_chain_disclosures_and_messages_agree_after_each_death(ola):
    key, topic = uuid.uuid4().hex, f"test.{uuid.uuid4().hex}"
    topics.subscribe(topic, "reader", lambda message: None)

    def tell():
        with transaction.atomic():
            audit.record(key, GREW, by=ola)
            outbox.post(topic)

    deaths = 0
    for _kill_at in kills.each_kill(tell):
        deaths += 1
        length = audit.verify(key, deep=True).length if Trail.objects.exists() else 0
        counted = Event.objects.count(), Message.objects.count(), Disclosure.objects.count() // 2
        assert counted == (length, length, length)

    assert deaths >= 8
    assert audit.verify(key).length == Message.objects.count()


def test_what_is_told_while_a_trail_is_verified_breaks_nothing(ola, monkeypatch):
    key, begin = uuid.uuid4().hex, verifying._trail

    def tell():
        with transaction.atomic():
            audit.record(key, GREW, by=ola)

    def begin_late(key):
        trail = begin(key)
        tell()
        return trail

    tell()
    monkeypatch.setattr(verifying, "_trail", begin_late)
    assert audit.verify(key, deep=True).length == 1
    monkeypatch.undo()
    assert audit.verify(key, deep=True).length == 2


def test_what_is_told_while_all_trails_are_verified_breaks_nothing(ola, monkeypatch):
    keys, each = [uuid.uuid4().hex for _ in range(2)], verifying._each

    def tell(*names):
        with transaction.atomic():
            for key in names:
                audit.record(key, GREW, by=ola)

    def later(trails, *rows, **how):
        tell(*keys)  # one goes on, one begins
        return each(trails, *rows, **how)

    tell(keys[0])
    monkeypatch.setattr(verifying, "_each", later)
    assert list(audit.verify_all(deep=True)) == [(keys[0], None)]
    monkeypatch.undo()
    assert list(audit.verify_all(deep=True)) == [(key, None) for key in keys]


@contextmanager
def keys_unchecked():
    """As the owner of the database may: a row may name another one that isn't there."""
    off, on = {
        "sqlite": ("PRAGMA foreign_keys = OFF", "PRAGMA foreign_keys = ON"),
        "postgresql": (
            "SET session_replication_role = replica",
            "SET session_replication_role = origin",
        ),
    }[connection.vendor]
    database.sql(off)
    yield
    database.sql(on)


def test_events_of_a_trail_that_is_gone_are_named(ola):
    keys = [uuid.uuid4().hex for _ in range(2)]
    for key in keys:
        with transaction.atomic():
            audit.record(key, GREW, by=ola)
    gone = Trail.objects.get(key=keys[0]).pk
    assert [fault for _key, fault in audit.verify_all()] == [None, None]

    with database.triggers_lifted(), keys_unchecked():
        Trail.objects.filter(pk=gone)._raw_delete("default")
        found = {key: str(fault) for key, fault in audit.verify_all()}
        Event.objects.filter(trail_id=gone)._raw_delete("default")
    words = f"Trail {gone}, event 1: is left of a trail that is gone."
    assert found == {str(gone): words, keys[1]: "None"}
