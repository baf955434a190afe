"""The witness, through the doors: asked right after the signature, told what is not possible."""

from __future__ import annotations

from tests import signatures, tables
from tests.flows.signing.test_witnessing import out
from tests.public import visits
from tests.public.visits import page
from wagtail_contracts.contracts.models import Contract
from wagtail_contracts.signing.models import Attestation

WITNESS = {"name": "Wenche Vitne", "about": "Storgata 1, Bergen"}


def test_the_witness_is_asked_after_the_signature_and_ends_it(draft, sender):
    at = out(draft, sender, witnesses=1, acts_as="attorney")
    signatures.sign(at.ola)
    client = visits.enter(at.kari)
    words = client.get(page("sign", at.kari)).content.decode()
    assert "signs for Customer AS, by power of attorney" in words
    assert visits.sign(client, at.kari)["Location"] == page("done", at.kari)
    assert client.get(page("done", at.kari))["Location"] == page("witness", at.kari)

    shown = client.get(page("witness", at.kari)).content.decode()
    assert "I was present when Kari Nordmann signed version 2" in shown
    form = {**visits.shown(at.kari), **WITNESS}
    for wrong, sentence in (
        ({"name": "kari nordmann"}, "can’t be the witness"),
        ({"about": " "}, "Write where the witness lives"),
        ({"name": ""}, "Write the name of the witness"),
    ):
        with tables.unchanged():
            answer = client.post(page("witness", at.kari), {**form, **wrong})
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
    again = client.post(page("witness", at.kari), form)
    assert again["Location"] == page("witness", at.kari)
    assert Contract.objects.get(pk=at.contract.pk).state == "signed"
    given = Attestation.objects.get()
    assert given.statement in shown
    assert client.get(page("done", at.kari)).status_code == 200


def test_in_another_sitting_the_witness_is_told_that_it_is_over(draft, sender):
    at = out(draft, sender, witnesses=1)
    client = visits.enter(at.kari)
    visits.sign(client, at.kari)
    other = visits.enter(at.kari)
    words = other.get(page("witness", at.kari)).content.decode()
    assert "That sitting is over" in words
    form = {**visits.shown(at.kari), **WITNESS}
    with tables.unchanged():
        assert other.post(page("witness", at.kari), form).status_code == 422
    assert client.post(page("witness", at.kari), form).status_code == 303
    assert Attestation.objects.exists()


def test_where_no_witness_is_needed_nobody_is_asked(answered):
    client = visits.enter(answered.kari)
    assert client.get(page("witness", answered.kari))["Location"] == page("contract", answered.kari)
    visits.sign(client, answered.kari)
    form = {**visits.shown(answered.kari), **WITNESS}
    with tables.unchanged():
        answer = client.post(page("witness", answered.kari), form)
    assert answer["Location"] == page("done", answered.kari)
