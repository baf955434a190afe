"""S-06: nobody signs without a fresh identification of their own, whoever calls the flow."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import builders, journeys, signatures, tables
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import Contract
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.errors import AlreadySigned, NotIdentified
from wagtail_contracts.signing.models import Identification, Signature

pytestmark = pytest.mark.django_db
METHODS = pytest.mark.parametrize("method", ["link", "email_code", "sms_code", "totp", "in_person"])


def identification(stage, method="email_code", **changes):
    signatures.asked_for(stage.kari, signs_by=method)
    words = {"participant": stage.kari, "version": stage.version, "at": timezone.now()}
    return Identification.objects.create(**{**words, "method": method, **changes})


def session(stage):
    return signatures.session(stage.kari)


def sign(stage, proof):
    return signing.sign(
        stage.kari,
        stage.version.digest,
        proof,
        signatures.affirmed(stage.kari),
        by=builders.guest(stage.kari),
    )


def refused(stage, proof):
    with tables.unchanged(), pytest.raises(NotIdentified):
        sign(stage, proof)


@METHODS
def test_an_identification_is_good_for_ten_minutes(answered, method):
    ten = timedelta(minutes=10)
    refused(answered, identification(answered, method, at=timezone.now() - ten))

    almost = timezone.now() - ten + timedelta(seconds=5)
    assert sign(answered, identification(answered, method, at=almost))


@METHODS
def test_the_identification_of_another_person_signs_nothing(answered, method):
    refused(answered, identification(answered, method, participant=answered.ola))

    assert sign(answered, identification(answered, method))


@METHODS
def test_an_identification_for_another_version_signs_nothing(answered, sent, method):
    refused(answered, identification(answered, method, version=sent.version))

    assert sign(answered, identification(answered, method))


@METHODS
def test_an_identification_for_another_contract_signs_nothing(answered, template, sender, method):
    other = builders.contract(template, sender)
    contracts.send(other, builders.shown(other), into="signing", by=answered.owner)
    theirs = journeys.stage(other, sender)
    refused(answered, identification(theirs, method))

    assert sign(answered, identification(answered, method))


@METHODS
def test_an_identification_is_used_once(answered, method):
    proof = identification(answered, method)
    sign(answered, proof)
    with tables.unchanged(), pytest.raises(AlreadySigned):
        sign(answered, proof)
    contract = Contract.objects.get()
    contract.title = "Hosting 2028"
    contract.save()
    contracts.revise(contract, builders.shown(contract), "New", by=answered.owner)
    later = journeys.stage(contract, answered.sender)

    refused(later, proof)
    assert sign(later, identification(later, method))
    assert Signature.objects.count() == 2


def test_a_code_that_was_asked_for_but_not_typed_signs_nothing(answered):
    signatures.code(signatures.challenge(answered.kari))

    assert signing.good_for_signing(session(answered), answered.version) is None
    assert not Identification.objects.exists()


def test_what_is_good_for_signing_is_the_newest_that_sign_would_take(answered, sent):
    mine, ten = session(answered), timedelta(minutes=10)
    identification(answered, "totp", session=mine)
    identification(answered, session=mine, at=timezone.now() - ten)
    identification(answered, session=mine, version=sent.version)
    identification(answered, session=mine, participant=answered.ola)
    identification(answered)
    assert signing.good_for_signing(mine, answered.version) is None

    identification(answered, session=mine)
    newest = identification(answered, session=mine)
    assert signing.good_for_signing(mine, answered.version) == newest
    sign(answered, newest)
    assert signing.good_for_signing(mine, answered.version) != newest


def test_an_identification_without_a_row_signs_nothing(answered):
    made_up = Identification(
        participant=answered.kari,
        version=answered.version,
        method="email_code",
        at=timezone.now(),
    )
    with tables.unchanged(), pytest.raises(ValueError, match="saved"):
        sign(answered, made_up)


def test_a_method_that_nobody_knows_signs_nothing(answered):
    made = identification(answered, "handshake")
    signatures.asked_for(answered.kari, signs_by="email_code")
    refused(answered, made)
