"""What a project's own code hears of checkpoints."""

from collections.abc import Callable

import pytest
from django.db import transaction

from wagtail_contracts.audit import flows as audit
from wagtail_contracts.audit import signals
from wagtail_contracts.audit.models import Anchored

pytestmark = pytest.mark.django_db
FILE = "wagtail_contracts.audit.backends.anchors.FileAnchor"


@pytest.fixture
def heard():
    """Listen to a signal; what it was sent with."""
    found: list[dict] = []
    kept: list[tuple] = []

    def listen(signal) -> list[dict]:
        def hear(sender, signal, **more):
            found.append(more)

        signal.connect(hear)
        kept.append((signal, hear))
        return found

    yield listen
    for signal, hear in kept:
        signal.disconnect(hear)


def test_a_checkpoint_is_heard_of_once_it_is_there(
    attested, grow, heard: Callable, django_capture_on_commit_callbacks
):
    found = heard(signals.checkpoint_made)
    grow()
    with django_capture_on_commit_callbacks(execute=True):
        made = audit.checkpoint()
        assert found == []
    assert found == [{"checkpoint": made}]


@pytest.fixture
def placing(attested, grow, section, tmp_path):
    """A checkpoint, a place that takes it, and one that is away."""
    places = {
        name: {"BACKEND": FILE, "OPTIONS": {"path": tmp_path / name / "kept.txt"}}
        for name in ("there", "away")
    }
    (tmp_path / "there").mkdir()
    section("AUDIT", ANCHORS=places)
    grow()
    return audit.checkpoint()


def test_each_place_of_a_checkpoint_is_heard_of_once_it_is_kept(
    placing, heard, django_capture_on_commit_callbacks
):
    found = heard(signals.checkpoint_placed)
    with django_capture_on_commit_callbacks(execute=True):
        audit.anchor()
        assert found == []
    assert found == [{"checkpoint": placing, "anchor": "there"}]


def test_a_place_that_is_taken_back_is_never_heard_of(
    placing, heard, django_capture_on_commit_callbacks
):
    found = heard(signals.checkpoint_placed)
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        audit.anchor()
        transaction.set_rollback(True)
    assert (found, Anchored.objects.count()) == ([], 0)
