"""A storage that does not answer is one thing that is found, however many files it keeps."""

from datetime import timedelta
from unittest.mock import patch

import pytest

from tests.flows.audit.conftest import later
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.sealing.models import Alarm, Examination

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
READ = "wagtail_contracts.sealing.flows.examining.read"


@pytest.fixture
def kept(kept):
    """The rows of five sealed files."""
    rows = [kept]
    for number in range(4):
        row = type(rows[0]).objects.get(pk=rows[0].pk)
        row.pk, row.subject = None, f"{number:064x}"
        row.digest, row.name = row.subject, f"{row.subject}.pdf"
        row.save(force_insert=True)
        rows.append(row)
    return rows


def away(*names):
    """No file answers, or those of these names."""

    def read(_storage, name):
        if not names or name in names:
            raise TimeoutError(f"https://storage.example/{name}?key=secret")
        return b""

    there = patch("django.core.files.storage.FileSystemStorage.exists", return_value=True)
    return patch(READ, read), there


def look(slices, seconds=0.0, judged=365 * DAY):
    """All bytes once in a day; of seals is no question here."""
    for _slice in range(slices):
        sealing.walks(DAY, judged)[0].go_on(seconds)


def found():
    return list(Alarm.objects.order_by("pk").values_list("code", "about", "why"))


def test_a_storage_that_is_away_rings_once_however_short_the_slices_are(kept):
    reading, there = away()
    with reading, there:
        look(12)
    assert found() == [("file_unread", "", "no file can be read: TimeoutError")]


def test_while_it_is_away_a_slice_ends_with_the_first_file(kept):
    reading, there = away()
    with reading, there:
        look(1, seconds=60)
        assert Examination.objects.get(kind="files").looked == 2  # the triggers are one
        look(1, seconds=60)
        assert Examination.objects.get(kind="files").looked == 3
    assert len(found()) == 1


def test_when_it_is_back_that_has_gone(kept):
    reading, there = away()
    with reading, there:
        look(12)
    with later(), patch("wagtail_contracts.sealing.flows.examining._bytes", return_value=()):
        look(1, seconds=60)
    assert not Alarm.objects.there().exists()


def test_a_file_that_alone_can_not_be_read_rings_by_its_subject(kept):
    reading, there = away(kept[1].name)
    with reading, there:
        look(1, seconds=60)
    unread = [row for row in found() if row[0] == "file_unread"]
    assert unread == [("file_unread", kept[1].subject, f"{kept[1].name}: TimeoutError")]
    assert Examination.objects.get(kind="files").done_at is not None
