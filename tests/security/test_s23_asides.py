"""S-23: what one side says to itself reaches the other in no byte, and in no count."""

from __future__ import annotations

import json
from datetime import timedelta
from unittest import mock

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from tests import builders, mails, signatures
from tests.flows.contracts.test_talking import begin
from tests.public import visits
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import Comment
from wagtail_contracts.outbox import flows as outbox
from wagtail_contracts.outbox.models import Message
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.sealing.models import SealedFile
from wagtail_contracts.signing import flows as signing

MARKER = "Zebrafink"
EVENT = "aside.noted"


def words(letter):
    """All that a mail says, in each of its forms."""
    return "\n".join([letter.subject, letter.body, *(form[0] for form in letter.alternatives)])


@pytest.mark.parametrize("side", ["ours", "theirs"])
def test_no_mail_and_no_sealed_file_holds_a_word_of_the_other_side(answered, side):
    mine, other = answered.ola, answered.kari
    if side == "theirs":
        mine, other = other, mine
    by = builders.guest(mine)
    thread = begin(answered, mine, f"{MARKER} @{other.name}", by=by, side=mine.party)
    contracts.reply(thread, MARKER, by=by, participant=mine)
    begin(answered, mine, "For everyone", by=by)
    signatures.sign(answered.kari)
    signatures.sign(answered.ola)
    Message.objects.update(not_before=timezone.now() - timedelta(seconds=1))
    outbox.deliver()

    files = sealing.verify(sealing.content(SealedFile.objects.get())).files
    trail = json.loads(files["evidence.json"])["trail"]["records"]
    names = [json.loads(record)["name"] for record in trail]
    assert "comment.made" in names
    assert EVENT not in names
    sent = [words(letter) for letter in mail.outbox if other.email in letter.to]
    for found in (*sent, *(data.decode("utf-8", "replace") for data in files.values())):
        assert MARKER not in found
        assert thread.public_id not in found
    assert any("sealed" in letter for letter in sent)
    assert Comment.objects.filter(text__contains=MARKER).count() == 2


def test_a_mail_tells_who_spoke_and_where_and_not_what(in_review):
    begin(in_review, None, MARKER)
    later = timezone.now() + timedelta(minutes=11)
    Message.objects.filter(keys__kind="commented").update(not_before=timezone.now())
    with mock.patch.object(timezone, "now", return_value=later):
        outbox.deliver()

    (letter,) = [one for one in mail.outbox if "commented" in one.subject]
    assert letter.to == [in_review.kari.email]
    assert letter.subject == "Ola Nordmann commented on Hosting 2027"
    assert MARKER not in words(letter)


BOUNCED = {"kind": "hard", "status": "5.1.1", "by": SYSTEM}


@pytest.fixture(params=["ours", "theirs"])
def aside(request, in_review):
    """Who speaks, to which of their own people, in which trail that is told; all is delivered."""
    mine = in_review.ola if request.param == "ours" else in_review.kari
    siri = contracts.NewPerson("Siri Sør", "siri@elsewhere.example")
    contracts.add_person(mine.party, siri, "adviser", by=in_review.owner)
    mails.sent()
    mails.forget()
    return mine, in_review.contract.aside_trail(mine.party)


@pytest.fixture
def administrator(client, sales):
    """The browser of whoever answers for deliveries."""
    client.force_login(builders.staff("root", sales, ("view", "send", "administer")))
    return client


def names(trail):
    return list(Event.objects.of(trail).order_by("sequence").values_list("name", flat=True))


def mention(stage, mine, **side):
    begin(stage, mine, "Look, @Siri Sør", by=builders.guest(mine), **side)
    return Message.objects.filter(keys__kind="mentioned").latest("pk")


def test_the_link_in_a_mail_of_one_side_is_told_in_its_own_trail(in_review, aside):
    mine, own = aside
    shared, before = in_review.contract.trail, names(in_review.contract.trail)
    mention(in_review, mine, side=mine.party)
    (letter,) = mails.sent()
    assert letter.to == ["siri@elsewhere.example"]
    assert names(shared) == before
    assert names(own)[-1] == "invitation.issued"

    mention(in_review, mine)
    assert len(mails.sent()) == 2
    assert names(shared)[len(before) :] == ["thread.begun", "comment.made", "invitation.issued"]


@pytest.mark.parametrize("aside", ["theirs"], indirect=True)
def test_no_list_of_deliveries_shows_a_mail_of_the_other_side(in_review, aside, administrator):
    mine, _own = aside
    listed = f"{reverse('wagtail_contracts_deliveries')}?state=waiting"
    hidden = mention(in_review, mine, side=mine.party)
    again = reverse("wagtail_contracts_deliver_again", args=[hidden.public_id])
    assert "mentioned" not in administrator.get(listed).content.decode()
    assert administrator.post(again).status_code == 404

    seen = mention(in_review, mine)
    again = reverse("wagtail_contracts_deliver_again", args=[seen.public_id])
    assert "mentioned" in administrator.get(listed).content.decode()
    assert administrator.post(again).status_code == 302


def test_a_superuser_sees_none_of_it_either(in_review, client, sender):
    client.force_login(sender)
    type(sender).objects.update(is_superuser=True)
    siri = contracts.NewPerson("Siri Sør", "siri@elsewhere.example")
    contracts.add_person(in_review.kari.party, siri, "adviser", by=in_review.owner)
    listed = f"{reverse('wagtail_contracts_deliveries')}?state=waiting"
    mention(in_review, in_review.kari, side=in_review.kari.party)
    assert "mentioned" not in client.get(listed).content.decode()
    mention(in_review, in_review.kari)
    assert "mentioned" in client.get(listed).content.decode()


@pytest.mark.parametrize("aside", ["theirs"], indirect=True)
def test_nobody_of_us_is_told_that_a_mail_of_the_other_side_fails(in_review, aside, administrator):
    mine, _own = aside
    page = reverse("wagtail_contracts_contract:inspect", args=[in_review.contract.pk])

    def fail(message):
        Message.objects.filter(pk=message.pk).update(
            attempts=3, last_error="SMTPRecipientsRefused: no such user"
        )
        told = contracts.tell_undelivered(by=SYSTEM)
        bounce = signing.mail_bounced(message.public_id, **BOUNCED)
        return told, bounce is not None, "mentioned" in administrator.get(page).content.decode()

    own = names(in_review.contract.own_trail)
    assert fail(mention(in_review, mine, side=mine.party)) == (0, False, False)
    assert names(in_review.contract.own_trail) == own
    assert fail(mention(in_review, mine)) == (1, True, True)


@pytest.mark.parametrize("aside", ["ours"], indirect=True)
def test_our_own_mails_among_us_are_seen_by_us(in_review, aside, administrator):
    mine, _own = aside
    mention(in_review, mine, side=mine.party)
    listed = administrator.get(f"{reverse('wagtail_contracts_deliveries')}?state=waiting")
    assert "mentioned" in listed.content.decode()


@pytest.mark.parametrize("door", ["we", "they", "we in another's place", "whom we put there"])
def test_whom_we_put_among_the_others_reads_no_earlier_word_of_theirs(in_review, door):
    kari = in_review.kari
    old = begin(in_review, kari, MARKER, by=builders.guest(kari), side=kari.party)
    siri = contracts.NewPerson("Siri Sør", "siri@elsewhere.example")
    if door in ("we in another's place", "whom we put there"):
        per = contracts.NewPerson("Per Berg", "per@elsewhere.example")
        kari = signing.replace_person(kari, per, "She is away.", by=in_review.owner)
    if door == "we in another's place":
        siri = kari
    else:
        asked = {"by": builders.guest(kari), "asked_by": kari}
        how = {"by": in_review.owner} if door == "we" else asked
        siri = contracts.add_person(kari.party, siri, "adviser", **how)

    page = visits.page("threads", siri)
    browser = visits.enter(siri)
    assert (MARKER in browser.get(page).content.decode()) == (door == "they")
    reply = {"reply": old.public_id, f"text-{old.public_id}": "Aha."}
    assert browser.post(page, reply).status_code == (303 if door == "they" else 404)
    new = begin(in_review, kari, f"{MARKER} again", by=builders.guest(kari), side=kari.party)
    assert f"thread-{new.public_id}" in browser.get(page).content.decode()


def test_nobody_whom_we_put_there_is_named_in_what_was_begun_before(in_review):
    kari, guest = in_review.kari, builders.guest(in_review.kari)
    old = begin(in_review, kari, "Among us", by=guest, side=kari.party)
    siri = contracts.NewPerson("Siri Sør", "siri@elsewhere.example")
    contracts.add_person(kari.party, siri, "adviser", by=in_review.owner)
    contracts.reply(old, "@Siri Sør", by=guest, participant=kari)
    assert not Message.objects.filter(keys__kind="mentioned").exists()
    begin(in_review, kari, "@Siri Sør", by=guest, side=kari.party)
    assert Message.objects.filter(keys__kind="mentioned").count() == 1
