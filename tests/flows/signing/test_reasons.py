"""What people say of an act has an upper length, the same for all: refused one character above."""

from datetime import timedelta

import pytest

from tests import builders, signatures, tables
from tests.public import visits
from tests.public.markup import read
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.core.text import LONGEST
from wagtail_contracts.contracts.errors import CommentRefused, ReasonTooLong
from wagtail_contracts.contracts.models import Contract
from wagtail_contracts.signing import flows as signing

LONG, TOO_LONG = "x" * LONGEST, "x" * (LONGEST + 1)
SENTENCE = "Use at most 5000 characters; there are 5001."
PER = contracts.NewPerson("Per Hansen", "per@customer.example")


def withdraw(at, words):
    contracts.withdraw(at.contract, words, by=at.owner)


def reopen(at, words):
    contracts.reopen(at.contract, words, by=at.owner)


def extend(at, words):
    later = at.contract.deadline + timedelta(days=1)
    contracts.extend(at.contract, later, reason=words, by=at.owner)


def decline(at, words):
    by = builders.guest(at.kari)
    signing.decline(at.kari, signatures.digest(at.kari), kind="price", reason=words, by=by)


def replace(at, words):
    signing.replace_person(at.kari, PER, words, by=at.owner)


def revise(at, words):
    contract = Contract.objects.get(pk=at.contract.pk)
    if contract.title != "Hosting 2028":
        contract.title = "Hosting 2028"
        contract.save()
    contracts.revise(contract, builders.shown(contract), words, by=at.owner)


@pytest.mark.parametrize("act", [withdraw, reopen, extend, decline, replace])
def test_a_reason_is_as_long_as_it_may_be_and_no_longer(sent, act):
    with tables.unchanged(), pytest.raises(ReasonTooLong, match=SENTENCE):
        act(sent, TOO_LONG)
    act(sent, LONG)


def test_so_is_what_is_said_of_a_new_version(sent):
    with pytest.raises(ReasonTooLong, match=SENTENCE):
        revise(sent, TOO_LONG)
    assert Contract.objects.get().current_version == sent.version
    revise(sent, LONG)
    assert Contract.objects.get().current_version.reason == LONG


def test_so_is_a_comment(sent):
    by = builders.guest(sent.kari)
    with tables.unchanged(), pytest.raises(CommentRefused, match=SENTENCE):
        contracts.begin_thread(sent.contract, sent.kari, TOO_LONG, contracts.Matter(), by=by)
    contracts.begin_thread(sent.contract, sent.kari, LONG, contracts.Matter(), by=by)


def test_the_end_of_a_line_counts_once_however_a_browser_sends_it(sent):
    lines = "x\r\n" * (LONGEST // 2 - 1)
    withdraw(sent, f"{lines}x")
    assert Contract.objects.get().state == "withdrawn"


def test_whoever_declines_at_length_keeps_what_was_typed(sent):
    client, place = visits.enter(sent.kari), visits.page("decline", sent.kari)
    form = {**visits.shown(sent.kari), "kind": "other"}
    with tables.unchanged():
        answer = client.post(place, {**form, "reason": TOO_LONG})
    page = read(answer.content)
    (box,) = page.all("textarea")
    assert (answer.status_code, box["maxlength"]) == (422, str(LONGEST))
    assert SENTENCE in page.text
    assert "Say what the reason is." not in page.text
    assert f">{TOO_LONG}</textarea>" in answer.content.decode()
    assert client.post(place, {**form, "reason": LONG}).status_code == 303


def test_whoever_ends_an_access_at_length_keeps_what_was_typed(sent):
    by = builders.guest(sent.kari)
    gone = signing.forward(sent.kari, signatures.digest(sent.kari), PER, "read", by=by)
    client, place = visits.enter(sent.kari), visits.page("people", sent.kari)
    with tables.unchanged():
        answer = client.post(place, {"person": gone.public_id, "reason": TOO_LONG})
    assert answer.status_code == 422
    assert SENTENCE in answer.content.decode()
    assert f'value="{TOO_LONG}"' in answer.content.decode()
    assert client.post(place, {"person": gone.public_id, "reason": LONG}).status_code == 303
