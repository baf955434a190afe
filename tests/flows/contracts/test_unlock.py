"""Somebody with the right unlocks one block of one contract: a reason, an event, a deviation."""

from __future__ import annotations

from typing import Any

import pytest

from tests import builders, tables
from wagtail_contracts import events
from wagtail_contracts.audit.models import Disclosure, Event
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.core import locks
from wagtail_contracts.contracts.errors import NotLocked, ReasonMissing, WrongState
from wagtail_contracts.contracts.models import Contract, Workspace

SERVICE, PRICE, REFERENCE, SIGNATURES = 2, 4, 5, 11  # places in the body of the fixture


@pytest.fixture
def sender(sales: Workspace) -> Any:
    """The owner, who unlocks, too."""
    return builders.staff("ola", sales, (*builders.SENDER, "unlock"))


def unlock(contract: Contract, place: int = SERVICE, reason: str = "Asked by the board") -> None:
    by = builders.actor(contract.owner)
    contracts.unlock(contract, contract.outline[place]["id"], reason, by=by)


def refused(contract: Contract, error: type[Exception], *args: Any) -> None:
    before = tables.digests()
    with pytest.raises(error):
        unlock(contract, *args)
    assert tables.digests() == before


def test_one_block_of_one_contract_is_editable_from_then_on(template, sender):
    one, other = builders.contract(template, sender), builders.contract(template, sender)
    unlock(one)
    fresh, untouched = (Contract.objects.get(pk=found.pk) for found in (one, other))
    assert locks.unlocked(fresh.outline) == [one.outline[SERVICE]["id"]]
    policies = [locks.policy_of(entry) for entry in fresh.outline]
    expected = [locks.policy_of(entry) for entry in one.outline]
    assert policies == [*expected[:SERVICE], "editable", *expected[SERVICE + 1 :]]
    assert untouched.outline == other.outline
    event = Event.objects.of(one.own_trail).named(events.BLOCK_UNLOCKED).get()
    assert event.data == {"block": one.outline[SERVICE]["id"]}
    assert "Asked by the board" in Disclosure.objects.values_list("value", flat=True)
    assert not Event.objects.of(one.trail).named(events.BLOCK_UNLOCKED).exists()


def test_the_report_names_the_unlock_and_the_change(draft, sender):
    unlock(draft)
    by, block = builders.actor(sender), draft.outline[SERVICE]["id"]
    contracts.send(draft, builders.shown(draft), into="negotiating", by=by)
    assert report(draft) == [{"block": block, "kind": "unlocked"}]
    fresh = Contract.objects.get(pk=draft.pk)
    body = fresh.body.get_prep_value()
    body[SERVICE]["value"]["text"] = "<p>Other words.</p>"
    fresh.body = body
    fresh.save()
    contracts.revise(fresh, builders.shown(fresh), "They asked.", by=by)
    assert report(draft) == [{"block": block, "kind": kind} for kind in ("unlocked", "changed")]


def test_a_copy_is_locked_there_again_and_says_what_the_template_says(draft, sender):
    before = Contract.objects.get(pk=draft.pk).body.get_prep_value()[SERVICE]["value"]
    unlock(draft)
    fresh = Contract.objects.get(pk=draft.pk)
    body = fresh.body.get_prep_value()
    body[SERVICE]["value"]["text"] = "<p>Other words.</p>"
    fresh.body = body
    fresh.save()

    copy = contracts.duplicate(draft, owner=sender, by=builders.actor(sender))

    copy = Contract.objects.get(pk=copy.pk)
    assert locks.unlocked(copy.outline) == []
    assert locks.policy_of(copy.outline[SERVICE]) == locks.LOCKED
    assert copy.body.get_prep_value()[SERVICE]["value"] == before
    assert "origin" not in copy.body.get_prep_value()[SERVICE]
    assert locks.unlocked(Contract.objects.get(pk=draft.pk).outline) == [
        draft.outline[SERVICE]["id"]
    ]
    unlock(copy)
    assert len(locks.unlocked(Contract.objects.get(pk=copy.pk).outline)) == 1


def report(contract: Contract) -> Any:
    found = Event.objects.of(contract.own_trail).named(events.DEVIATIONS_FOUND)
    return found.order_by("-sequence")[0].data["deviations"]


@pytest.mark.parametrize("place", [PRICE, REFERENCE, SIGNATURES])
def test_only_a_locked_block_in_which_something_can_be_written_is_unlocked(draft, place):
    refused(draft, NotLocked, place)
    unlock(draft)
    refused(Contract.objects.get(pk=draft.pk), NotLocked)  # it is not locked any more


def test_an_unlock_has_a_reason(draft):
    refused(draft, ReasonMissing, SERVICE, " \n ")
    unlock(draft)


def test_a_closed_contract_is_not_unlocked(sent):
    unlock(sent.contract)
    contracts.withdraw(sent.contract, "No need.", by=sent.owner)
    refused(sent.contract, WrongState, SERVICE + 1)
