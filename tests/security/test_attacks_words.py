"""Words as keyboards and PDF files give them, accents apart from their letters, break no proof."""

from __future__ import annotations

import unicodedata
from typing import Any

from django.test import Client

from tests import builders, mails, signatures
from tests.public import visits
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import Contract, Participant
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
