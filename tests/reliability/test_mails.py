"""S-14 for mails: each at least once, and a mail that comes twice is the same mail."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import transaction
from django.db.models.functions import Now

from tests import builders, signatures
from tests.reliability import afterwards, kills, mailserver, postbox, rivals
from tests.reliability.rewinding import Point
from wagtail_contracts import events
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.outbox import flows as outbox
from wagtail_contracts.outbox import topics
from wagtail_contracts.outbox.models import Message, MessageQuerySet
from wagtail_contracts.sealing import flows as sealing
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


class Scene:
    """One mail that waits and a mail server: it must come, and twice only as the same mail."""

    def __init__(self, identity, server, copy):
        self.identity, self.server, self.copy, self.point = identity, server, copy, Point()
        self.before, self.unmarked, self.times = 0, 1, Counter()

    def flow(self):
        afterwards.deliver()

    def waiting(self):
        return Message.objects.unfinished()

    def found(self, death):
        self.before, self.unmarked = len(self.server.letters), self.waiting().count()

    def verdict(self):
        """What was marked came; what was not came once more, and never half."""
        assert set(self.server.counted()) == {self.identity}
        assert len(self.server.letters) == self.before + self.unmarked
        self.times[len(self.server.letters)] += 1
        for letter in self.server.letters:
            assert letter["To"] == "kari@customer.example"
            assert [part.get_content() for part in letter.iter_attachments()] == self.copy

    def again(self):
        self.server.letters.clear()
        self.before, self.unmarked = 0, 1
        self.point.rewind()


@pytest.fixture(params=["invitation", "sealed"])
def scene(request, stage, settings, tmp_path):
    copy = []
    if request.param == "sealed":
        private = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
        private["OPTIONS"] = {"location": tmp_path / "private"}
        settings.STORAGES = {**settings.STORAGES, "wagtail_contracts": private}
        signatures.sign_all(stage)
        copy = [sealing.content(signing.seal(stage.version, by=SYSTEM))]
        Message.objects.all().delete()
    with mailserver.running(settings) as server:
        yield Scene(post(stage, request.param), server, copy)


def test_a_mail_comes_at_least_once_wherever_the_worker_dies(scene):
    """Killed also in the middle of what it says to the mail server."""
    told = afterwards.recorded(scene)

    deaths = afterwards.kill_everywhere(scene)

    afterwards.insist_on_every_write(deaths, told)
    assert sum(death.step.name == "send" for death in deaths) > 5
    # Only a death between handing over and marking sends it twice, with the same Message-ID.
    assert set(scene.times) == {1, 2}
    assert scene.times[2] <= 3
    assert scene.times[1] > 20


CLAIMED = 9  # a step after the claim was committed, on both databases
ONE = pytest.mark.parametrize("scene", ["invitation"], indirect=True)


@ONE
def test_what_a_mail_writes(scene):
    """The list by which the runs above are measured, so that it can't be empty by mistake."""
    message = "wagtail_contracts_outbox_message"
    assert afterwards.recorded(scene).tables == [
        *(f"UPDATE {message}", "COMMIT"),
        "INSERT wagtail_contracts_signing_invitation",
        "UPDATE wagtail_contracts_listing",
        "INSERT wagtail_contracts_audit_event",
        *("UPDATE wagtail_contracts_audit_trail", "COMMIT"),
        f"UPDATE {message}",
    ]


@ONE
def test_a_claim_without_a_lease_is_seen(scene, monkeypatch):
    """A planted fault: the runner must find it."""
    assert not kills.survives(scene.flow, CLAIMED)
    afterwards.insist_on_leases()
    scene.again()
    for name, subscription in topics._subscriptions[events.MAIL_DUE].items():
        without = replace(subscription, lease=timedelta(0))
        monkeypatch.setitem(topics._subscriptions[events.MAIL_DUE], name, without)

    with pytest.raises(AssertionError, match="is free"):
        afterwards.kill_everywhere(scene, first=CLAIMED)


@ONE
def test_without_a_lease_two_workers_send_it_twice(scene, monkeypatch):
    """What the lease is for: the same race with it ends with one mail."""
    scene.server.pause = 0.3
    afterwards.race(scene.waiting)
    scene.verdict()
    scene.again()
    monkeypatch.setattr(MessageQuerySet, "free", MessageQuerySet.all)

    afterwards.race(scene.waiting)

    assert len(scene.server.letters) == 2


def test_every_link_of_a_mail_that_came_twice_works(stage, monkeypatch):
    post(stage, "invitation")
    links = []
    invite = signing.invite

    def seen(participant, **given):
        links.append(invite(participant, **given))
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
