"""Trails, log and notes are re-read in slices; whoever owns the database changes nothing unseen."""

import io
from unittest.mock import patch

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from tests.database import sql, triggers_lifted
from tests.flows.audit.conftest import examine, later, no_row_left
from tests.flows.audit.damages import (
    DAMAGES,
    EVENT,
    change,
    empty,
    first,
    lose,
    regrow,
    rename,
    replace,
)
from tests.reliability.rewinding import lifted
from wagtail_contracts import refusals
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.audit.flows import examining
from wagtail_contracts.audit.models import Alarm, Examination, Trail
from wagtail_contracts.examining import Fault, walking

pytestmark = pytest.mark.django_db


def looked():
    """How many things each walk has come by that got through."""
    done = Examination.objects.exclude(done_at=None).order_by("pk")
    return dict(done.values_list("kind", "looked"))


def found():
    return sorted(set(Alarm.objects.values_list("code", flat=True)))


@pytest.mark.parametrize("name", DAMAGES)
def test_each_damage_rings_once_and_its_twin_is_silent(kept, grow, name):
    do, codes, hit = DAMAGES[name]
    twins = {key for place, key in enumerate(kept) if place != hit}
    assert examine() == []
    assert (found(), looked()) == ([], {"trails": 5, "log": 9})

    with triggers_lifted():
        do(*((kept, grow) if do in (regrow, replace) else (kept,)))
    with later():
        rung = examine()
    with later(50):
        again = examine()

    assert {alarm.code for alarm in rung} >= codes
    assert not twins & {alarm.about for alarm in rung}
    assert set(found()) == {alarm.code for alarm in rung}
    assert again == []


def test_a_trail_that_was_lost_rings(kept):
    row = Trail.objects.get(key=kept[1])
    with lifted():
        lose(kept)
        assert {alarm.code for alarm in examine()} >= {"log", "trail"}
        row.save(force_insert=True)  # the test ends with a database that holds together


def test_an_emptied_file_that_was_settled_rings_anew_when_more_is_gone(kept, grow):
    empty(kept)
    (alarm,) = examine()
    assert (alarm.code, alarm.about) == ("kept_gone", "disk")
    assert alarm.why == "3 placed there are gone, the newest of 5 entries"
    assert audit.settle(alarm, "Another disk", by=SYSTEM)
    grow()
    audit.checkpoint()
    audit.anchor()
    with later():
        assert examine() == []

    empty(kept)
    with later(50):
        (again,) = examine()
    assert again.why == "4 placed there are gone, the newest of 6 entries"


def test_an_error_that_somebody_holds_leaves_no_checkpoints_half_read(kept):
    broken = patch.object(examining, "verify_onwards", side_effect=ZeroDivisionError)
    with no_row_left(), broken, pytest.raises(ZeroDivisionError) as held:
        list(examining._log(""))
    assert held.tb


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
