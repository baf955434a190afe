"""Sealed files are read again from the storage and judged, in slices, without anything above."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.storage import storages
from django.core.management import CommandError, call_command

from tests import bundles
from tests.database import sql, triggers_lifted
from wagtail_contracts.examining import Fault, walking
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.sealing.models import Alarm, Examination, SealedFile

pytestmark = pytest.mark.django_db
NOW = timedelta(0)
SUBJECT = bundles.facts()["subject"]


def examined(**more):
    return [alarm.code for alarm in sealing.examine(60, cycle=NOW, judged=NOW, **more)]


def rows(**values):
    for name, value in values.items():
        sql(f'UPDATE "{SealedFile._meta.db_table}" SET {name} = %s', value)


def test_a_file_that_is_as_it_was_sealed_is_silent(kept):
    assert examined() == []
    assert set(Examination.objects.values_list("kind", "looked")) == {("files", 2), ("seals", 1)}


@pytest.mark.parametrize(
    ("damage", "code"),
    [
        (lambda place: place.write_bytes(place.read_bytes() + b" "), "file_altered"),
        (lambda place: place.unlink(), "file_missing"),
        (lambda place: (place.unlink(), place.mkdir()), "file_unread"),
        (lambda place: rows(level="B-LTA"), "file_row"),
        (lambda place: rows(name="x.pdf"), "file_row"),
    ],
)
def test_each_damage_rings_once(kept, damage, code):
    with triggers_lifted():
        damage(place_of(kept))

    assert [found for found in examined() if found != "triggers"] == [code]
    assert examined() == []
    assert Alarm.objects.there().filter(code=code).count() == 1


def place_of(kept):
    return Path(storages["wagtail_contracts"].path(kept.name))


def test_the_caller_adds_what_only_it_knows(kept):
    seen = []

    def also(row, files):
        seen.append((row.pk, "evidence.json" in files))
        yield Fault("file_other", row.subject, "another tale")

    assert examined(also=also) == ["file_other"]
    assert seen == [(kept.pk, True)] * 2  # a fault is looked at twice


def test_a_storage_that_is_away_rings_no_storm(kept):
    for number in range(2, walking.ALIKE + 9):
        kept.pk, kept.subject = None, f"{number:064x}"
        kept.digest, kept.name = kept.subject, f"{kept.subject}.pdf"
        kept.save(force_insert=True)

    assert examined().count("file_missing") == walking.ALIKE
    assert Examination.objects.get(kind="files").done_at is None


def test_the_command_says_what_is_to_settle(kept, capsys):
    call_command("sealing_examine")
    assert "Nothing found." in capsys.readouterr().out

    place_of(kept).unlink()
    with pytest.raises(CommandError, match="1 to settle"):
        call_command("sealing_examine", hours=0)
    assert f"file_missing {SUBJECT}: {kept.name}" in capsys.readouterr().out
