"""How a verb ends: in the trail, in the outbox, and after the commit by a signal."""

import pytest
from django.db import transaction

from tests.kinds import fitting
from wagtail_contracts import events
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts import signals
from wagtail_contracts.outbox import topics
from wagtail_contracts.outbox.models import Message


@pytest.fixture
def heard():
    """What a site's own code hears."""
    calls = []

    def hear(sender, contract, actor, **more):
        calls.append((contract.pk, actor.key))

    signals.contract_withdrawn.connect(hear)
    yield calls
    signals.contract_withdrawn.disconnect(hear)


def test_a_signal_follows_the_commit(sent, heard, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as after:
        contracts.withdraw(sent.contract, "Wrong", by=sent.owner)
        assert heard == []
    for callback in after:
        callback()

    assert heard == [(sent.contract.pk, sent.owner.key)]


def test_a_verb_that_is_rolled_back_says_nothing(sent, heard, django_capture_on_commit_callbacks):
    before = Event.objects.count(), Message.objects.count()
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        contracts.withdraw(sent.contract, "Wrong", by=sent.owner)
        transaction.set_rollback(True)

    assert (Event.objects.count(), Message.objects.count(), heard) == (*before, [])


def test_a_signal_whose_receiver_fails_stops_nothing(sent, django_capture_on_commit_callbacks):
    def fail(**more):
        raise OSError

    signals.contract_withdrawn.connect(fail)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            contracts.withdraw(sent.contract, "Wrong", by=sent.owner)
    finally:
        signals.contract_withdrawn.disconnect(fail)

    assert Event.objects.filter(name=events.CONTRACT_WITHDRAWN).exists()


def test_every_event_is_a_topic_that_others_may_subscribe_to(sent, monkeypatch):
    monkeypatch.setattr(topics, "_subscriptions", {})
    topics.subscribe(events.CONTRACT_WITHDRAWN, "site.archive", lambda message: None)
    contracts.withdraw(sent.contract, "Wrong", by=sent.owner)

    (message,) = Message.objects.filter(subscriber="site.archive")
    assert message.keys == {"contract": sent.contract.pk}


def test_what_is_our_own_side_s_never_enters_the_shared_trail(sent):
    own = (
        events.STAFF_LOOKED,
        events.SENSITIVE_SEEN,
        events.DEVIATIONS_FOUND,
        events.SEALING_FAILED,
        events.SEALING_DELAYED,
        events.DELIVERY_RETRIED,
        events.DELIVERY_DISCARDED,
    )
    with transaction.atomic():
        for name in (*own, events.CONTRACT_VIEWED):
            contracts.record(sent.contract, name, fitting(name), by=SYSTEM)

    shared = [event.name for event in Event.objects.of(sent.contract.trail)]
    assert set(shared) & set(own) == set()
    assert shared[-1] == events.CONTRACT_VIEWED
    assert [event.name for event in Event.objects.of(sent.contract.own_trail)] == list(own)
