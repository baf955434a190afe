"""Trails, log and notes are re-read in slices; whoever owns the database changes nothing unseen."""

import io
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from tests.database import sql, triggers_lifted
from tests.reliability.rewinding import lifted
from wagtail_contracts import refusals
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.audit.models import (
    Alarm,
    Anchored,
    Checkpoint,
    Disclosure,
    Event,
    Examination,
    LogEntry,
    Trail,
)
from wagtail_contracts.examining import Fault, walking

pytestmark = pytest.mark.django_db
EVENT, TRAIL = "wagtail_contracts_audit_event", "wagtail_contracts_audit_trail"


@pytest.fixture
def kept(attested, settings, tmp_path, grow):
    """Three trails under two checkpoints, of which a file keeps the notes; returns the keys."""
    ours, place = settings.WAGTAIL_CONTRACTS, {"path": tmp_path / "notes.txt"}
    disk = {"BACKEND": "wagtail_contracts.audit.backends.anchors.FileAnchor", "OPTIONS": place}
    settings.WAGTAIL_CONTRACTS = {**ours, "AUDIT": {**ours["AUDIT"], "ANCHORS": {"disk": disk}}}
    keys = [grow(4) for _trail in range(3)]
    for _round in range(2):
        audit.checkpoint()
        audit.anchor()
        grow(2, keys[0])
    audit.checkpoint()
    audit.anchor()
    return keys


def later(hours=25):
    """An hour of another cycle."""
    moment = timezone.now() + timedelta(hours=hours)
    return patch("django.utils.timezone.now", lambda: moment)


def examine():
    """As long as it takes."""
    return audit.examine(600)


def found():
    return sorted(set(Alarm.objects.values_list("code", flat=True)))


def cut(key, length):
    head = Event.objects.of(key).get(sequence=length)
    sql(f'DELETE FROM "{EVENT}" WHERE trail_id = %s AND sequence > %s', head.trail_id, length)
    sql(f'UPDATE "{TRAIL}" SET length = %s, head = %s WHERE key = %s', length, head.digest, key)


def change(keys):
    sql(f'UPDATE "{EVENT}" SET digest = %s WHERE id = %s', "0" * 64, first(keys).pk)


def rename(keys):
    """A copy for lists, which is no part of what was hashed."""
    sql(f'UPDATE "{EVENT}" SET actor_key = %s WHERE id = %s', "8", first(keys).pk)


def first(keys):
    return Event.objects.of(keys[1]).first()


def remove(keys):
    sql(f'DELETE FROM "{EVENT}" WHERE id = %s', first(keys).pk)


def insert(keys):
    one = Event.objects.of(keys[1]).last()
    Event.objects.create(
        trail=one.trail, sequence=one.sequence + 1, record=one.record, digest=one.digest,
        name=one.name, at=one.at, actor_kind="user", actor_key="7",
    )  # fmt: skip


def reorder(keys):
    one, other = Event.objects.of(keys[1])[1:3]
    for event, told in ((one, other), (other, one)):
        words = (told.record, told.digest, event.pk)
        sql(f'UPDATE "{EVENT}" SET record = %s, digest = %s WHERE id = %s', *words)


def lose(keys):
    """The row of a trail, and not its events."""
    if connection.vendor == "sqlite":
        sql("PRAGMA defer_foreign_keys = ON")
    sql(f'DELETE FROM "{TRAIL}" WHERE key = %s', keys[1])


def cut_tail(keys):
    cut(keys[0], 3)


def regrow(keys, grow):
    cut(keys[0], 3)
    grow(9, keys[0])


def replace(keys, grow):
    """Another trail under the same key, whole in itself."""
    old = Trail.objects.get(key=keys[2])
    sql(f'UPDATE "{TRAIL}" SET key = %s WHERE id = %s', "gone", old.pk)
    grow(4, keys[2])


def forge(keys):
    point = Checkpoint.objects.earliest()
    table = Checkpoint._meta.db_table
    sql(f'UPDATE "{table}" SET root = %s WHERE id = %s', "0" * 64, point.pk)


def roll_back(keys):
    """Everything as it was before the last checkpoint; only the file knows better."""
    newest = Checkpoint.objects.latest()
    older = Checkpoint.objects.exclude(pk=newest.pk).latest()
    Anchored.objects.filter(checkpoint=newest)._raw_delete(connection.alias)
    Checkpoint.objects.filter(pk=newest.pk)._raw_delete(connection.alias)
    LogEntry.objects.filter(index__gte=older.size)._raw_delete(connection.alias)
    cut(keys[0], 6)


def forget_all(keys):
    """No log at all any more."""
    for model in (Anchored, Checkpoint, LogEntry):
        model.objects.all()._raw_delete(connection.alias)


def disclose_otherwise(keys):
    told = Disclosure.objects.get(commitment=first(keys).commitments["label"])
    Disclosure.objects.filter(pk=told.pk).update(value="Kari Nordmann")


DAMAGES = {
    "an event was changed": (change, {"trail"}),
    "a copy for lists was changed": (rename, {"trail"}),
    "an event was removed": (remove, {"trail"}),
    "an event was inserted": (insert, {"trail"}),
    "two events changed places": (reorder, {"trail"}),
    "the tail was cut": (cut_tail, {"log"}),
    "the tail was cut and grew anew": (regrow, {"log"}),
    "a trail was replaced": (replace, {"log", "trail"}),
    "a checkpoint was forged": (forge, {"kept", "log"}),
    "the database was rolled back": (roll_back, {"kept"}),
    "the log was forgotten": (forget_all, {"kept"}),
    "a disclosed value was changed": (disclose_otherwise, {"disclosure_other"}),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_each_damage_rings_once_and_its_twin_is_silent(kept, grow, name):
    do, codes = DAMAGES[name]
    assert examine() == []
    assert found() == []

    with triggers_lifted():
        do(*((kept, grow) if do in (regrow, replace) else (kept,)))
    with later():
        rung = examine()
    with later(50):
        again = examine()

    assert {alarm.code for alarm in rung} >= codes
    assert set(found()) == {alarm.code for alarm in rung}
    assert again == []


def test_a_trail_that_was_lost_rings(kept):
    row = Trail.objects.get(key=kept[1])
    with lifted():
        lose(kept)
        assert {alarm.code for alarm in examine()} >= {"log", "trail"}
        row.save(force_insert=True)  # the test ends with a database that holds together


def test_a_tail_that_grew_anew_without_log_or_note_is_not_seen(grow):
    key = grow(6)
    with triggers_lifted():
        regrow([key], grow)

    assert examine() == []


def test_what_was_mended_has_gone_and_rings_anew(kept):
    digest = first(kept).digest
    with triggers_lifted():
        change(kept)
        assert examine() != []
        sql(f'UPDATE "{EVENT}" SET digest = %s WHERE id = %s', digest, first(kept).pk)
    with later():
        assert examine() == []
    assert not Alarm.objects.there().exists()
    assert Alarm.objects.unsettled().exists()

    with triggers_lifted():
        change(kept)
    with later(50):
        assert {alarm.code for alarm in examine()} == {"trail"}


def test_a_killed_slice_is_taken_up_where_it_was(kept):
    looked = []

    def die_at_the_third(key, *, deep):
        looked.append(key)
        if len(looked) == 3:
            raise KeyboardInterrupt

    with (
        patch("wagtail_contracts.audit.flows.examining.verify", die_at_the_third),
        patch.object(walking, "NOTED", 0),
        pytest.raises(KeyboardInterrupt),
    ):
        examine()

    held = Examination.objects.get(kind="trails")
    assert held.done_at is None
    assert examine() == []  # it is held, as by another worker
    with later(1):
        examine()
    row = Examination.objects.get(kind="trails")
    assert (row.pk, row.done_at is None, row.looked) == (
        held.pk,
        False,
        5,
    )
    assert looked[:2] == kept[:2]


def test_slices_come_by_everything_once_in_a_cycle(kept):
    for _slice in range(9):
        audit.examine(0)

    row = Examination.objects.get(kind="trails")
    assert (row.looked, row.done_at is None) == (5, False)
    examine()
    assert Examination.objects.filter(kind="trails").count() == 1
    with later():
        examine()
    assert Examination.objects.filter(kind="trails").count() == 2


def test_of_many_alike_it_looks_no_further(grow):
    for _trail in range(walking.ALIKE + 5):
        grow(2)
    with triggers_lifted():
        sql(f"""UPDATE "{EVENT}" SET digest = '{"0" * 64}' WHERE sequence = 1""")

    assert len(examine()) == walking.ALIKE
    row = Examination.objects.get(kind="trails")
    assert row.done_at is None
    for alarm in Alarm.objects.all():
        assert audit.settle(alarm, "A test of ours", by=SYSTEM)
    assert len(examine()) == 5


def test_a_lost_trigger_rings(kept):
    with triggers_lifted():
        examine()
        assert "triggers" in found()


def test_a_write_that_a_trigger_refused_rings_though_it_was_taken_back(kept):
    refusals.listen()
    refusals._look(connection)
    refusals.take()
    with pytest.raises(IntegrityError), transaction.atomic():
        change(kept)

    (alarm,) = examine()

    assert (alarm.code, alarm.about, alarm.why) == ("refused", EVENT, "UPDATE")
    assert examine() == []


def test_a_settled_alarm_stays_and_says_who_and_why(kept, ola):
    with triggers_lifted():
        rename(kept)
    (alarm,) = examine()

    assert audit.settle(alarm, "The test of the backup", by=ola)

    alarm.refresh_from_db()
    assert (alarm.settled_by, alarm.reason) == ("7", "The test of the backup")
    assert not audit.settle(alarm, "Again", by=ola)
    with later():
        assert examine() == []
    with pytest.raises(IntegrityError), transaction.atomic():
        alarm.delete()


def test_what_happened_in_a_moment_rings_again_once_it_is_settled(ola):
    fault = Fault("refused", EVENT, "DELETE")
    alarm, new = walking.ring(Alarm, fault)
    assert new
    assert walking.ring(Alarm, fault) == (alarm, False)

    audit.settle(alarm, "Ours", by=ola)

    assert walking.ring(Alarm, fault)[1]


def test_nobody_looking_is_told_from_too_slow(kept):
    trails = audit.walks()[0]
    assert trails.stands(trails.newest(), timezone.now()) == "away"
    audit.examine(0)
    assert trails.stands(trails.newest(), timezone.now()) == ""
    with later(2):
        assert trails.stands(trails.newest(), timezone.now()) == "away"
        audit.examine(0)
        assert trails.stands(trails.newest(), timezone.now()) == ""
    with later(26):
        audit.examine(0)
        assert trails.stands(trails.newest(), timezone.now()) == "slow"


def test_the_command_says_what_is_to_settle(kept, ola):
    said = io.StringIO()
    call_command("audit_examine", stdout=said)
    assert "Nothing found." in said.getvalue()

    with triggers_lifted():
        rename(kept)
    with later(), pytest.raises(CommandError, match="1 to settle"):
        call_command("audit_examine", stdout=said)

    assert f"trail {kept[1]}: " in said.getvalue()
    audit.settle(Alarm.objects.get(), "Ours", by=ola)
    call_command("audit_examine", stdout=said)
