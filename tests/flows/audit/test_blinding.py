"""Whoever owns the database leaves nothing in it that keeps an examination from going on."""

from unittest.mock import patch

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from tests.database import sql, triggers_lifted
from tests.flows.audit.conftest import examine, later, run
from tests.flows.audit.damages import EVENT, TRAIL, cut_file, forge
from tests.kinds import GREW
from wagtail_contracts import refusals
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.audit.errors import LogBroken
from wagtail_contracts.audit.flows import examining, stamping
from wagtail_contracts.audit.models import Alarm, Checkpoint, CheckpointToken, Examination, Trail
from wagtail_contracts.examining import Fault, guarding, walking

pytestmark = pytest.mark.django_db


def codes():
    return sorted(Alarm.objects.there().values_list("code", flat=True))


def token(content="A", leaf="0" * 64):
    """A time-stamp over the first checkpoint, as nobody could give it."""
    point, now = Checkpoint.objects.earliest(), timezone.now()
    return CheckpointToken.objects.create(checkpoint=point, content=content, at=now, leaf=leaf)


@pytest.mark.parametrize("content", ["A", "é", "AAAA\nAAAA"])
def test_a_time_stamp_that_is_no_base64_rings_and_what_comes_behind_is_looked_at(kept, content):
    cut_file(kept)
    row = token(content)

    with pytest.raises(LogBroken, match=r"entry 3: what is kept as its time-stamp can't be read"):
        stamping.token_of(row)
    examine()

    assert codes() == ["kept_gone", "stamp"]
    code, said = run("audit_verify")
    assert (code, "what is kept as its time-stamp can't be read" in said) == (1, True)


def test_such_a_time_stamp_proves_nothing_and_no_page_breaks_off(kept):
    token()
    with pytest.raises(LogBroken, match="can't be read"):
        audit.lasting()
    with pytest.raises(LogBroken, match="can't be read"):
        audit.existence(kept[1], 1)
    _length, told = audit.covered(kept[1])
    assert (told.size, told.stamped_at, told.stamped_by) == (3, None, "")


@pytest.mark.parametrize("line", ["tokens 1", "tokens x AAAA", "tokens 1 A"])
def test_a_line_of_tokens_that_nobody_can_read_is_a_fault_of_its_checkpoint(kept, line):
    point = Checkpoint.objects.earliest()
    assert stamping.tokens_under(point)[0] == 0
    head, _blank, rest = point.note.partition("\n\n")
    point.note = f"{head}\n{line}\n\n{rest}"
    with pytest.raises(LogBroken, match="how many time-stamps it covers can't be read"):
        stamping.tokens_under(point)


def test_a_leaf_that_is_no_digest_is_a_fault_of_its_checkpoint(kept):
    token(leaf="zz" * 32)
    with pytest.raises(LogBroken, match="the digest of its time-stamp can't be read"):
        list(stamping.leaves())


def test_what_breaks_off_one_look_rings_and_keeps_no_other_from_its_turn(kept):
    cut_file(kept)
    with patch.object(examining, "stamped", side_effect=ZeroDivisionError("a secret")):
        examine()

    (broken,) = Alarm.objects.filter(code="unreadable")
    assert (broken.about, broken.why) == ("stamps", "ZeroDivisionError")
    assert codes() == ["kept_gone", "unreadable"]
    with later():
        assert examine() == []
    assert codes() == ["kept_gone"]


def test_a_database_that_is_away_is_no_fault_and_gives_the_walk_back(kept):
    with (
        patch.object(examining, "stamped", side_effect=OperationalError),
        pytest.raises(OperationalError),
    ):
        examine()
    assert codes() == []
    examine()
    assert not Examination.objects.filter(done_at=None).exists()


def test_what_no_database_can_keep_is_told_in_other_signs(grow, ola):
    """Canonical JSON holds every sign; PostgreSQL's texts don't, and pages show some otherwise."""
    key = grow()
    audit.record(key, GREW, {"n": 1}, by=ola, committed={"a\0\u202eb": "0" * 64})
    later_one = grow()
    with triggers_lifted():
        trail = Trail.objects.get(key=later_one)
        sql(f'UPDATE "{EVENT}" SET digest = %s WHERE trail_id = %s', "0" * 64, trail.pk)
    examine()

    told = dict(Alarm.objects.values_list("about", "why"))
    assert told[key] == r"2 a\x00\u202eb"
    assert set(told) == {key, later_one}


@pytest.mark.parametrize(
    ("word", "kept_as"),
    [
        ("Kari\u00a0Nordmann ærlig 😀", "Kari\u00a0Nordmann ærlig 😀"),
        ("a\0b\ud800\n\u2028", r"a\x00b\ud800\n\u2028"),
    ],
)
def test_only_signs_that_show_nothing_are_written_otherwise(word, kept_as):
    alarm, _new = walking.ring(Alarm, Fault("trail", word, word))
    alarm.refresh_from_db()
    assert (alarm.about, alarm.why) == (kept_as, kept_as)
    assert walking.ring(Alarm, Fault("trail", word, word)) == (alarm, False)


def test_a_step_that_ends_with_a_fault_is_not_begun_anew(kept):
    """A look that is longer than a slice would keep what comes behind it from its turn."""
    with triggers_lifted():
        forge(kept)
    with patch.object(examining, "_reader", side_effect=OSError("at 0x7f")):
        for _slice in range(12):
            audit.examine(0)

    row = Examination.objects.get(kind="log")
    assert row.done_at is not None
    assert sorted(Alarm.objects.values_list("code", "about", "why")) == [
        ("kept_unread", "board", "OSError"),
        ("kept_unread", "disk", "OSError"),
        ("log", "", "Log of trails, entry 3: is not what the checkpoint covers."),
    ]


def test_a_place_with_other_words_each_time_rings_once(kept):
    for number in range(3):
        with (
            patch.object(examining, "_reader", side_effect=OSError(f"key=secret{number}")),
            later(25 * number),
        ):
            examine()
    assert sorted(Alarm.objects.values_list("code", "about", "why")) == [
        ("kept_unread", "board", "OSError"),
        ("kept_unread", "disk", "OSError"),
    ]


def test_whoever_settles_what_has_just_gone_keeps_it_from_no_second_ring(kept):
    with triggers_lifted():
        token()
    (alarm,) = (one for one in examine() if one.code == "stamp")
    with triggers_lifted():
        CheckpointToken.objects.all()._raw_delete(connection.alias)
    with later():
        examine()  # it has gone, while somebody has the page of it open

    assert audit.settle(alarm, "Ours", by=SYSTEM)

    with triggers_lifted():
        token()
    with later(50):
        assert [one.code for one in examine()] == ["stamp"]


def test_a_refusal_that_could_not_be_kept_is_kept_by_the_next_who_asks():
    refusals.take()
    refusals.put_back([refusals.Refused(EVENT, "UPDATE"), refusals.Refused(TRAIL, "DELETE")])
    with (
        patch.object(guarding, "ring", side_effect=OperationalError),
        pytest.raises(OperationalError),
    ):
        guarding.ring_refused(examining.LABEL, Alarm)
    assert refusals.are_waiting()

    rung = guarding.ring_refused(examining.LABEL, Alarm)
    assert sorted(one.about for one in rung) == [EVENT, TRAIL]
    assert not refusals.are_waiting()
