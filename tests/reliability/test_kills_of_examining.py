"""The worker that examines dies anywhere: the next cycle goes on, and what is found rings once."""

from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.core.files.storage import storages
from django.utils import timezone

from tests.reliability import kills
from tests.reliability.rewinding import Point
from tests.reliability.test_kills_of_proofs import authority, contract, proving
from wagtail_contracts import events
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.examining.walking import LEASE
from wagtail_contracts.outbox.models import Message
from wagtail_contracts.sealing.models import Alarm, Examination, SealedFile
from wagtail_contracts.signing.flows import examining

__all__ = ["authority", "contract", "proving"]
pytestmark = pytest.mark.django_db(transaction=True)
DEATHS = 8  # over all that is done with sealed files


@pytest.fixture
def damaged(contract, section):
    """The stored file is not the one that was sealed."""
    section("SIGNING", ALARMS=["guard@eksempel.example"], EXAMINE_SECONDS=60)
    kept = SealedFile.objects.get()
    path = Path(storages["wagtail_contracts"].path(kept.name))
    path.write_bytes(path.read_bytes()[:-9] + b"x" * 9)
    return kept


def examine():
    examining.examine(by=SYSTEM)


def found():
    """What rang, how often, and how many mails tell of it."""
    rang = Counter(Alarm.objects.values_list("code", "about"))
    return rang, Message.objects.filter(topic=events.ALARM_DUE).count()


def test_what_is_damaged_rings_once_wherever_the_worker_dies(damaged):
    point = Point()
    steps = enumerate(kills.steps_of(examine), start=1)
    places = [number for number, step in steps if "wagtail_contracts_sealing_" in step.name]
    whole = found()
    assert whole == (Counter({("file_altered", damaged.subject): 1}), 1)

    for kill_at in places[:: len(places) // DEATHS]:
        point.rewind()
        death = kills.killed(examine, kill_at)
        assert death, kill_at
        with time_machine.travel(timezone.now() + 2 * LEASE + timedelta(seconds=1)):
            examine()
        assert found() == whole, str(death)
        assert not Examination.objects.filter(done_at=None).exists(), str(death)
