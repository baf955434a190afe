"""A web process that tells that nobody examines dies anywhere: somebody is told all the same."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from tests.reliability import barrier, kills, mailserver
from tests.reliability.rewinding import Point
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.examining import Fault, ring
from wagtail_contracts.outbox import flows as outbox
from wagtail_contracts.outbox.models import Message
from wagtail_contracts.signing.flows import examining
from wagtail_contracts.signing.models import Alarm

pytestmark = pytest.mark.django_db(transaction=True)
LATER = timedelta(minutes=20)


@pytest.fixture
def post(settings):
    with mailserver.running(settings) as taken:
        yield taken


@pytest.fixture
def rung(transactional_db, section):
    """Nobody examines, and nobody was told of it."""
    section("SIGNING", ALARMS=["guard@eksempel.example"], EXAMINE_SECONDS=60)
    return ring(Alarm, Fault("examination_away"))[0]


def look():
    """As a web process that was started a while ago."""
    watch = examining.Watch()
    watch.next = 0.0
    return watch.look(by=SYSTEM)


def test_the_mail_goes_out_wherever_the_web_process_dies(rung, post):
    point = Point()
    steps = kills.steps_of(look)
    sent = [number for number, step in enumerate(steps, start=1) if step.name == "send"]
    assert len(post.letters) == 1
    assert len(sent) >= 4
    for kill_at in range(1, len(steps) + 1):
        point.rewind()
        post.letters.clear()
        death = kills.killed(look, kill_at)
        assert death, kill_at
        with time_machine.travel(timezone.now() + LATER):
            look()
            told = len(post.letters)
            assert told in ((1,) if kill_at < sent[-2] else (1, 2)), str(death)
            assert look() == 0
        assert len(post.letters) == told, str(death)


def test_a_worker_that_comes_back_tells_what_a_web_process_died_of(rung, post):
    first_mail = next(n for n, step in enumerate(kills.steps_of(look), 1) if step.name == "send")
    Alarm.objects.update(told_as="")
    post.letters.clear()
    assert kills.killed(look, first_mail)
    examining.examine(by=SYSTEM)
    assert not Message.objects.exists()  # it may be on its way

    with time_machine.travel(timezone.now() + LATER):
        examining.examine(by=SYSTEM)
    assert outbox.deliver() == 1
    [letter] = post.letters
    assert "This site did not examine itself" in letter.get_content()


def test_two_that_look_at_once_mail_once(rung, post):
    post.pause = 0.5
    assert barrier.processes([look] * 4) == {"0": 3, "1": 1}
    assert len(post.letters) == 1
