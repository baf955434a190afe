"""What is recorded has a kind: its name was declared, and its data are what it says."""

import pytest
from django.db import transaction

from tests.kinds import ENDED, GREW
from tests.tables import unchanged
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.audit import signals
from wagtail_contracts.audit.errors import UnfitData, UnknownKind
from wagtail_contracts.audit.models import Event

KEY = "k" * 32


def test_an_event_that_nobody_declared_is_not_recorded(db, ola):
    with unchanged(), pytest.raises(UnknownKind, match="shrank"), transaction.atomic():
        audit.record(KEY, "thing.shrank", {"n": 1}, by=ola)
    with transaction.atomic():
        assert audit.record(KEY, GREW, {"n": 1}, by=ola).data == {"n": 1}


@pytest.mark.parametrize(
    ("name", "data", "fault"),
    [
        (GREW, {"n": "1"}, r"thing\.grew: 'n' is a int and not '1'"),
        (GREW, {"m": 1}, r"thing\.grew: 'm' is not among its fields"),
        (ENDED, {"n": 1}, r"thing\.ended: 'n' is not among its fields"),
        ("agreement.given", {"participant": "p", "version": 1}, "'digest' is missing"),
    ],
)
def test_data_that_its_kind_does_not_know_are_not_recorded(db, ola, name, data, fault):
    with unchanged(), pytest.raises(UnfitData, match=fault), transaction.atomic():
        audit.record(KEY, name, data, by=ola)
    with transaction.atomic():
        fits = {"participant": "p", "version": 1, "digest": "d"} if "agreement" in name else {}
        assert audit.record(KEY, name, fits, by=ola).name == name


@pytest.fixture
def heard():
    """The events that a project's own code heard of."""
    found = []

    def hear(sender, event, **more):
        found.append((sender, event))

    signals.event_recorded.connect(hear)
    yield found
    signals.event_recorded.disconnect(hear)


def test_a_project_hears_of_an_event_once_it_is_there(
    db, ola, heard, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks() as after, transaction.atomic():
        event = audit.record(KEY, GREW, by=ola)
        assert heard == []
    for callback in after:
        callback()
    assert heard == [(Event, event)]


def test_a_project_that_fails_to_listen_stops_nothing(db, ola, django_capture_on_commit_callbacks):
    def fail(**more):
        raise OSError

    signals.event_recorded.connect(fail)
    try:
        with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
            audit.record(KEY, GREW, by=ola)
    finally:
        signals.event_recorded.disconnect(fail)
    assert Event.objects.of(KEY).count() == 1
