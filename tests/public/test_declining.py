"""No is as easy as yes, and everybody learns why."""

import pytest

from tests import signatures, tables
from tests.public import stages, visits
from tests.public.visits import page
from wagtail_contracts.contracts.models import Contract
from wagtail_contracts.signing.models import Decline

pytestmark = pytest.mark.django_db  # its stages are made by name, so no fixture tells


@pytest.fixture
def client(sent):
    return visits.enter(sent.kari)


def test_declining_ends_the_contract_and_shows_the_reason_to_all(client, sent):
    form = {**visits.shown(sent.kari), "kind": "price", "reason": "<b>Too dear</b>"}
    answer = client.post(page("decline", sent.kari), form)

    assert answer["Location"] == page("contract", sent.kari)
    assert Contract.objects.get(pk=sent.contract.pk).state == "declined"
    theirs = visits.enter(sent.ola).get(page("contract", sent.ola)).content.decode()
    assert "Kari Nordmann declined this contract" in theirs
    assert "The price." in theirs
    assert "&lt;b&gt;Too dear&lt;/b&gt;" in theirs


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({}, "Choose a reason."),
        ({"kind": "weather"}, "Choose a reason."),
        ({"kind": "other"}, "Say what the reason is."),
        ({"kind": "price", "reason": "x" * 5001}, "Use at most 5000 characters; there are 5001."),
    ],
)
def test_a_no_needs_a_reason_that_others_can_read(client, sent, form, sentence):
    with tables.unchanged():
        answer = client.post(page("decline", sent.kari), {**visits.shown(sent.kari), **form})

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    given = {**visits.shown(sent.kari), "kind": "other", "reason": "We moved."}
    assert client.post(page("decline", sent.kari), given).status_code == 303
    assert Decline.objects.get().reason == "We moved."


def test_whoever_signed_may_still_decline_while_others_have_not(answered):
    signatures.sign(answered.kari)
    client = visits.enter(answered.kari)

    assert client.get(page("decline", answered.kari)).status_code == 200
    client.post(page("decline", answered.kari), {**visits.shown(answered.kari), "kind": "terms"})
    assert Contract.objects.get(pk=answered.contract.pk).state == "declined"


@pytest.mark.parametrize("name", ["signed", "declined", "expired", "withdrawn"])
def test_what_has_ended_is_not_declined(name, request):
    at = stages.build(name, request)
    client = visits.enter(at.kari)

    with tables.unchanged():
        form = {**visits.shown(at.kari), "kind": "price"}
        answers = [
            client.get(page("decline", at.kari)),
            client.post(page("decline", at.kari), form),
        ]
    assert {answer["Location"] for answer in answers} == {page("contract", at.kari)}
