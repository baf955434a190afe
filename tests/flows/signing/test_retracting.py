"""A consumer withdraws: within the time, once, with a receipt; the contract stays signed."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import DatabaseError
from django.utils import timezone

from tests import builders, consumers, mails, signatures, tables
from tests.announcements import announced
from tests.database import sql
from tests.reliability.rewinding import lifted
from wagtail_contracts import events
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.core.consumers import last_day
from wagtail_contracts.contracts.errors import StaleVersion, WrongState
from wagtail_contracts.contracts.models import Contract
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.errors import RetractionOver
from wagtail_contracts.signing.flows.checking.contract import judge
from wagtail_contracts.signing.flows.checking.trails import Tally
from wagtail_contracts.signing.models import Disclosed, Retraction

SAID = "To Eksempel AS: I, Kari Nordmann, withdraw from contract SALES-2026-1."


@pytest.fixture
def at(sales, sender):
    made = consumers.out(sender, consumers.template(sales))
    consumers.sign_all(made)
    return made


def retract(at, who="kari", digest=""):
    person = getattr(at, who)
    by = builders.guest(person)
    return signing.retract(person, digest or at.version.digest, SAID, by=by)


def test_the_consumer_gets_a_receipt_and_everybody_is_told(at):
    mails.forget()
    with announced(at.contract) as heard:
        retract(at)

    data = {"participant": at.kari.public_id, "version": 2, "digest": at.version.digest}
    assert heard.shared == [(events.CONTRACT_RETRACTED, data)]
    assert sorted(heard.mails) == [("retracted", "owner"), ("retraction", "kari")]
    assert Contract.objects.get().state == "signed"
    told = Event.objects.of(at.contract.trail).named(events.CONTRACT_RETRACTED).get()
    assert told.disclosures["statement"] == SAID
    receipt = next(letter for letter in mails.sent() if letter.to == [at.kari.email])
    assert SAID in receipt.body
    assert "Keep this mail" in receipt.body


def test_a_second_time_gives_the_first(at):
    first = retract(at)
    with tables.unchanged():
        assert retract(at) == first


def test_only_the_consumer_withdraws_and_from_what_is_signed(at, sales, sender):
    with tables.unchanged(), pytest.raises(WrongState):
        retract(at, "ola")
    with tables.unchanged(), pytest.raises(StaleVersion):
        retract(at, digest="ab" * 32)
    assert retract(at)

    firm = consumers.out(sender, consumers.template(sales), kind="organisation")
    signatures.sign_all(firm)
    with tables.unchanged(), pytest.raises(WrongState):
        retract(firm)

    unsigned = consumers.out(sender, consumers.template(sales))
    with tables.unchanged(), pytest.raises(WrongState):
        retract(unsigned)


@pytest.mark.parametrize("verb", ["amend", "renew", "replace"])
def test_nothing_follows_a_contract_that_a_consumer_withdrew_from(at, sender, verb):
    follow, by = getattr(contracts, verb), builders.actor(sender)
    assert follow(at.contract, owner=sender, by=by).state == "draft"
    retract(at)
    with tables.unchanged(), pytest.raises(WrongState, match="consumer withdrew"):
        follow(at.contract, owner=sender, by=by)
    assert contracts.duplicate(at.contract, owner=sender, by=by).state == "draft"


def test_after_the_last_day_it_is_refused(at, monkeypatch):
    last = signing.retracts_until(at.kari, Contract.objects.get().current_version)
    noon = datetime.combine(last, time(12), UTC)
    with monkeypatch.context() as later:
        later.setattr(timezone, "now", lambda: noon + timedelta(days=1))
        with tables.unchanged(), pytest.raises(RetractionOver):
            retract(at)
        later.setattr(timezone, "now", lambda: noon)
        assert retract(at)


def test_where_there_is_no_such_right_nobody_withdraws(sales, sender):
    made = consumers.out(sender, consumers.template(sales, withdrawal_days=0))
    consumers.sign_all(made)
    with tables.unchanged(), pytest.raises(WrongState):
        retract(made)


@pytest.mark.parametrize(
    ("signed", "last"),
    [
        (date(2026, 11, 2), date(2026, 11, 16)),
        (date(2026, 11, 7), date(2026, 11, 23)),  # a Saturday goes on to the Monday
        (date(2026, 11, 8), date(2026, 11, 23)),  # and a Sunday
        (date(2026, 11, 13), date(2026, 11, 27)),
    ],
)
def test_the_days_count_from_the_day_after_and_end_on_no_weekend(signed, last):
    assert last_day(signed, 14) == last


def test_what_was_said_only_grows(at):
    retract(at)
    with pytest.raises(DatabaseError, match="append-only"):
        Retraction.objects.update(at=timezone.now())


def faults(at):
    found = judge(at.contract.pk, Tally.begun())
    return {item.code for item in found if item.code.startswith(("shown_", "retraction_"))}


def test_the_check_of_the_evidence_names_what_was_rewritten(at):
    retract(at)
    assert faults(at) == set()
    with lifted():
        sql(f'UPDATE "{Disclosed._meta.db_table}" SET text = text || %s', " Never.")
        sql(f'DELETE FROM "{Retraction._meta.db_table}" WHERE id > %s', 0)
    assert faults(at) == {"shown_missing", "shown_unrecorded", "retraction_missing"}
