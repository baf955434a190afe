"""Review and signing, back and forth; reminders."""

import pytest

from tests import builders, tables
from tests.announcements import announced, last_event
from wagtail_contracts import events
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.errors import ReasonMissing, WrongState
from wagtail_contracts.contracts.models import Contract


def facts(stage):
    return {"version": stage.version.number, "digest": stage.version.digest}


def test_signing_is_opened_once_and_everybody_is_told(in_review):
    with announced(in_review.contract) as heard:
        contracts.open_signing(in_review.contract, by=in_review.owner)

    assert Contract.objects.get().state == "signing"
    assert heard.shared == [(events.SIGNING_OPENED, facts(in_review))]
    assert heard.own == []
    assert heard.mails == [("signing_opened", "kari"), ("signing_opened", "ola")]
    with tables.unchanged(), pytest.raises(WrongState):
        contracts.open_signing(in_review.contract, by=in_review.owner)


@pytest.mark.parametrize("reason", ["", " \n "])
def test_going_back_to_review_needs_a_reason(sent, reason):
    with tables.unchanged(), pytest.raises(ReasonMissing):
        contracts.reopen(sent.contract, reason, by=sent.owner)

    contracts.reopen(sent.contract, "The price again", by=sent.owner)
    assert Contract.objects.get().state == "negotiating"


def test_going_back_to_review_is_told_with_its_reason_disclosed(sent):
    with announced(sent.contract) as heard:
        contracts.reopen(sent.contract, " The price again\r\n", by=sent.owner)

    assert heard.shared == [(events.SIGNING_REOPENED, facts(sent))]
    assert heard.mails == [("reopened", "kari"), ("reopened", "ola")]
    event = last_event(sent.contract, events.SIGNING_REOPENED)
    assert event.disclosed()["reason"] == "The price again"
    assert "price again" not in event.record


def test_a_reminder_goes_to_one_person_while_the_contract_is_out(sent):
    with announced(sent.contract) as heard:
        contracts.remind(sent.kari, by=sent.owner)

    assert heard.shared == [
        (events.PARTICIPANT_REMINDED, {**facts(sent), "participant": sent.kari.public_id})
    ]
    assert (heard.own, heard.mails) == ([], [("reminder", "kari")])
    contracts.withdraw(sent.contract, "Wrong price", by=sent.owner)
    with tables.unchanged(), pytest.raises(WrongState):
        contracts.remind(sent.kari, by=sent.owner)


def test_review_moves_nothing_else(in_review):
    shown = builders.shown(in_review.contract)
    contracts.open_signing(in_review.contract, by=in_review.owner)
    contracts.reopen(in_review.contract, "Once more", by=in_review.owner)

    contract = Contract.objects.get()
    assert (contract.state, contract.current_version) == ("negotiating", in_review.version)
    assert builders.shown(contract) == shown
