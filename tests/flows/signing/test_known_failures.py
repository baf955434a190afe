"""Failures that products of this kind are known for: docs/explanation/known-failures.md."""

from collections import Counter
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from django.core import mail
from django.core.files.storage import storages
from django.test import Client

from example_site import contents as made
from tests import builders, mails, signatures
from tests.journeys import everybody, stage
from tests.public import visits
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.core import trees
from wagtail_contracts.outbox import flows as outbox
from wagtail_contracts.outbox.models import Message
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.sealing.models import SealedFile
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.models import Signature

PER = "per@partner.example"
MANY = 300


def out(template, sender, *more):
    """A contract out for signing, with more people on the customer's side."""
    ours, theirs = builders.parties(sender)
    customer = contracts.PartyDraft("customer", "Customer AS", "", [*theirs.people, *more])
    draft = builders.contract(template, sender, parties=[ours, customer])
    contracts.send(draft, builders.shown(draft), into="signing", by=builders.actor(sender))
    return everybody(draft, sender)


def test_two_who_fill_in_at_once_lose_nothing_of_either(template, sender):
    both = out(template, sender, contracts.PersonDraft("Per Hansen", PER))
    kari, per = visits.enter(both.kari), visits.enter(both.per)
    seen = visits.shown(both.kari)
    typed = {
        "kari": {**visits.TYPED, "a-remarks": "By bicycle"},
        "per": {**visits.TYPED, "a-invoice": "per@customer.example"},
    }
    first = kari.post(visits.page("answers", both.kari), {**seen, **typed["kari"]})
    assert first.status_code == 303
    late = per.post(visits.page("answers", both.per), {**seen, **typed["per"]})

    assert late.status_code == 409
    assert 'name="a-invoice" value="per@customer.example"' in late.content.decode()
    values = trees.values_by_key(visits.current(both.kari).content)
    assert values["remarks"] == "By bicycle"
    again = {**visits.shown(both.per), **typed["per"], "a-remarks": "By bicycle"}
    assert per.post(visits.page("answers", both.per), again).status_code == 303
    values = trees.values_by_key(visits.current(both.kari).content)
    assert (values["remarks"], values["invoice"]) == ("By bicycle", "per@customer.example")


def test_the_next_in_the_same_browser_is_offered_nothing_of_who_signed_before(template, sender):
    both = out(template, sender, contracts.PersonDraft("Per Hansen", PER))
    client = visits.enter(both.kari)
    visits.answer(client, both.kari)
    written = "Kari Augusta Nordmann"
    visits.agree(client, both.kari)
    form = {**visits.shown(both.kari), "name": written}
    client.post(visits.page("sign", both.kari), form)

    page = visits.enter(both.per, client).get(visits.page("sign", both.per)).content.decode()
    assert 'value="Per Hansen"' in page
    assert written not in page
    client.post(visits.page("code", both.kari), {"code": visits.code()})
    assert Signature.objects.get().name == written


@pytest.fixture
def long(sales, sender):
    """A template with three hundred required fields of the customer's."""
    fields = [
        made.field("text", f"f{number}", f"Field {number}", "customer") for number in range(MANY)
    ]
    body = [made.heading("Data"), *[made.place(f"f{number}") for number in range(MANY)]]
    return builders.template(
        sales, "Long", body=[*body, made.signatures("Signatures")], fields=fields
    )


def test_three_hundred_fields_are_filled_in_signed_and_sealed(long, sender):
    draft = builders.contract(long, sender, values={})
    contracts.send(draft, builders.shown(draft), into="signing", by=builders.actor(sender))
    who = stage(draft, sender)
    typed = {f"f{number}": f"Value {number}" for number in range(MANY)}
    contracts.answer(who.kari, who.version.digest, typed, by=builders.guest(who.kari))
    signatures.sign_all(who)
    mails.sent()

    report = sealing.verify(sealing.content(SealedFile.objects.get()))
    assert report.verdict == "intact"
    sealed = report.files["contract.json"].decode()
    assert all(f'"Value {number}"' in sealed for number in range(MANY))


def test_a_file_that_was_spoilt_is_mailed_to_nobody_until_it_is_whole(answered):
    signatures.sign_all(answered)
    while not SealedFile.objects.exists():
        outbox.deliver(limit=1)
    path = Path(storages["wagtail_contracts"].path(SealedFile.objects.get().name))
    whole = path.read_bytes()
    path.chmod(0o600)
    path.write_bytes(whole[:-1])
    mail.outbox.clear()
    outbox.deliver()

    assert [letter for letter in mail.outbox if "attached" in letter.body] == []
    waiting = Message.objects.stuck().filter(keys__kind="sealed")
    assert waiting.count() == 2
    path.write_bytes(whole)
    waiting.update(not_before="2020-01-01T00:00Z")
    letters = [letter for letter in mails.sent() if letter.attachments]
    assert [letter.attachments[0][1] for letter in letters] == [whole, whole]


def test_nobody_gets_two_mails_about_one_thing(answered):
    """The owner of the contract signs it too, and is no second reader of what all are told."""
    signatures.sign_all(answered)
    letters = mails.sent()

    told = Counter((letter.to[0], letter.subject) for letter in letters if letter.attachments)
    assert sorted(told.values()) == [1, 1]
    assert {to for to, _subject in told} == {answered.ola.email, answered.kari.email}


def test_sealed_files_outlive_the_secrets_of_a_site(answered, settings):
    signatures.sign_all(answered)
    mails.sent()
    link, client = visits.landing(answered.kari), Client()
    settings.SECRET_KEY = "another" * 9
    assert client.post(link).status_code == 303
    assert client.get(visits.page("done", answered.kari)).status_code == 200
    content = client.post(visits.page("sealed", answered.kari)).content

    ours = settings.WAGTAIL_CONTRACTS
    settings.WAGTAIL_CONTRACTS = {**ours, "KEYS": [Fernet.generate_key().decode()]}
    assert sealing.content(SealedFile.objects.get()) == content
    found = signing.verify(content)
    assert (found.report.verdict, found.version, found.trail) == ("intact", answered.version, True)
