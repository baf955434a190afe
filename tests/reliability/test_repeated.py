"""The same comment, sent by a press that was counted three times at once: one thread, one mail."""

import pytest

from tests import builders, journeys
from tests.reliability import barrier
from wagtail_contracts import events
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.core import states
from wagtail_contracts.contracts.models import Comment, Thread
from wagtail_contracts.outbox.models import Message

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def at():
    space = builders.workspace()
    sender = builders.staff("ola", space)
    draft = builders.contract(builders.template(space), sender)
    by = builders.actor(sender)
    contracts.send(draft, builders.shown(draft), into=states.NEGOTIATING, by=by)
    return journeys.stage(draft, sender)


def test_a_comment_that_comes_three_times_at_once_is_one(at):
    by, matter = builders.guest(at.kari), contracts.Matter()

    def say():
        return contracts.begin_thread(at.contract, at.kari, "Why?", matter, by=by).public_id

    answers = barrier.threads([say] * 3)
    assert list(answers.values()) == [3]
    assert (Thread.objects.count(), Comment.objects.count()) == (1, 1)
    told = Message.objects.filter(topic=events.MAIL_DUE, keys__kind="commented")
    assert {message.keys["n"] for message in told} == {1}
