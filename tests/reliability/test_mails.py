"""S-14 for mails: each at least once, and a mail that comes twice is the same mail."""

from collections import Counter
from datetime import timedelta

import pytest
from django.db import transaction
from django.db.models.functions import Now

from tests import builders, signatures
from tests.reliability import barrier, kills, postbox, rivals
from tests.reliability.rewinding import Point
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.outbox import flows as outbox
from wagtail_contracts.outbox.models import Message
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.errors import CodeWrong
from wagtail_contracts.signing.models import Challenge

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def stage(transactional_db, settings, tmp_path):
    settings.EMAIL_BACKEND = postbox.BACKEND
    settings.POSTBOX = tmp_path / "letters"
    made = rivals.out(*rivals.arena())
    Message.objects.all().delete()
    return made


def post(stage, kind):
    with transaction.atomic():
        contracts.tell([stage.kari], kind)
    return f"<{Message.objects.get().public_id}@127.0.0.1>"


def let_leases_run_out():
    Message.objects.unfinished().update(leased_until=Now() - timedelta(seconds=1))


def work():
    """What a worker does until nothing is left."""
    while Message.objects.unfinished().exists():
        outbox.deliver()
    return "idle"


def test_a_mail_comes_at_least_once_wherever_the_worker_dies(stage):
    identity, point, times = post(stage, "invitation"), Point(), Counter()
    for kill_at in kills.each_kill(outbox.deliver):
        let_leases_run_out()
        assert barrier.processes([work] * 2) == {"idle": 2}
        assert set(postbox.counted()) == {identity}, kill_at
        times[postbox.counted()[identity]] += 1
        postbox.empty()
        point.rewind()

    # Only a death between handing over and marking sends it twice, with the same Message-ID.
    assert set(times) == {1, 2}
    assert times[1] > 12


def test_every_link_of_a_mail_that_came_twice_works(stage, monkeypatch):
    post(stage, "invitation")
    links = []
    invite = signing.invite

    def seen(participant, *, by):
        links.append(invite(participant, by=by))
        return links[-1]

    monkeypatch.setattr(signing, "invite", seen)
    outbox.deliver()
    Message.objects.update(done_at=None, leased_until=None)
    outbox.deliver()

    assert postbox.counted().total() == 2
    assert len(set(links)) == 2
    assert [signing.invited(link) for link in links] == [stage.kari] * 2


def test_a_code_that_is_mailed_again_is_another_mail_and_the_last_one_works(stage):
    asked = signatures.challenge(stage.kari)
    outbox.deliver()
    Message.objects.update(done_at=None, leased_until=None)
    outbox.deliver()

    (one, _to, first), (two, _to, second) = postbox.letters()
    assert one != two  # a mail program that joins the two would show the first
    code, by = second[:6], builders.guest(stage.kari)
    if first[:6] != code:
        with pytest.raises(CodeWrong):
            signing.identify(asked, first[:6], by=by)
    assert signing.identify(Challenge.objects.get(), code, by=by)


def test_a_mail_that_the_server_refuses_is_tried_again_and_stops_no_other(stage, settings):
    with transaction.atomic():
        contracts.tell([stage.kari, stage.ola], "reminder")
    settings.EMAIL_BACKEND = "no.such.Backend"
    outbox.deliver()
    assert Message.objects.unfinished().count() == 2

    settings.EMAIL_BACKEND = postbox.BACKEND
    Message.objects.update(not_before=Now())
    outbox.deliver()
    assert {to for _id, to, _subject in postbox.letters()} == {
        "kari@customer.example",
        "ola@eksempel.example",
    }
