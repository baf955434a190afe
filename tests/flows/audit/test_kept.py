"""Notes at anchors that can be read from here: each is read from its beginning, and missed."""

import pytest

from tests.flows.audit.conftest import ANCHORS, examine, later
from tests.flows.audit.damages import place
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.audit.models import Alarm, Checkpoint

pytestmark = pytest.mark.django_db


def test_anchors_of_like_names_are_each_read_from_the_beginning(kept, section, tmp_path):
    first, second = "city notary, Oslo", "city notary, Bergen"
    paths = {name: tmp_path / name for name in (first, second)}
    read = f"{ANCHORS}.FileAnchor"
    there = {name: {"BACKEND": read, "OPTIONS": {"path": path}} for name, path in paths.items()}
    section("AUDIT", ANCHORS=there)
    notes = [point.note for point in Checkpoint.objects.order_by("size")]
    paths[first].write_text("".join(f"{note}\n" for note in notes))
    changed = notes[0].replace("events 12", "events 13")
    paths[second].write_text("".join(f"{note}\n" for note in (changed, *notes[1:])))

    for _slice in range(15):
        audit.examine(0)

    assert list(Alarm.objects.values_list("code", "about")) == [("kept", second)]


def test_while_nobody_can_look_what_was_found_there_stands(kept):
    """A file that is gone keeps nothing; the next checkpoint would make it anew."""
    path, notes = place(kept), place(kept).read_text()
    path.unlink()
    (alarm,) = examine()
    assert (alarm.code, alarm.why[:24]) == ("kept_gone", "3 placed there are gone,")

    path.mkdir()
    with later():
        (unread,) = examine()
    alarm.refresh_from_db()
    assert (unread.code, alarm.gone_at) == ("kept_unread", None)

    path.rmdir()
    path.write_text(notes)
    with later(50):
        assert examine() == []
    assert not Alarm.objects.there().exists()
