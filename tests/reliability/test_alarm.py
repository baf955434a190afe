"""A contract that waits for its seal: its owner is told once, however many workers look."""

from datetime import timedelta

import pytest

from tests import signatures
from tests.passing import later
from tests.reliability import barrier, rivals
from wagtail_contracts import events
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts.models import Contract
from wagtail_contracts.outbox.models import Message
from wagtail_contracts.signing import tasks

pytestmark = pytest.mark.django_db(transaction=True)


def look():
    """What a worker does whose lease another did not wait for."""
    tasks.alarm(Message.objects.filter(topic=events.SEAL_DUE).earliest("pk"))
    return "looked"


def test_workers_that_look_at_once_tell_the_owner_once_and_look_again_once(transactional_db):
    stage = rivals.out(*rivals.arena())
    for who in (stage.ola, stage.kari):
        signatures.sign(who, signatures.proof(who))
    later(timedelta(minutes=10))

    assert barrier.processes([look] * 4) == {"looked": 4}

    contract = Contract.objects.get()
    assert Event.objects.of(contract.own_trail).named(events.SEALING_DELAYED).count() == 1
    assert Message.objects.filter(keys__kind="seal_delayed").count() == 1
    assert Message.objects.filter(topic=events.SEAL_DUE).count() == 2
