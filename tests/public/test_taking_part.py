"""The table of who may do what, walked through the doors: every role, act and state.

Each post is tried for real and taken back; what the tables say afterwards is compared with the
table that is published in the documentation, which is read here and nowhere else.
"""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import transaction

from tests import builders, signatures, uploads
from tests.public import stages, visits
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.core import taking_part
from wagtail_contracts.contracts.models import (
    Agreement,
    AnswerDraft,
    Comment,
    Contract,
    Exhibit,
    Participant,
    Suggestion,
)
from wagtail_contracts.contracts.models.guards import unguarded
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.models import Challenge, Decline

pytestmark = pytest.mark.django_db
DOC = Path(__file__).parents[2] / "docs/how-to/who-takes-part.md"
STATES = ("negotiating", "signing", "expired", "signed", "declined", "withdrawn")
LETTERS = {"S": "signatory", "P": "approver", "A": "adviser", "R": "reader"}
WORDS = "keeps it secret"


def published():
    """{(act, state): roles} as the documentation has it."""
    rows = re.findall(r"^\| `(\w+)` \|[^|]*\|(.*)\|$", DOC.read_text(), re.MULTILINE)
    return {
        (act, state): {LETTERS[letter] for letter in cell.split()}
        for act, cells in rows
        for state, cell in zip(STATES, cells.split("|"), strict=True)
    }


def test_the_published_table_is_the_one_that_flows_read():
    said, counted = published(), 0
    for state in STATES:
        for act in taking_part.ACTS:
            for role in taking_part.ROLES:
                assert taking_part.may(role, act, state) == (role in said[act, state])
                counted += 1
    assert counted == len(STATES) * len(taking_part.ACTS) * len(taking_part.ROLES) == 300


@pytest.mark.parametrize("state", ["draft", "in_approval", "approved", "unknown"])
def test_before_it_is_sent_nobody_may_anything(state):
    assert not any(
        taking_part.may(role, act, state) for role in taking_part.ROLES for act in taking_part.ACTS
    )


# -- the walk -------------------------------------------------------------------------------------


def person(name):
    return contracts.NewPerson(name, f"{name.lower()}@customer.example")


def everybody(at):
    """One browser for each role, entered before anything ends; the gone one has gone since."""
    people = {"signatory": at.kari}
    for role in ("approver", "adviser", "reader"):
        new = person(role.title())
        people[role] = contracts.add_person(at.kari.party, new, role, by=at.owner)
    gone = contracts.add_person(at.kari.party, person("Gone"), "adviser", by=at.owner)
    clients = {role: visits.enter(one) for role, one in {**people, "gone": gone}.items()}
    contracts.revoke_access(gone, "No more.", by=at.owner)
    at.people, at.clients = {**people, "gone": gone}, clients


def put(at, state):
    """The contract in a state, by the flows that bring it there."""
    if state == "negotiating":
        contracts.reopen(at.contract, "Look again.", by=at.owner)
    elif state != "signing":
        approve(at)
        stages.MAKE[state](at)


def approve(at):
    """The approver agrees: until then nobody of that party signs."""
    who = at.people["approver"]
    signing.agree(who, signatures.digest(who), by=builders.guest(who))


@pytest.fixture
def at(answered):
    file = uploads.stored("image", uploads.picture(), "red.png", answered.owner)
    with unguarded():
        Exhibit.objects.create(version=answered.version, file=file)
    return SimpleNamespace(**vars(answered), file=file)


def price(at):
    body = at.version.content["body"]
    return next(block["id"] for block in body if block["policy"] == "editable")


def posts(at, role):
    """By act: the address, what is posted (None: looked at), and what counts as done."""
    who, form = at.people[role], visits.shown(at.people[role])
    page = lambda name: visits.page(name, who)  # noqa: E731 - short in the table below
    new = {"name": "New One", "email": "new@customer.example"}
    wish = {"kind": "wording", "content": "Nothing.", "do": "send", "reason": "Dear"}
    kind = "more_time" if at.contract.state == "expired" else "comment"
    said = {"begin": "new", "text-new": "Why so?", "kind-new": kind}
    return {
        "read": (page("contract"), None, lambda answer: WORDS in answer.content.decode()),
        "fetch": (
            f"{page('contract')}files/{at.file.digest}/",
            None,
            lambda answer: answer.status_code == 200,
        ),
        "fill_in": (page("answers"), {**form, **visits.TYPED, "do": "save"}, AnswerDraft),
        "comment": (page("threads"), {**form, **said}, Comment),
        "suggest": (f"{page('contract')}suggest/{price(at)}/", {**form, **wish}, Suggestion),
        "agree": (page("agree"), form, Agreement),
        "sign": (page("sign"), {**form, "name": who.name}, Challenge),
        "decline": (page("decline"), {**form, "kind": "price"}, Decline),
        "forward": (page("forward"), {**form, **new, "todo": "sign"}, Participant),
        "add": (page("forward"), {**form, **new, "todo": "read"}, Participant),
    }


def does(client, address, form, counted):
    """Whether a request does what it asks for; whatever it did is taken back."""
    if form is None:
        return counted(client.get(address))
    before, point = counted.objects.count(), transaction.savepoint()
    client.post(address, form)
    done = counted.objects.count() > before
    transaction.savepoint_rollback(point)
    return done


@pytest.mark.parametrize("state", STATES)
def test_every_role_does_what_the_table_says_and_nothing_else(at, state):
    everybody(at)
    put(at, state)
    at.contract = Contract.objects.get(pk=at.contract.pk)
    assert at.contract.state == state
    said, tried = published(), []
    for role, client in at.clients.items():
        point = transaction.savepoint()
        if state == "signing" and role != "approver":
            approve(at)
        for act, request in posts(at, role).items():
            wanted = role in said[act, state]
            assert does(client, *request) == wanted, (role, act, state)
            tried.append(wanted)
        transaction.savepoint_rollback(point)
    assert len(tried) == len(taking_part.ROLES) * len(taking_part.ACTS) == 50
