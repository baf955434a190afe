"""What is recorded stays, and what was changed is found."""

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from wagtail_contracts.actors import Actor
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.audit.errors import ChainBroken, NoTransaction
from wagtail_contracts.audit.models import Disclosure, Event, Trail

KARI = Actor("user", "7", "Kari Nordmann", "192.0.2.1")
KEY = "4b" * 16


@pytest.fixture
def trail(db):
    for number in range(5):
        audit.record(KEY, "contract.viewed", {"n": number}, by=KARI)
    return Trail.objects.get(key=KEY)


@pytest.fixture
def unlocked(trail):
    """What somebody with all rights on the database can do: no triggers."""
    with connection.cursor() as cursor:
        for table, rules in _triggers().items():
            for name, _body in rules:
                on = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER {name}{on}")
    return trail


def _triggers():
    from wagtail_contracts.audit import models

    return models.triggers(connection.vendor)


def test_events_are_linked_in_order(trail):
    assert audit.verify(KEY, deep=True) == (5, trail.head)
    assert [event.sequence for event in Event.objects.of(KEY)] == [1, 2, 3, 4, 5]


def test_personal_data_stand_beside_the_record(trail):
    event = Event.objects.of(KEY).first()
    assert "Kari" not in event.record
    assert event.label == "Kari Nordmann"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT value FROM {Disclosure._meta.db_table}")
        assert not [value for (value,) in cursor.fetchall() if "Kari" in value]


def test_an_erased_person_leaves_a_chain_that_verifies(trail):
    event = Event.objects.of(KEY).first()
    rows = Disclosure.objects.filter(commitment__in=_commitments(event))
    for row in list(rows):
        audit.erase(KEY, row.commitment, "GDPR 17", by=KARI)
    assert event.label == ""
    assert audit.verify(KEY).length == 7


def _commitments(event):
    import json

    return [item["c"] for item in json.loads(event.record)["commitments"]]


@pytest.mark.django_db(transaction=True)
def test_an_event_outside_a_transaction_is_refused(transactional_db):
    with pytest.raises(NoTransaction):
        audit.record(KEY, "contract.viewed", by=KARI)
    assert not Trail.objects.exists()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE {event} SET name = 'x' WHERE sequence = 2",
        "DELETE FROM {event} WHERE sequence = 5",
        "UPDATE {trail} SET length = 4",
        "DELETE FROM {trail}",
    ],
)
def test_the_database_refuses_to_rewrite(trail, change):
    names = {"event": Event._meta.db_table, "trail": Trail._meta.db_table}
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change.format(**names))
    assert audit.verify(KEY).length == 5


@pytest.mark.parametrize(
    ("change", "first"),
    [
        ("UPDATE {event} SET record = replace(record, '\"n\":2', '\"n\":9') WHERE sequence = 3", 3),
        ("DELETE FROM {event} WHERE sequence = 2", 2),
        ("UPDATE {event} SET sequence = 10 - sequence WHERE sequence IN (4, 5)", 4),
        ("DELETE FROM {event} WHERE sequence = 5", 5),
    ],
)
def test_the_first_broken_event_is_named(unlocked, change, first, capsys):
    call_command("audit_verify")
    names = {"event": Event._meta.db_table, "trail": Trail._meta.db_table}
    with connection.cursor() as cursor:
        cursor.execute(change.format(**names))
    with pytest.raises(ChainBroken) as refusal:
        audit.verify(KEY)
    assert refusal.value.sequence == first
    with pytest.raises(CommandError):
        call_command("audit_verify")
    assert f"event {first}:" in capsys.readouterr().err


def test_a_cut_and_regrown_tail_is_found_by_an_anchor(unlocked):
    kept = audit.excerpt(KEY)
    audit.compare(kept)
    assert audit.verify_anchor(KEY, kept["length"], kept["head"])
    Event.objects.of(KEY).filter(sequence__gt=3).delete()
    Trail.objects.update(length=3, head=Event.objects.get(sequence=3).digest)
    for _ in range(2):
        audit.record(KEY, "contract.viewed", {"n": 0}, by=KARI)
    assert audit.verify(KEY).length == 5
    assert not audit.verify_anchor(KEY, kept["length"], kept["head"])
    with pytest.raises(ChainBroken) as refusal:
        audit.compare(kept)
    assert refusal.value.sequence == 4
