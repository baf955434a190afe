"""Every state and every verb: it moves as the table says, or refuses and changes nothing."""

from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.db import transaction

from tests import approvals, builders, journeys, signatures, tables
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.core import states
from wagtail_contracts.contracts.errors import ApprovalMissing, MayNotDecide, WrongState
from wagtail_contracts.contracts.models import Contract
from wagtail_contracts.contracts.models.guards import unguarded
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.errors import AlreadySigned

pytestmark = pytest.mark.django_db  # its stages are made by name, so no fixture tells

PAST, LATER = date(2026, 1, 1), date(2099, 1, 1)
SEND = {"send for review": "negotiating", "send for signing": "signing"}
MOVES = {
    "draft": {**SEND, "ask for approval": "in_approval"},
    "in_approval": {"approve": "approved", "send back": "draft", "recall": "draft"},
    "approved": {**SEND, "send back": "draft", "recall": "draft"},
    "negotiating": {
        "open signing": "signing",
        "decline": "declined",
        "withdraw": "withdrawn",
        "expire": "expired",
    },
    "signing": {
        "reopen": "negotiating",
        "last signature": "signed",
        "decline": "declined",
        "withdraw": "withdrawn",
        "expire": "expired",
    },
    "expired": {"extend": "signing"},
    "signed": {},
    "declined": {},
    "withdrawn": {},
}
# Verbs that move nothing, and where they are allowed.
STAY = {
    "revise": {"negotiating", "signing"},
    "answer": {"negotiating", "signing"},
    "save answers": {"negotiating", "signing"},
    "remind": {"negotiating", "signing"},
    "extend": {"negotiating", "signing"},
    "view": set(MOVES) - states.INSIDE - {"withdrawn"},
    "reissue": set(MOVES) - states.INSIDE,
}
OTHERWISE = {
    ("signed", "last signature"): AlreadySigned,
    ("in_approval", "send for review"): ApprovalMissing,
    ("in_approval", "send for signing"): ApprovalMissing,
    ("approved", "approve"): MayNotDecide,
}


def send(into):
    return lambda stage: contracts.send(
        stage.contract, builders.shown(stage.contract), into=into, by=stage.owner
    )


def sign(stage):
    signing.sign(
        stage.kari, stage.digest, stage.proof, signatures.affirmed(stage.kari), by=stage.guest
    )


def expire(stage):
    contracts.expire(stage.contract, by=SYSTEM)


def revise(stage):
    contracts.revise(stage.contract, builders.shown(stage.contract), "Why", by=stage.owner)


def answer(stage):
    typed = {**builders.ANSWERS, "remarks": "More"}
    contracts.answer(stage.kari, stage.digest, typed, by=stage.guest)


def ask(stage):
    contracts.request_approval(stage.contract, builders.shown(stage.contract), by=stage.owner)


def approve(stage):
    contracts.approve(stage.contract, builders.shown(stage.contract), by=stage.approver)


def send_back(stage):
    shown = builders.shown(stage.contract)
    contracts.reject(stage.contract, shown, "Why", by=stage.approver)


VERBS = {
    "ask for approval": ask,
    "approve": approve,
    "send back": send_back,
    "recall": lambda stage: contracts.recall_approval(stage.contract, by=stage.owner),
    "send for review": send("negotiating"),
    "send for signing": send("signing"),
    "open signing": lambda stage: contracts.open_signing(stage.contract, by=stage.owner),
    "reopen": lambda stage: contracts.reopen(stage.contract, "Why", by=stage.owner),
    "last signature": sign,
    "decline": lambda stage: signing.decline(
        stage.kari, stage.digest, kind="price", by=stage.guest
    ),
    "withdraw": lambda stage: contracts.withdraw(stage.contract, "Why", by=stage.owner),
    "expire": expire,
    "extend": lambda stage: contracts.extend(stage.contract, LATER, by=stage.owner),
    "revise": revise,
    "answer": answer,
    "save answers": lambda stage: contracts.save_answers(
        stage.kari, {"remarks": "x"}, by=stage.guest
    ),
    "remind": lambda stage: contracts.remind(stage.kari, by=stage.owner),
    "view": lambda stage: contracts.view(stage.kari, stage.digest, by=stage.guest),
    "reissue": lambda stage: signing.reissue(stage.kari, by=stage.owner),
}
BEFORE = {
    "in_approval": ["ask for approval"],
    "approved": ["ask for approval", "approve"],
    "negotiating": ["reopen"],
    "signing": [],
    "signed": ["last signature"],
    "declined": ["decline"],
    "withdrawn": ["withdraw"],
    "expired": ["expire"],
}


@pytest.fixture
def stage(request, draft, sender):
    """A contract in the wanted state; in signing only Kari's signature is missing."""
    state = request.param
    if state in states.INSIDE:
        made = journeys.stage(draft, sender)
        made.digest = "0" * 64
        made.proof = None
    else:
        sent = request.getfixturevalue("answered")
        signatures.sign(sent.ola)
        proofs = [signatures.identified(sent.kari) for _ in range(2)]
        made = journeys.stage(draft, sender)
        made.digest, made.proof = made.version.digest, proofs[0]
    made.guest = builders.guest(made.kari)
    finn = approvals.approver(draft.workspace)
    made.approver = builders.actor(finn)
    for verb in BEFORE.get(state, []):
        prepared(made, verb)
    if state == "signed":
        made.proof = proofs[1]
    return as_it_is_now(made)


def prepared(stage, verb):
    """Run a verb after what it needs besides a state."""
    if verb == "expire":
        with unguarded():
            Contract.objects.update(deadline=PAST)
    if verb == "ask for approval":
        rule = [("person", approver_of(stage))]
        contracts.make_rule(stage.contract.workspace, "Finance", rule, by=SYSTEM)
    if verb == "revise":
        editable = Contract.objects.get(pk=stage.contract.pk)
        editable.title = "Hosting 2028"
        if editable.state in states.MAY_EDIT:
            editable.save()
    VERBS[verb](stage)


def approver_of(stage):
    return get_user_model().objects.get(pk=stage.approver.key)


def as_it_is_now(stage):
    stage.contract = Contract.objects.get(pk=stage.contract.pk)
    return stage


@pytest.mark.parametrize("stage", MOVES, indirect=True)
def test_verbs_move_as_the_table_says_and_else_refuse(stage):
    state = stage.contract.state
    for verb in VERBS:
        to = MOVES[state].get(verb) or (state if state in STAY.get(verb, ()) else None)
        with transaction.atomic():
            if to:
                prepared(stage, verb)
                assert Contract.objects.get(pk=stage.contract.pk).state == to, (state, verb)
            else:
                insist_on_refusal(stage, state, verb)
            transaction.set_rollback(True)


def insist_on_refusal(stage, state, verb):
    if verb == "expire":
        with unguarded():
            Contract.objects.update(deadline=PAST)
    before = tables.digests()
    with pytest.raises(OTHERWISE.get((state, verb), WrongState)):
        VERBS[verb](stage)
    assert tables.digests() == before, (state, verb)


def test_the_table_is_the_one_that_the_flows_ask():
    found = {state: set(moves.values()) for state, moves in MOVES.items()}
    found["expired"] = {"signing", "negotiating"}  # where it expired from

    assert found == {state: set(to) for state, to in states.MOVES.items()}
