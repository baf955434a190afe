"""A mobile number at the page where somebody is let in: then the link comes by SMS, too."""

import re

import pytest

from tests import mails, phones, tables
from tests.public import visits
from tests.public.markup import read
from wagtail_contracts.contracts.models import Contract, Participant, PersonRequest
from wagtail_contracts.contracts.models.guards import unguarded
from wagtail_contracts.signing import flows as signing

pytestmark = pytest.mark.django_db
LINK = re.compile(r"/c/([A-Za-z0-9_-]{43})/")
ASE = {"name": "Åse Boss", "email": "ase@customer.example"}
NUMBER, TYPED = "+4790012345", "+47 900 12 345"
WRONG = "Enter a mobile number with its country code"


@pytest.fixture(autouse=True)
def gateway(settings):
    phones.configured(settings)


def ask(at, client=None, **changes):
    client = client or visits.enter(at.kari)
    form = {**visits.shown(at.kari), **ASE, "todo": "sign", "phone": TYPED, **changes}
    return client.post(visits.page("forward", at.kari), form)


def texted():
    """Whom an SMS let in, by its number; all have a mail beside it."""
    letters = [letter.to[0] for letter in mails.sent() if LINK.search(letter.body)]
    assert ASE["email"] in letters
    kept = phones.KeptSms.sent
    return {number: signing.invited(LINK.search(text)[1]).name for number, text, _ in kept}


@pytest.mark.parametrize("todo", ["sign", "approve", "advise", "read"])
def test_whoever_is_let_in_gets_the_link_by_sms_too(sent, todo):
    assert ask(sent, todo=todo).status_code == 303
    new = Participant.objects.get(name="Åse Boss")
    assert (new.phone, new.invited_by) == (NUMBER, "both")
    assert texted() == {NUMBER: "Åse Boss"}
    assert NUMBER not in repr(tables.rows("wagtail_contracts_participant"))


def test_without_a_number_the_link_comes_by_mail_alone(sent):
    assert ask(sent, phone="").status_code == 303
    assert Participant.objects.get(name="Åse Boss").invited_by == "mail"
    assert texted() == {}


@pytest.mark.parametrize("typed", ["900 12 345", "+47 22 11 11 11", "ase@customer.example"])
def test_what_no_sms_reaches_is_refused_and_stays_in_the_form(sent, typed):
    client = visits.enter(sent.kari)
    with tables.unchanged():
        answer = ask(sent, client, phone=typed)
    (control,) = [one for one in read(answer.content).all("input") if one.get("name") == "phone"]
    assert (answer.status_code, control["value"]) == (422, typed)
    assert control["aria-describedby"] == "phone-hint phone-error"
    assert WRONG in answer.content.decode()
    assert ask(sent, client, phone=TYPED).status_code == 303


def test_who_needs_a_consent_first_keeps_the_number_until_then(sent):
    with unguarded():
        Contract.objects.update(signatories_fixed=True)
    assert ask(sent).status_code == 303
    asked = PersonRequest.objects.get()
    assert asked.phone == NUMBER
    assert NUMBER not in repr(tables.rows("wagtail_contracts_personrequest"))
    assert phones.KeptSms.sent == []
    signing.consent_to(asked, by=sent.owner)
    assert texted() == {NUMBER: "Åse Boss"}


def test_where_no_sms_are_sent_nobody_is_asked_for_a_number(sent, settings):
    client = visits.enter(sent.kari)
    place = visits.page("forward", sent.kari)
    assert 'name="phone"' in client.get(place).content.decode()
    settings.WAGTAIL_CONTRACTS = {**settings.WAGTAIL_CONTRACTS, "SIGNING": {}}
    assert 'name="phone"' not in client.get(place).content.decode()
    assert ask(sent).status_code == 303
    assert Participant.objects.get(name="Åse Boss").phone == ""
