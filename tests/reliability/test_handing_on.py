"""A contract is signed by one person and handed on by the same at once: one of the two happens."""

from collections import Counter

import pytest

from tests import builders, journeys, signatures
from tests.reliability import barrier
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.core import states
from wagtail_contracts.contracts.models import Contract, Participant
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.models import Signature

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 4


def out(number):
    """A contract out for signing, filled in, and the proof of who signs it."""
    space = builders.workspace(f"sales-{number}")
    sender = builders.staff(f"ola{number}", space)
    draft = builders.contract(builders.template(space), sender)
    by = builders.actor(sender)
    contracts.send(draft, builders.shown(draft), into=states.SIGNING, by=by)
    at = journeys.stage(draft, sender)
    guest = builders.guest(at.kari)
    contracts.answer(at.kari, at.version.digest, builders.ANSWERS, by=guest)
    at = journeys.stage(draft, sender)
    return at, signatures.proof(at.kari), guest


def test_who_signs_and_forwards_at_once_does_one_of_them():
    seen = Counter()
    for number in range(ROUNDS):
        at, proof, guest = out(number)
        new = contracts.NewPerson("Åse Boss", "ase@customer.example")
        digest, consent = at.version.digest, signatures.affirmed(at.kari)

        def sign(at=at, digest=digest, proof=proof, consent=consent, guest=guest):
            signing.sign(at.kari, digest, proof, consent, by=guest)
            return "signed"

        def forward(at=at, digest=digest, new=new, guest=guest):
            signing.forward(at.kari, digest, new, "sign", by=guest)
            return "forwarded"

        answers = barrier.threads([sign, forward])
        contract = Contract.objects.get(pk=at.contract.pk)
        signed = Signature.objects.filter(participant=at.kari).count()
        gone = Participant.objects.get(pk=at.kari.pk).left_at is not None
        if "signed" in answers:
            assert answers == Counter({"signed": 1, "AlreadySigned": 1})
            assert (signed, gone, contract.current_version.number) == (1, False, 2)
        else:
            assert answers["forwarded"] == 1
            assert answers["StaleVersion"] == 1
            assert (signed, gone, contract.current_version.number) == (0, True, 3)
        seen["signed" in answers] += 1
    assert sum(seen.values()) == ROUNDS
