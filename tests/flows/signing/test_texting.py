"""Invitations by SMS: who gets them, what they say, and what happens when they do not leave."""

import re
from io import StringIO

import pytest
from django.core.exceptions import ImproperlyConfigured

from tests import builders, journeys, mails, phones, tables
from wagtail_contracts import events
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts import tasks as contract_tasks
from wagtail_contracts.contracts.core.fields.mobiles import mobile
from wagtail_contracts.contracts.errors import NotReady
from wagtail_contracts.contracts.models import Contract, Notification, Participant, Workspace
from wagtail_contracts.contracts.models.guards import unguarded
from wagtail_contracts.outbox import flows as outbox
from wagtail_contracts.outbox.models import Message
from wagtail_contracts.signing import checks
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.backends.sms import NotSent, sms_backend
from wagtail_contracts.signing.backends.sms.console import ConsoleSms
from wagtail_contracts.signing.core import sms
from wagtail_contracts.signing.rendering.sms import invitation

NUMBER = "+4790012345"
LINK = re.compile(r"http://127\.0\.0\.1:8000/c/([A-Za-z0-9_-]{43})/")


@pytest.fixture(autouse=True)
def gateway(settings):
    phones.configured(settings)


def kari_by(draft, way, phone=NUMBER):
    with unguarded():
        people = Participant.objects.filter(party__contract=draft, party__role="customer")
        people.update(invited_by=way)
        for person in people:
            person.phone = phone
            person.save()


def send(draft, sender):
    contracts.send(draft, builders.shown(draft), into="signing", by=builders.actor(sender))
    return journeys.stage(draft, sender)


@pytest.mark.parametrize(
    ("way", "by_mail", "by_sms"), [("mail", 1, 0), ("sms", 0, 1), ("both", 1, 1)]
)
def test_each_is_invited_by_the_way_that_was_chosen(draft, sender, way, by_mail, by_sms):
    kari_by(draft, way)
    mails.forget()
    stage = send(draft, sender)

    to = [letter.to[0] for letter in mails.sent() if LINK.search(letter.body)]
    assert to == ["kari@customer.example"] * by_mail
    assert [number for number, _text, _id in phones.KeptSms.sent] == [NUMBER] * by_sms
    for _number, text, _identity in phones.KeptSms.sent:
        assert sms.fits(text)
        assert text.startswith("Eksempel AS: Hosting 2027 for you. http")
        assert signing.invited(LINK.search(text)[1]) == stage.kari


def test_nobody_is_invited_by_sms_without_a_number(draft, sender):
    kari_by(draft, "sms", phone="")
    with pytest.raises(NotReady, match="is invited by SMS, and has no number"):
        send(draft, sender)
    kari_by(draft, "sms")
    send(draft, sender)


def test_a_number_is_kept_encrypted_and_confirmed_with_the_recipients(draft, sender):
    kari_by(draft, "mail")
    before = contracts.recipients_digest(draft)
    kari_by(draft, "sms")
    assert contracts.recipients_digest(draft) != before
    assert NUMBER not in repr(tables.rows("wagtail_contracts_participant"))
    person = Participant.objects.get(party__contract=draft, party__role="customer")
    assert person.phone == NUMBER


def test_an_sms_that_does_not_leave_is_tried_again_and_told_to_the_owner(draft, sender):
    kari_by(draft, "sms")
    mails.forget()
    phones.forget(fault=NotSent("the gateway answered 503"))
    stage = send(draft, sender)
    outbox.deliver()
    message = Message.objects.get(topic=events.SMS_DUE)
    assert (message.attempts, message.done_at) == (1, None)
    assert message.last_error == "NotSent: the gateway answered 503"
    assert NUMBER not in message.last_error

    Message.objects.filter(pk=message.pk).update(attempts=3)
    contract_tasks.tell_undelivered()
    outbox.deliver()
    told = Notification.objects.get(kind="undelivered")
    assert (told.user, told.participant) == (sender, stage.kari)
    phones.forget()
    signing.retry(message, by=stage.owner)
    outbox.deliver()
    assert [number for number, *_ in phones.KeptSms.sent] == [NUMBER]
    assert phones.KeptSms.sent[0][2] == message.public_id


def test_no_sms_leaves_for_a_contract_that_is_not_out_any_more(draft, sender):
    kari_by(draft, "sms")
    stage = send(draft, sender)
    contracts.withdraw(stage.contract, "Why", by=stage.owner)
    mails.sent()

    assert phones.KeptSms.sent == []


@pytest.mark.parametrize(
    ("title", "org", "begin"),
    [
        ("Hosting 2027", "Eksempel AS", "Eksempel AS: Hosting 2027 for you. "),
        ("x" * 200, "Eksempel AS", "Eksempel AS: xxx"),
        ("Договор", "Eksempel AS", "Eksempel AS has sent you a contract: "),
        ("Hosting", "Общество", "A contract for you: "),
        ("Hosting", "Y" * 120, "A contract for you: "),
        ("…" * 30, "Ævar “Café” AS", 'Ævar "Café" AS: ...'),
        ("[~]" * 60, "{AS}", "{AS}: [~"),
    ],
)
def test_whatever_it_is_called_an_invitation_is_one_sms_with_its_whole_link(
    draft, title, org, begin
):
    link = "https://contracts.eksempel.example/c/" + "x" * 43 + "/"
    workspace = Workspace(legal_name=org, name=org[:80])
    contract = Contract(title=title, workspace=workspace, owner=draft.owner)
    text = invitation(contract, link)

    assert sms.is_gsm7(text)
    assert sms.length(text) <= 160
    assert text.startswith(begin)
    assert text.endswith(link)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("+47 900 12 345", NUMBER),
        ("0047 90012345", NUMBER),
        ("+4790012345", NUMBER),
        ("900 12 345", ""),
        ("+47 22 11 11 11", ""),  # a fixed line
        ("+47 900 12 345 x7", ""),
        ("+4790012345678", ""),
        ("kari@customer.example", ""),
        ("", ""),
    ],
)
def test_a_mobile_number_is_kept_with_its_country(typed, kept):
    assert mobile(typed) == kept


def test_the_console_shows_what_would_be_sent():
    out = StringIO()
    ConsoleSms(out).send(NUMBER, "Hello", identity="m1")
    assert out.getvalue() == "SMS m1 to +4790012345: Hello\n"


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ({"BACKEND": "wagtail_contracts.signing.backends.sms.console.ConsoleSms"}, ""),
        ({}, ""),
        ({"BACKENDS": "x"}, "E032"),
        ({"OPTIONS": {}}, "E032"),
        ({"BACKEND": "no.such.Class"}, "E034"),
        (
            {"BACKEND": "wagtail_contracts.signing.backends.sms.http.HttpSms", "OPTIONS": {}},
            "E034",
        ),
    ],
)
def test_a_check_tells_what_is_wrong_with_the_setting(settings, said, fault):
    settings.WAGTAIL_CONTRACTS = {**settings.WAGTAIL_CONTRACTS, "SIGNING": {"SMS": said}}
    found = [*checks.section(None), *checks.sms_gateway(None)]
    assert [message.id for message in found] == [f"wagtail_contracts.{fault}"] * bool(fault)


def test_without_a_backend_there_is_none(settings):
    settings.WAGTAIL_CONTRACTS = {**settings.WAGTAIL_CONTRACTS, "SIGNING": {}}
    with pytest.raises(ImproperlyConfigured, match="names no backend"):
        sms_backend()
