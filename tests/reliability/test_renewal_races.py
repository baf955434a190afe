"""Renewals and completions of one file at the same moment: one generation comes of it."""

import pytest

from tests.reliability import barrier
from tests.reliability.test_kills_of_proofs import authority, contract, further, proving
from wagtail_contracts import events
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.audit.models import Event
from wagtail_contracts.sealing.models import SealedFile
from wagtail_contracts.signing import flows as signing

__all__ = ["authority", "contract", "proving"]
pytestmark = pytest.mark.django_db(transaction=True)
TOLD = (events.DOCUMENT_RENEWED, events.DOCUMENT_COMPLETED)


@pytest.fixture
def kept(contract):
    return SealedFile.objects.get()


def insist_on_one(kept, trail):
    generations = SealedFile.objects.order_by("generation")
    assert [one.generation for one in generations] == [1, 2]
    [told] = Event.objects.of(trail).named(*TOLD)
    assert (told.data["before"], told.data["file"]) == (kept.digest, generations[1].digest)
    audit.verify(trail, deep=True)


def test_four_that_renew_at_once_make_one_generation_and_all_hand_it_out(contract, kept):
    def renew():
        return signing.renew_file(kept, by=SYSTEM).digest

    with further("renew"):
        handed_out = barrier.threads([renew] * 4)
    insist_on_one(kept, contract.trail)
    assert handed_out == {SealedFile.objects.get(generation=2).digest: 4}


def test_one_that_renews_while_another_completes_makes_no_second_generation(contract, kept):
    def renew():
        return signing.renew_file(kept, by=SYSTEM).generation

    def complete():
        return signing.complete_seals(by=SYSTEM) in (0, 1)

    with further("renew"), further("raise_level"):
        assert barrier.threads([renew, complete]) == {"2": 1, "True": 1}
    insist_on_one(kept, contract.trail)
