"""A sealed copy that is handed to whoever shows who they are, once for each showing."""

import re

import pytest
from django.core import mail

from tests import signatures, tables
from tests.public import stages, visits
from tests.public.visits import page
from wagtail_contracts import events
from wagtail_contracts.audit.models import Event
from wagtail_contracts.outbox import flows as outbox
from wagtail_contracts.signing.backends.sms import console
from wagtail_contracts.signing.models import Fetch, Identification

pytestmark = pytest.mark.django_db
COUNTED = ("ratewindow", "challenge", "_event", "_trail", "_disclosure", "_listing", "_message")


@pytest.fixture
def sealed(request):
    return stages.build("sealed", request)


@pytest.fixture
def behind(sealed):
    """The copy goes to whoever types in a code from the mail."""
    sealed.kari = signatures.asked_for(sealed.kari, fetches_by="email_code")
    return sealed


def code_of(text):
    return re.search(r"\b\d{6}\b", text)[0]


def show(client, person):
    """Ask for a code and type in the one from the newest mail."""
    client.post(page("fetch", person), {"do": "send"})
    outbox.deliver()
    answer = client.post(page("fetch", person), {"code": code_of(mail.outbox[-1].subject)})
    assert answer["Location"] == page("fetch", person)


def test_without_showing_it_nobody_takes_the_copy(behind):
    client = visits.enter(behind.kari)
    with tables.unchanged():
        answer = client.post(page("sealed", behind.kari))
    assert answer["Location"] == page("fetch", behind.kari)

    show(client, behind.kari)
    assert client.post(page("sealed", behind.kari)).content.startswith(b"%PDF-")
    [taken] = Fetch.objects.all()
    assert (taken.identification.purpose, taken.identification.method) == ("fetching", "email_code")
    assert Event.objects.of(behind.contract.trail).named(events.DOCUMENT_DOWNLOADED).count() == 1


def test_what_was_shown_is_good_for_one_copy(behind):
    client = visits.enter(behind.kari)
    show(client, behind.kari)
    assert "Download sealed PDF" in client.get(page("fetch", behind.kari)).content.decode()
    client.post(page("sealed", behind.kari))

    again = client.post(page("sealed", behind.kari))
    assert (again.status_code, again["Location"]) == (303, page("fetch", behind.kari))


def test_another_browser_of_the_same_person_shows_it_anew(behind):
    show(visits.enter(behind.kari), behind.kari)

    other = visits.enter(behind.kari)
    assert other.post(page("sealed", behind.kari))["Location"] == page("fetch", behind.kari)


def test_a_wrong_code_hands_out_nothing_and_counts(behind):
    client = visits.enter(behind.kari)
    client.post(page("fetch", behind.kari), {"do": "send"})
    outbox.deliver()
    right = code_of(mail.outbox[-1].subject)
    with tables.unchanged(but=COUNTED):
        answer = client.post(page("fetch", behind.kari), {"code": signatures.another(right)})
    assert answer.status_code == 422
    assert "4 tries left" in answer.content.decode()

    answer = client.post(page("fetch", behind.kari), {"code": right})
    assert answer.status_code == 303


def test_a_code_to_sign_or_to_open_hands_out_nothing(behind):
    client = visits.enter(behind.kari)
    found = Identification.objects.filter(participant=behind.kari).values_list("purpose", flat=True)
    assert set(found) == {"signing"}
    assert client.post(page("sealed", behind.kari))["Location"] == page("fetch", behind.kari)


def test_where_the_link_is_enough_nothing_more_is_asked(sealed):
    client = visits.enter(sealed.kari)
    assert client.get(page("fetch", sealed.kari))["Location"] == page("contract", sealed.kari)
    assert client.post(page("sealed", sealed.kari)).content.startswith(b"%PDF-")
    assert not Fetch.objects.exists()


def test_four_codes_an_hour_are_too_many(behind):
    client = visits.enter(behind.kari)
    for _time in range(3):
        assert client.post(page("fetch", behind.kari), {"do": "send"}).status_code == 303
    assert client.post(page("fetch", behind.kari), {"do": "send"}).status_code == 429


def test_by_sms_the_code_goes_to_the_telephone(behind, settings, monkeypatch):
    sent = []
    monkeypatch.setattr(
        console.ConsoleSms, "send", lambda _s, to, text, *, identity: sent.append((to, text))
    )
    ours = settings.WAGTAIL_CONTRACTS
    gateway = {"BACKEND": "wagtail_contracts.signing.backends.sms.console.ConsoleSms"}
    signing = {**ours.get("SIGNING", {}), "SMS": gateway}
    settings.WAGTAIL_CONTRACTS = {**ours, "SIGNING": signing}
    kari = signatures.asked_for(behind.kari, fetches_by="sms_code", phone="+4790012345")
    client, before = visits.enter(kari), len(mail.outbox)

    client.post(page("fetch", kari), {"do": "send"})
    outbox.deliver()
    [(number, text)] = sent
    assert (number, len(mail.outbox)) == ("+4790012345", before)
    assert "•• •• •3 45" in client.get(page("fetch", kari)).content.decode()
    answer = client.post(page("fetch", kari), {"code": code_of(text)})
    assert answer.status_code == 303
    assert client.post(page("sealed", kari)).content.startswith(b"%PDF-")


@pytest.mark.parametrize("asked", ["email_code", ""])
def test_no_mail_brings_the_copy_to_who_has_to_show_who_they_are(request, asked):
    at = stages.build("signed", request)
    signatures.asked_for(at.kari, fetches_by=asked)
    outbox.deliver()
    [letter] = [
        one for one in mail.outbox if one.to == [at.kari.email] and "Signed: " in one.subject
    ]
    assert bool(letter.attachments) != bool(asked)
    assert ("show who you are" in letter.body) == bool(asked)
    done = visits.enter(at.kari).get(page("done", at.kari)).content.decode()
    assert ("Yours went to" in done) != bool(asked)
