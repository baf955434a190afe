"""A trail as sentences: what was erased says so, with the day and the ground."""

from types import SimpleNamespace

import pytest
from django.db import transaction
from django.utils import timezone, translation

from tests import database
from tests.kinds import GREW
from wagtail_contracts.actors import SYSTEM, Actor
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.audit import kinds
from wagtail_contracts.audit.models import Disclosure, Event

KEY = "t" * 32
KARI = Actor("user", "7", "Kari Nordmann", "192.0.2.1")
GROUND = "she asked for it (GDPR, art. 17)"


@pytest.fixture
def told(db):
    """A trail of two events, one with a name in it."""
    with transaction.atomic():
        audit.record(KEY, GREW, {"n": 1}, by=KARI, disclose={"patient": "Per Nordmann"})
        audit.record(KEY, GREW, by=SYSTEM)
    return audit.timeline(KEY)


def erase(told, kind):
    audit.erase(KEY, told[0].event.commitments[kind], GROUND, by=SYSTEM)
    return audit.timeline(KEY)


def test_each_event_is_a_sentence_with_what_was_disclosed(told):
    assert [line.words for line in told] == ["Kari Nordmann let it grow", "System let it grow"]
    assert {said.kind: str(said) for said in told[0].said} == {
        "address": "192.0.2.1",
        "label": "Kari Nordmann",
        "patient": "Per Nordmann",
    }
    assert told[1].said == []


def test_what_was_erased_says_when_and_why_and_the_chain_verifies(told):
    lines = erase(told, "patient")
    [erased] = [said for said in lines[0].said if said.kind == "patient"]
    today = timezone.localdate()
    with translation.override("en"), timezone.override("UTC"):
        assert str(erased).startswith("erased on ")
        assert str(erased).endswith(f", because {GROUND}")
    assert timezone.localdate(erased.erased.at) == today
    assert lines[0].words == "Kari Nordmann let it grow"
    assert lines[2].words == "Personal data were erased"
    assert audit.verify(KEY, deep=True).length == 3


def test_somebody_whose_name_was_erased_has_none_in_a_sentence(told):
    assert erase(told, "label")[0].words == "Somebody whose data were erased let it grow"


def test_a_value_that_is_gone_without_being_erased_is_not_called_erased(told):
    with database.triggers_lifted():
        Disclosure.objects.filter(commitment=told[0].event.commitments["label"]).delete()
    [line, _other] = audit.timeline(KEY)
    assert line.words == "user 7 let it grow"
    assert [str(said) for said in line.said if said.kind == "label"] == ["…"]


def test_a_kind_may_know_more_words_of_its_events(db, monkeypatch):
    monkeypatch.setattr(kinds, "_kinds", dict(kinds._kinds))
    items = {3: SimpleNamespace(name="screws")}
    kinds.declare(
        "item.counted",
        "%(who)s counted %(quantity)s %(name)s",
        {"item": int, "quantity": int},
        known=lambda event: {"name": items[event.data["item"]].name},
    )
    with transaction.atomic():
        audit.record(KEY, "item.counted", {"item": 3, "quantity": 12}, by=KARI)
    assert audit.timeline(KEY)[0].words == "Kari Nordmann counted 12 screws"


def test_a_higher_room_explains_and_names_people_where_they_may_be_read(db, monkeypatch):
    monkeypatch.setattr(kinds, "_kinds", dict(kinds._kinds))
    kinds.declare("item.lent", "%(borrower)s has %(name)s", {"item": int})
    kinds.explain(
        "item.lent",
        known=lambda event: {"name": "a drill" if event.data["item"] == 3 else "", "borrower": "?"},
        named=lambda found: {event.pk: {"borrower": "Per Hansen"} for event in found},
    )
    with transaction.atomic():
        audit.record(KEY, "item.lent", {"item": 3}, by=KARI, disclose={"secret": "Kari"})
    assert audit.timeline(KEY)[0].words == "Per Hansen has a drill"
    [closed] = audit.timeline(KEY, disclosing=False)
    assert (closed.words, closed.event.disclosures) == ("? has a drill", {})


def test_an_event_whose_kind_is_gone_is_told_by_its_name(told, monkeypatch):
    monkeypatch.setattr(kinds, "_kinds", {})
    assert audit.timeline(KEY)[0].words == GREW


def test_whoever_may_not_read_personal_data_reads_keys_and_what_was_erased(told):
    erase(told, "patient")
    [line, *_others] = audit.timeline(KEY, disclosing=False)
    assert line.words == "user 7 let it grow"
    said = {one.kind: str(one) for one in line.said}
    assert said["label"] == said["address"] == "…"
    assert said["patient"].startswith("erased on ")


def test_a_part_of_a_long_trail_knows_what_was_erased_later(told):
    erase(told, "patient")
    [line] = audit.timeline(KEY, begin=0, count=1)
    assert [one.kind for one in line.said if one.erased] == ["patient"]
    assert [line.event.sequence for line in audit.timeline(KEY, begin=1, count=5)] == [2, 3]


def test_a_record_that_can_not_be_read_is_no_timeline(told):
    with database.triggers_lifted():
        Event.objects.of(KEY).filter(sequence=1).update(record='{"data": []}')
    with pytest.raises(ValueError, match="no record"):
        audit.timeline(KEY)
