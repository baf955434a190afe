"""Identify, sign, decline: each refusal beside the same request accepted."""

from types import SimpleNamespace

import pytest
from django.core import mail

from tests import builders
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.errors import NotReady, WrongState
from wagtail_contracts.contracts.models import Contract
from wagtail_contracts.outbox import flows as outbox
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.errors import AlreadySigned
from wagtail_contracts.signing.models import Signature

AFFIRMED = signing.Affirmed(name="Kari Nordmann", consent="I agree.", language="en")


def identified(contract, participant):
    session, _cookie = signing.admit(signing.invite(participant, by=SYSTEM), by=SYSTEM)
    by = builders.guest(participant)
    digest = Contract.objects.get(pk=contract.pk).current_version.digest
    challenge = signing.ask_code(participant, digest, session=session, by=by)
    code = signing.make_code(challenge, by=SYSTEM)
    return signing.identify(challenge, code, by=by)


def sign(stage: SimpleNamespace, who: str = "kari") -> Signature:
    participant = getattr(stage, who)
    return signing.sign(
        participant,
        stage.version.digest,
        identified(stage.contract, participant),
        AFFIRMED,
        by=builders.guest(participant),
    )


def test_a_signature_names_the_version_and_its_digest(answered):
    given = sign(answered)

    assert (given.version, given.digest) == (answered.version, answered.version.digest)
    assert Contract.objects.get(pk=answered.contract.pk).state == "signing"


def test_the_last_signature_concludes_the_contract(answered):
    sign(answered)
    sign(answered, "ola")

    assert Contract.objects.get(pk=answered.contract.pk).state == "signed"


def test_nobody_signs_before_the_fields_are_filled_in(sent):
    with pytest.raises(NotReady):
        identified(sent.contract, sent.ola)


def test_nobody_signs_twice(answered):
    sign(answered)

    with pytest.raises(AlreadySigned):
        sign(answered)
    assert Signature.objects.count() == 1


def test_a_new_version_makes_a_signature_void_and_says_so(answered):
    sign(answered)
    contract = Contract.objects.get(pk=answered.contract.pk)
    contract.title = "Hosting 2028"
    contract.save()
    contracts.revise(contract, builders.shown(contract), "New year", by=answered.owner)

    outbox.deliver()

    stage = signing.standing(Contract.objects.get(pk=contract.pk).current_version)
    assert stage.given == []
    told = [letter for letter in mail.outbox if "kari@customer.example" in letter.to]
    assert "Your signature on version 2 no longer counts" in told[-1].body


def test_declining_ends_the_contract(answered):
    by = builders.guest(answered.kari)
    signing.decline(answered.kari, answered.version.digest, kind="price", reason="Dear", by=by)

    assert Contract.objects.get(pk=answered.contract.pk).state == "declined"
    with pytest.raises(WrongState):
        contracts.withdraw(answered.contract, "why", by=answered.owner)
