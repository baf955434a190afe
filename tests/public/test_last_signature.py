"""The answer to the last signature waits for nothing that the worker does."""

import pytest

from tests import signatures
from tests.public import visits
from wagtail_contracts.contracts.models import Contract
from wagtail_contracts.outbox import flows as outbox
from wagtail_contracts.sealing.flows import pades, rendering, sealing, storing
from wagtail_contracts.sealing.models import SealedFile
from wagtail_contracts.sealing.rendering import worker
from wagtail_contracts.signing.models import Challenge
from wagtail_contracts.signing.rendering import paper

DEAR = [
    (worker.Worker, "_ask"),
    (rendering, "render"),
    (sealing, "seal"),
    (sealing, "_judged"),
    (pades, "certify"),
    (storing, "store"),
    (paper, "bundle"),
]


class Called(BaseException):
    """Nobody catches it."""


def test_nothing_is_printed_sealed_or_stored_in_the_last_request(answered, monkeypatch):
    signatures.sign(answered.ola)
    client = visits.enter(answered.kari)
    visits.agree(client, answered.kari)
    code = signatures.code(Challenge.objects.get(participant=answered.kari))

    def dear(*_given, **_more):
        raise Called

    with monkeypatch.context() as patches:
        for place, name in DEAR:
            patches.setattr(place, name, dear)
        answer = client.post(visits.page("code", answered.kari), {"code": code})
        with pytest.raises(Called):
            outbox.deliver()

    assert answer.status_code == 303
    assert answer["Location"] == visits.page("done", answered.kari)
    assert Contract.objects.get().state == "signed"
    assert not SealedFile.objects.exists()


def test_the_worker_seals_what_that_request_left_to_it(answered):
    signatures.sign(answered.ola)
    client = visits.enter(answered.kari)
    visits.sign(client, answered.kari)

    outbox.deliver()

    assert SealedFile.objects.get().subject == answered.version.digest
