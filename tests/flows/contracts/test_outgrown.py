"""What others fill in after it was sent passes no rule on value: we sign what has its yes."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from tests import approvals, builders, journeys, mails, signatures, tables
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.errors import ApprovalMissing, NotReady, WrongState
from wagtail_contracts.contracts.models import Contract

pytestmark = pytest.mark.django_db
made = builders.made
FIELDS = [
    made.field("money", "price", "Price", "supplier", currency="NOK"),
    made.field("money", "fee", "Fee", "customer", currency="NOK"),
    made.field("text", "note", "Note", "customer", required=False),
]
BODY = [
    made.text(f"{made.chip('price')}, {made.chip('fee')}. {made.chip('note')}"),
    made.signatures("Signatures"),
]


@pytest.fixture
def finn(sales):
    """Above 5 000 NOK Finn approves."""
    finn = approvals.approver(sales)
    approvals.rule(sales, approvals.boss(sales), finn, **approvals.over("5000"))
    return finn


@pytest.fixture
def page(sales):
    return builders.template(sales, fields=FIELDS, body=BODY)


def sent(page: Any, sender: Any, into: str, *, price: str = "100", finn: Any = None) -> Any:
    """Out, with a fee that the other side fills in; `finn` approved what was sent."""
    contract = builders.contract(page, sender, values={"price": price})
    if finn:
        approvals.ask(contract, sender)
        approvals.say_yes(contract, finn)
    contracts.send(contract, builders.shown(contract), into=into, by=builders.actor(sender))
    return journeys.stage(contract, sender)


def fill_in(at: SimpleNamespace, fee: str, note: str = "") -> SimpleNamespace:
    by, digest = builders.guest(at.kari), signatures.digest(at.kari)
    contracts.answer(at.kari, digest, {"fee": fee, "note": note}, by=by)
    return journeys.stage(at.contract, at.sender)


def approve(at: SimpleNamespace, finn: Any) -> None:
    approvals.ask(at.contract, at.sender)
    approvals.say_yes(at.contract, finn)


def open_signing(at: SimpleNamespace) -> None:
    contracts.open_signing(at.contract, by=at.owner)


def test_what_answers_make_worth_more_is_opened_once_it_is_approved(finn, page, sender):
    at = fill_in(sent(page, sender, "negotiating"), "9000")
    with tables.unchanged(), pytest.raises(ApprovalMissing, match="Finn Nordmann must approve"):
        open_signing(at)
    approve(at, finn)
    open_signing(at)
    assert approvals.state(at.contract) == "signing"


def test_what_stays_below_the_bound_is_opened(finn, page, sender):
    at = fill_in(sent(page, sender, "negotiating"), "5000")
    with tables.unchanged(), pytest.raises(WrongState, match="nothing has changed"):
        approvals.ask(at.contract, sender)
    open_signing(at)
    assert approvals.state(at.contract) == "signing"


def test_our_side_signs_it_once_it_is_approved(finn, page, sender):
    at = fill_in(sent(page, sender, "signing"), "9000")
    signatures.sign(at.kari)
    proof = signatures.proof(at.ola)
    with tables.unchanged(), pytest.raises(NotReady, match="Finn Nordmann must approve"):
        signatures.sign(at.ola, proof)
    approve(at, finn)
    signatures.sign(at.ola, proof)
    assert approvals.state(at.contract) == "signed"
    with tables.unchanged(), pytest.raises(WrongState):
        contracts.reject(at.contract, builders.shown(at.contract), "No.", by=builders.actor(finn))


def test_a_code_that_was_asked_for_before_the_rule_signs_nothing(sales, page, sender):
    at = fill_in(sent(page, sender, "signing"), "9000")
    proof = signatures.identified(at.ola)
    finn = approvals.approver(sales)
    approvals.rule(sales, approvals.boss(sales), finn, **approvals.over("5000"))
    with tables.unchanged(), pytest.raises(NotReady):
        signatures.sign(at.ola, proof)
    approve(at, finn)
    signatures.sign(at.ola, proof)


@pytest.mark.parametrize(("fee", "grows"), [("6000", False), ("6000.01", True)])
def test_a_yes_to_what_was_sent_is_none_to_more(finn, page, sender, fee, grows):
    at = fill_in(sent(page, sender, "negotiating", price="6000", finn=finn), fee)
    assert bool(contracts.unapproved(at.contract)) == grows
    if grows:
        approve(at, finn)
    open_signing(at)


def test_another_answer_takes_the_yes_away_and_tells(finn, page, sender):
    at = fill_in(sent(page, sender, "negotiating"), "9000")
    approve(at, finn)
    mails.sent()
    mails.forget()
    at = fill_in(at, "9000", "We pay later.")
    assert at.contract.approval is None
    told = {letter.to[0] for letter in mails.sent() if "does not count any more" in letter.subject}
    assert told == {"ola@eksempel.example", "finn@eksempel.example"}
    with tables.unchanged(), pytest.raises(ApprovalMissing):
        open_signing(at)
    approve(at, finn)
    open_signing(at)


@pytest.mark.parametrize(("fee", "asks"), [("5000", False), ("9000", True)])
def test_the_owner_is_told_once_what_there_is_to_do(finn, page, sender, fee, asks):
    at = sent(page, sender, "signing")
    mails.sent()
    mails.forget()
    fill_in(at, fee)
    [letter] = mails.sent()
    assert letter.to == ["ola@eksempel.example"]
    assert ("needs an approval" in letter.subject) == asks
    address = reverse("wagtail_contracts_contract:ask_approval", args=[at.contract.pk])
    assert (address in letter.body) == asks


def test_a_new_version_of_ours_with_its_own_yes_needs_no_other(finn, page, sender):
    at = fill_in(sent(page, sender, "signing"), "9000")
    working = Contract.objects.get(pk=at.contract.pk)
    working.title = "Hosting for ever"
    working.save()
    approve(at, finn)
    contracts.revise(at.contract, builders.shown(at.contract), "More.", by=at.owner)
    assert contracts.unapproved(Contract.objects.get(pk=at.contract.pk)) == ""


@pytest.mark.parametrize("into", ["negotiating", "signing"])
def test_the_overview_leads_to_the_approval_and_on(finn, page, sender, client, into):
    client.force_login(sender)
    at = fill_in(sent(page, sender, into), "9000")
    address = reverse("wagtail_contracts_contract:inspect", args=[at.contract.pk])
    asks = reverse("wagtail_contracts_contract:ask_approval", args=[at.contract.pk])
    needed = "needs an approval before our side signs it"

    shown = client.get(address).content.decode()
    assert needed in shown
    assert asks in shown
    assert client.get(asks).context["possible"]
    approve(at, finn)

    assert needed not in client.get(address).content.decode()
