"""Mails as their reader needs them: what is left to do, where there is help, in one language."""

import pytest
from django.db import transaction

from tests import builders, mails, signatures
from tests.flows.signing.test_mails import KINDS
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import Contract, Participant
from wagtail_contracts.contracts.models.guards import unguarded
from wagtail_contracts.signing import flows as signing

SIGN, AGREE = "It is your turn to sign.", "say whether you agree to version"


def test_a_reminder_says_what_is_left_for_its_reader(sent):
    fields = "2 fields are left for you to fill in."
    assert f"{fields} {SIGN}" in mails.one(sent.kari, "reminder").body
    ola = mails.one(sent.ola, "reminder").body
    assert (SIGN in ola, "left for you" in ola) == (True, False)
    by = builders.guest(sent.kari)
    contracts.save_answers(sent.kari, {"support": "office"}, by=by)
    assert "1 field is left for you to fill in." in mails.one(sent.kari, "reminder").body
    contracts.answer(sent.kari, sent.version.digest, builders.ANSWERS, by=by)
    kari = mails.one(sent.kari, "reminder").body
    assert (SIGN in kari, "left for you" in kari) == (True, False)
    signatures.sign(sent.kari)
    assert SIGN not in mails.one(sent.kari, "reminder").body


def test_a_reminder_says_whose_turn_it_is_before(answered):
    with unguarded():
        Participant.objects.filter(pk=answered.ola.pk).update(position=2)
    contracts.replace_person(
        answered.kari,
        contracts.NewPerson("Åse Boss", "ase@customer.example"),
        "Has left.",
        by=answered.owner,
    )
    body = mails.one(answered.ola, "reminder").body
    assert "You sign after Åse Boss." in body
    assert SIGN not in body


def test_in_review_a_reminder_asks_whether_one_agrees(in_review):
    body = mails.one(in_review.kari, "reminder").body
    assert f"Nothing is signed yet: {AGREE} 1." in body
    signing.agree(in_review.kari, in_review.version.digest, by=builders.guest(in_review.kari))
    body = mails.one(in_review.kari, "reminder").body
    assert AGREE not in body
    assert "2 fields are left" in body


def test_a_reminder_in_a_workspaces_words_says_what_is_left_all_the_same(sent, sales):
    contracts.write_text(sales, "reminder", "en", "Still open", "We wait for you.", by=SYSTEM)
    letter = mails.one(sent.kari, "reminder")
    assert letter.subject == "Still open"
    assert "You have not opened it yet." not in letter.body
    assert f"We wait for you.\n\n2 fields are left for you to fill in. {SIGN}" in letter.body


@pytest.mark.parametrize("kind", KINDS)
def test_every_mail_to_an_outsider_leads_to_the_help_in_its_language(answered, kind, client):
    with unguarded():
        Participant.objects.filter(pk=answered.kari.pk).update(language="nb")
    letter = mails.one(answered.kari, kind)
    place = "http://127.0.0.1:8000/c/help/?language=nb"
    assert letter.body.count(place) == 1
    assert f'href="{place}"' in mails.html(letter)
    assert client.get(place.removeprefix("http://127.0.0.1:8000"))["Content-Language"] == "nb"


def test_a_mail_says_who_entered_the_address(sent):
    assert "because Ola Nordmann of Eksempel AS entered" in mails.one(sent.kari, "invitation").body
    mails.forget()
    new, by = contracts.NewPerson("Per", "per@customer.example"), builders.guest(sent.kari)
    signing.forward(sent.kari, signatures.digest(sent.kari), new, "read", by=by)
    (letter,) = [one for one in mails.sent() if one.to == ["per@customer.example"]]
    later = mails.one(Participant.objects.get(name="Per"), "new_link")
    for part in (letter.body, mails.html(letter), later.body, mails.html(later)):
        assert "because Kari Nordmann entered your address." in part


def test_staff_who_are_told_need_no_help_for_signers(answered):
    mails.forget()
    with transaction.atomic():
        contracts.tell_owner(answered.contract, "answered")
    (letter,) = mails.sent()
    assert mails.HELP not in letter.body + mails.html(letter)


def test_who_can_ask_for_no_more_time_is_not_told_to(answered):
    """One of ours who takes part without being the owner: told of the end alone."""
    with unguarded():
        Contract.objects.update(deadline="2026-01-31", owner=builders.staff("eva"))
    mails.forget()
    contracts.expire(answered.contract, by=SYSTEM)
    told = {letter.to[0]: letter.body for letter in mails.sent()}
    assert "Read the contract:" in told["ola@eksempel.example"]
    assert "Ask for more time:" not in told["ola@eksempel.example"]
    assert "Ask for more time:" in told["kari@customer.example"]
