"""Keeping a contract confidential: from its template, before it is sent, and closer afterwards."""

import pytest

from tests import builders, tables
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.errors import NotAllowed, OnlyByFlow, WrongState
from wagtail_contracts.contracts.models import Contract


def way_of(contract):
    return Contract.objects.get(pk=contract.pk).confidential


def test_a_draft_is_kept_as_its_template_says(template, sender):
    template.confidential = "marked"
    template.save_revision().publish()
    template.refresh_from_db()
    made = builders.contract(template, sender)
    assert way_of(made) == "marked"
    assert way_of(contracts.duplicate(made, owner=sender, by=builders.actor(sender))) == "marked"


def test_a_draft_may_be_kept_less_close_and_it_is_recorded(draft, sender):
    by = builders.actor(sender)
    for way in ("identify", "marked", ""):
        contracts.keep_close(draft, way, by=by)
        assert way_of(draft) == way
    told = Event.objects.of(draft.trail).named("confidentiality.changed")
    assert [event.data for event in told] == [{"way": way} for way in ("identify", "marked", "")]


def test_what_was_sent_is_only_kept_closer(sent):
    contracts.keep_close(sent.contract, "marked", by=sent.owner)
    with tables.unchanged(), pytest.raises(WrongState):
        contracts.keep_close(sent.contract, "", by=sent.owner)
    contracts.keep_close(sent.contract, "identify", by=sent.owner)
    assert way_of(sent.contract) == "identify"
    with tables.unchanged():
        contracts.keep_close(sent.contract, "identify", by=sent.owner)


def test_no_stranger_and_no_participant_changes_it(sent):
    stranger = builders.actor(builders.staff("eve", builders.workspace("other")))
    for by in (stranger, builders.guest(sent.kari)):
        with tables.unchanged(), pytest.raises(NotAllowed):
            contracts.keep_close(sent.contract, "identify", by=by)


def test_a_contract_that_is_over_stays_as_it_was(sent):
    contracts.withdraw(sent.contract, "Too late.", by=sent.owner)
    with tables.unchanged(), pytest.raises(WrongState):
        contracts.keep_close(sent.contract, "identify", by=sent.owner)


def test_nothing_but_the_flow_writes_it(sent):
    with tables.unchanged(), pytest.raises(OnlyByFlow):
        Contract.objects.filter(pk=sent.contract.pk).update(confidential="marked")
    sent.contract.confidential = "marked"
    sent.contract.save()
    assert way_of(sent.contract) == ""
