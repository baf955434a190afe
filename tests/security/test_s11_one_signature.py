"""S-11: twenty parallel requests make one signature, two last ones conclude once."""

import pytest
from django.db import connection

from tests import builders, signatures
from tests.reliability import barrier, orders, rivals, walls
from wagtail_contracts import events
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts.models import Contract
from wagtail_contracts.outbox.models import Message
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.models import Signature

pytestmark = pytest.mark.django_db(transaction=True)
INSERT = 'INSERT INTO "wagtail_contracts_signing_signature"'


@pytest.fixture
def stage(transactional_db):
    return rivals.out(*rivals.arena())


def signer(stage, who):
    """A call that signs with an identification of its own."""
    person = getattr(stage, who)
    proof, words = signatures.proof(person), signatures.affirmed(person)
    by, digest = builders.guest(person), stage.version.digest
    return rivals.named("signed", lambda: signing.sign(person, digest, proof, words, by=by))


def told(stage, name):
    return Event.objects.of(stage.contract.trail).named(name).count()


@pytest.mark.parametrize("start", [barrier.threads, barrier.processes])
def test_twenty_requests_with_one_identification_make_one_signature(stage, start):
    answers = start([signer(stage, "kari")] * 20)

    assert answers == {"signed": 1, "AlreadySigned": 19}
    assert Signature.objects.count() == told(stage, events.SIGNATURE_GIVEN) == 1


def test_twenty_identifications_make_one_signature(stage):
    answers = barrier.threads([signer(stage, "kari") for _ in range(20)])

    assert answers == {"signed": 1, "AlreadySigned": 19}
    assert Signature.objects.count() == told(stage, events.SIGNATURE_GIVEN) == 1


def insist_on_one_conclusion(stage):
    assert Contract.objects.get().state == "signed"
    assert Signature.objects.count() == told(stage, events.SIGNATURE_GIVEN) == 2
    assert told(stage, events.CONTRACT_SIGNED) == 1
    assert Message.objects.filter(subscriber="signing.seal").count() == 1
    assert Event.objects.of(stage.contract.trail).last().name == events.CONTRACT_SIGNED


def test_two_last_signatories_at_once_conclude_once(stage):
    calls = [signer(stage, who) for who in ("kari", "ola") for _ in range(5)]

    assert barrier.threads(calls) == {"signed": 2, "AlreadySigned": 8}
    insist_on_one_conclusion(stage)


@pytest.mark.parametrize("before", [INSERT, 'INSERT INTO "wagtail_contracts_audit_event"'])
def test_two_last_signatories_in_a_forced_order_conclude_once(stage, before):
    answers = orders.overtake(signer(stage, "kari"), signer(stage, "ola"), before=before)

    assert answers == ("signed", "signed")
    insist_on_one_conclusion(stage)


def test_without_the_lock_the_last_activity_still_stands_between_two_last_signatories(stage):
    # The first has counted the signatures already, and is about to tell the owner.
    message = 'INSERT INTO "wagtail_contracts_outbox_message"'
    with walls.of_this_database()():
        answers = orders.overtake(signer(stage, "kari"), signer(stage, "ola"), before=message)

    if connection.vendor == "sqlite":
        assert answers == ("signed", "OperationalError")
        assert told(stage, events.CONTRACT_SIGNED) == 0
    else:  # each act writes when the contract moved last, in a row that both want
        assert answers == ("signed", "signed")
        insist_on_one_conclusion(stage)


def test_the_second_request_waits_for_the_first(stage):
    once = signer(stage, "kari")

    assert orders.overtake(once, once, before=INSERT) == ("signed", "AlreadySigned")


def test_without_the_lock_the_constraint_stands_behind_it(stage):
    once = signer(stage, "kari")

    with walls.of_this_database()():
        answers = orders.overtake(once, once, before=INSERT, patience=orders.UNHINDERED)
    late = {"sqlite": "OperationalError", "postgresql": "IntegrityError"}[connection.vendor]
    assert answers == (late, "signed")
    assert Signature.objects.count() == 1
