"""Words as keyboards and PDF files give them break no proof, and what nobody sees is no word."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest
from django.test import Client

from tests import builders, mails, signatures, tables
from tests.public import visits
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.errors import Unprintable
from wagtail_contracts.contracts.models import Comment, Contract, Participant
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.models import Decline, Signature

NAME = "Åse Müller"
APART = unicodedata.normalize("NFD", NAME)


def test_a_name_with_accents_apart_is_signed_and_the_contract_is_sealed(answered: Any) -> None:
    signatures.sign(answered.ola)
    client = visits.enter(answered.kari)
    agreed = client.post(
        visits.page("sign", answered.kari), {**visits.shown(answered.kari), "name": APART}
    )
    assert agreed.status_code == 303
    client.post(visits.page("code", answered.kari), {"code": visits.code()})
    mails.sent()

    assert Signature.objects.get(participant=answered.kari).name == NAME
    assert signing.sealed_file(visits.current(answered.kari)) is not None


def test_the_flow_joins_them_whichever_door_was_used(answered: Any) -> None:
    proof = signatures.identified(answered.kari)
    made = signing.sign(
        answered.kari,
        signatures.digest(answered.kari),
        proof,
        signatures.affirmed(answered.kari, name=APART),
        by=builders.guest(answered.kari),
    )
    assert made.name == NAME


def test_a_reason_with_accents_apart_ends_the_contract(answered: Any) -> None:
    client = visits.enter(answered.kari)
    form = {**visits.shown(answered.kari), "kind": "other", "reason": APART}
    assert client.post(visits.page("decline", answered.kari), form).status_code == 303

    assert Contract.objects.get(pk=answered.contract.pk).state == "declined"
    assert unicodedata.normalize("NFC", Decline.objects.get().reason) == NAME
    audit.verify(answered.contract.trail, deep=True)


def test_somebody_whose_name_has_accents_apart_comes_in(template: Any, sender: Any) -> None:
    ours, _theirs = builders.parties(sender)
    person = contracts.PersonDraft(APART, "aase@customer.example")
    theirs = contracts.PartyDraft("customer", "Customer AS", people=[person])
    made = builders.contract(template, sender, parties=[ours, theirs])
    contracts.send(made, builders.shown(made), into="signing", by=builders.actor(sender))
    aase = Participant.objects.get(party__contract=made, party__role="customer")

    assert Client().post(visits.landing(aase)).status_code == 303
    audit.verify(made.trail, deep=True)


UNSEEN = ["\u200b", "\u2060", "\ufeff", "\xad", "\u200e", "\u2063", "\u034f"]
TURNED = ["\u202e", "\u2066"]
JOINED = "نیک\u200cآیین"
CODES = [f"U+{ord(one):04X}" for one in [*UNSEEN, *TURNED]]
EACH = pytest.mark.parametrize("mark", [*UNSEEN, *TURNED], ids=CODES)


@EACH
def test_nobody_signs_with_a_name_that_is_not_all_seen(answered: Any, mark: str) -> None:
    client, where = visits.enter(answered.kari), visits.page("sign", answered.kari)
    for name in (mark, f"Kari{mark} Nordmann"):
        with tables.unchanged():
            refused = client.post(where, {**visits.shown(answered.kari), "name": name})
        assert refused.status_code == 422
        affirmed = signatures.affirmed(answered.kari, name=name)
        proof = signatures.identified(answered.kari)
        digest, by = signatures.digest(answered.kari), builders.guest(answered.kari)
        with pytest.raises(Unprintable):
            signing.sign(answered.kari, digest, proof, affirmed, by=by)
    assert client.post(where, {**visits.shown(answered.kari), **visits.NAME}).status_code == 303


@EACH
def test_nobody_comes_in_under_such_a_name(in_review: Any, mark: str) -> None:
    client, where = visits.enter(in_review.kari), visits.page("forward", in_review.kari)
    form = {**visits.shown(in_review.kari), "todo": "read", "email": "per@customer.example"}
    for wrong in ({"name": mark}, {"name": f"Per{mark}"}, {"name": "Per", "capacity": mark}):
        with tables.unchanged(but=["ratewindow"]):
            assert client.post(where, {**form, **wrong}).status_code == 422
    assert client.post(where, {**form, "name": "Per"}).status_code == 303


@pytest.mark.parametrize("text", [*UNSEEN, "\u3164", "\u2800", "\u200d", "\ufe0f", "\U000e0041"])
def test_a_comment_of_which_nothing_is_seen_is_none(in_review: Any, text: str) -> None:
    client, where = visits.enter(in_review.kari), visits.page("threads", in_review.kari)
    form = {"begin": "new", "block-new": "", **visits.shown(in_review.kari)}
    assert client.post(where, {**form, "text-new": f"{text} \n"}).status_code == 422
    assert not Comment.objects.exists()
    assert client.post(where, {**form, "text-new": f"Yes\u200d{JOINED}"}).status_code == 303


def test_a_reason_is_seen_and_is_no_book(in_review: Any) -> None:
    by, client = builders.guest(in_review.kari), visits.enter(in_review.kari)
    per = contracts.NewPerson("Per", "per@customer.example")
    party = in_review.kari.party
    added = contracts.add_person(party, per, "reader", asked_by=in_review.kari, by=by)
    where, form = visits.page("people", in_review.kari), {"person": added.public_id}
    for reason in ("\u200b", "x" * 5001):
        with tables.unchanged():
            assert client.post(where, {**form, "reason": reason}).status_code == 422
    assert client.post(where, {**form, "reason": "x" * 5000}).status_code == 303
