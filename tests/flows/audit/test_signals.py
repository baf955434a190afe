"""What a project's own code hears of checkpoints."""

from collections.abc import Callable

import pytest

from wagtail_contracts.audit import flows as audit
from wagtail_contracts.audit import signals

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
    db, attested, grow, heard: Callable, django_capture_on_commit_callbacks
):
    found = heard(signals.checkpoint_made)
    grow()
    with django_capture_on_commit_callbacks(execute=True):
        made = audit.checkpoint()
        assert found == []
    assert found == [{"checkpoint": made}]


def test_each_place_of_a_checkpoint_is_heard_of(db, attested, grow, heard, settings, tmp_path):
    ours = settings.WAGTAIL_CONTRACTS
    places = {
        name: {"BACKEND": FILE, "OPTIONS": {"path": tmp_path / name / "kept.txt"}}
        for name in ("there", "away")
    }
    (tmp_path / "there").mkdir()
    settings.WAGTAIL_CONTRACTS = {**ours, "AUDIT": {**ours["AUDIT"], "ANCHORS": places}}
    found = heard(signals.checkpoint_placed)
    grow()
    made = audit.checkpoint()
    audit.anchor()
    assert found == [{"checkpoint": made, "anchor": "there"}]
