"""Recording events, and reading them."""

import threading
import uuid

import pytest
from django.db import connections, transaction

from tests import database
from tests.kinds import ENDED, GREW
from wagtail_contracts import canonical, chain, events
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.audit.errors import (
    ChainBroken,
    NoTransaction,
    UnknownDisclosure,
    UnknownTrail,
)
from wagtail_contracts.audit.models import Disclosure, Event, Trail

pytestmark = pytest.mark.django_db


@pytest.fixture
def key():
    return uuid.uuid4().hex


def recorded(key, by, count=1, **options):
    for number in range(count):
        with transaction.atomic():
            event = audit.record(key, GREW, {"n": number}, by=by, **options)
    return event


def test_events_of_a_trail_form_a_chain(key, ola):
    last = recorded(key, ola, 20)

    assert audit.verify(key) == audit.verify(key, deep=True) == chain.Head(20, last.digest)


def test_what_is_returned_is_the_row_as_it_is_read(key, ola):
    event = recorded(key, ola, 2)
    row = Event.objects.get(pk=event.pk)

    assert (event, event.trail, event.data) == (row, row.trail, {"n": 1})
    for field in Event._meta.concrete_fields:
        assert getattr(event, field.attname) == getattr(row, field.attname)
    assert (event._state.adding, event._state.db) == (False, row._state.db)


@pytest.mark.django_db(transaction=True)
def test_an_event_is_refused_outside_a_transaction_and_taken_inside(key, ola):
    with pytest.raises(NoTransaction):
        audit.record(key, GREW, by=ola)
    with transaction.atomic():
        audit.record(key, GREW, by=ola)

    assert audit.verify(key).length == 1


def test_a_rolled_back_event_never_was(key, ola):
    recorded(key, ola)

    with transaction.atomic():
        audit.record(key, GREW, by=ola)
        transaction.set_rollback(True)

    assert audit.verify(key).length == 1


def test_a_record_names_the_actor_by_key_and_never_by_name(key, ola):
    event = recorded(key, ola, disclose={"email": "kari@nordmann.example"})

    assert event.content["by"] == {"kind": "user", "key": "7"}
    assert sorted(event.commitments) == ["address", "email", "label"]
    assert "Nordmann" not in event.record
    assert "nordmann" not in event.record


def test_lists_show_the_label_of_the_actor(key, ola, django_assert_num_queries):
    recorded(key, ola, 3)
    recorded(key, SYSTEM)

    with django_assert_num_queries(2):
        labels = [event.label for event in Event.objects.of(key).with_disclosures()]
    assert labels == ["Ola Nordmann"] * 3 + ["System"]
    assert [event.label for event in Event.objects.of(key)] == labels


def test_events_are_found_by_name_and_actor(key, ola):
    recorded(key, ola)
    with transaction.atomic():
        audit.record(key, ENDED, by=SYSTEM)

    found = Event.objects.of(key)
    assert [event.sequence for event in found.named(ENDED)] == [2]
    assert [event.sequence for event in found.by("7", kind="user")] == [1]
    assert found.first().data == {"n": 0}


def test_personal_data_are_stored_encrypted(key, ola):
    recorded(key, ola)

    with database.connection.cursor() as cursor:
        cursor.execute(f"SELECT salt, value FROM {Disclosure._meta.db_table}")
        rows = cursor.fetchall()
    assert len(rows) == 2
    assert all(text.startswith("enc1:") for row in rows for text in row)


def test_erasing_a_person_leaves_the_chain_and_the_proof(key, ola):
    event = recorded(key, ola, disclose={"email": "kari@nordmann.example"})
    commitment = event.commitments["email"]
    salt = bytes.fromhex(Disclosure.objects.get(commitment=commitment).salt)

    audit.erase(key, commitment, "request", by=ola)

    assert Event.objects.of(key).first().disclosures.keys() == {"address", "label"}
    last = Event.objects.of(key).last()
    assert (last.name, last.data) == (
        events.DISCLOSURE_ERASED,
        {"commitments": [commitment], "ground": "request"},
    )
    assert audit.verify(key, deep=True).length == 2
    # Whoever kept value and salt can still prove that it belongs there.
    assert canonical.commitment(salt, "kari@nordmann.example") == commitment


def test_what_another_trail_discloses_is_not_erased_here(key, ola):
    event = recorded(uuid.uuid4().hex, ola)
    recorded(key, ola)

    with pytest.raises(UnknownDisclosure):
        audit.erase(key, event.commitments["label"], "request", by=ola)
    assert Disclosure.objects.count() == 4
    assert audit.verify(key).length == 1


def test_an_excerpt_replays_offline_to_the_same_head(key, ola):
    recorded(key, ola, 4)

    excerpt = audit.excerpt(key)

    assert chain.replay(key, excerpt["records"]) == (excerpt["length"], excerpt["head"])
    assert excerpt["key"] == key


def test_an_anchor_holds_while_the_trail_grows(key, ola):
    head = audit.verify(recorded(key, ola, 3).trail.key)
    recorded(key, ola, 2)

    assert audit.verify_anchor(key, *head)
    assert not audit.verify_anchor(key, 2, head.digest)
    assert audit.verify_anchor(key, *chain.genesis(key))
    assert not audit.verify_anchor(uuid.uuid4().hex, *head)


def test_a_trail_that_never_was_is_unknown(key):
    with pytest.raises(UnknownTrail):
        audit.verify(key)
    with pytest.raises(UnknownTrail):
        audit.excerpt(key)


def test_a_copy_for_lists_that_lies_is_found_by_deep_alone(key, ola):
    recorded(key, ola, 3)
    with database.triggers_lifted():
        Event.objects.of(key).filter(sequence=2).update(actor_key="8")

    assert audit.verify(key).length == 3
    with pytest.raises(ChainBroken) as broken:
        audit.verify(key, deep=True)
    assert broken.value.sequence == 2


@pytest.mark.django_db(transaction=True)
def test_eight_writers_share_one_trail_without_gap_or_double(key, ola):
    failures = []

    def write():
        try:
            recorded(key, ola, 10)
        except Exception as error:  # noqa: BLE001 - shown below
            failures.append(error)
        finally:
            connections.close_all()

    writers = [threading.Thread(target=write) for _ in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    assert failures == []
    assert audit.verify(key, deep=True).length == 80
    assert Trail.objects.count() == 1
