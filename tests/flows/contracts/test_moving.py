"""A contract goes to another workspace: told in three trails, refused where it would go wrong."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from tests import approvals, builders, tables, uploads
from wagtail_contracts import events
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.errors import MoveRefused, NotAllowed, ReasonMissing
from wagtail_contracts.contracts.models import Contract, StoredFile, Workspace
from wagtail_contracts.contracts.models.guards import unguarded

pytestmark = pytest.mark.django_db


@pytest.fixture
def legal(db: None) -> Workspace:
    """The workspace where it goes to."""
    return builders.workspace("legal")


@pytest.fixture
def mover(sent: SimpleNamespace, legal: Workspace) -> Any:
    """Who moves there what is in sales; the owner of what is moved sees legal, too."""
    user = builders.staff("mona", sent.contract.workspace, ("view", "move"))
    give(user, legal, view="all", create="all")
    give(sent.sender, legal, view="all")
    return user


def give(user: Any, space: Workspace, **reaches: str) -> None:
    contracts.grant(user.groups.get(), space, reaches, by=SYSTEM)


def move(contract: Contract, to: Workspace, user: Any, reason: str = "The team is gone.") -> None:
    contracts.move(contract, to, reason, by=builders.actor(user))


def told(trail: str) -> list[Any]:
    return [event.data for event in Event.objects.of(trail).named(events.CONTRACT_MOVED)]


def test_it_keeps_all_but_its_place_and_three_trails_say_so(sent, legal, mover):
    contract, was = sent.contract, sent.contract.workspace
    contracts.tag(contract, ["urgent"], by=sent.owner)
    contracts.put_into(contract, "2027", by=sent.owner)
    before = [contract.number, contract.title, contract.current_version.digest, contract.owner]
    move(contract, legal, mover)
    moved = Contract.objects.get(pk=contract.pk)
    assert moved.workspace == legal
    assert [moved.number, moved.title, moved.current_version.digest, moved.owner] == before
    assert (moved.listing.folder, list(moved.tagged.all())) == (None, [])
    said = {"contract": moved.number, "from": str(was.uuid), "to": str(legal.uuid)}
    assert told(moved.own_trail) == told(was.trail) == told(legal.trail) == [said]
    assert told(moved.trail) == []
    assert Event.objects.of(legal.trail).last().disclosed()["reason"] == "The team is gone."


def test_who_sees_it_there_sees_its_files_and_those_it_left_do_not_see_it(sent, legal, mover):
    left = builders.staff("lars", sent.contract.workspace, ("view",))
    lea = builders.staff("lea", legal, ("view",))
    file = uploads.kept("exhibit", uploads.saying("Plan"), "plan.pdf", sent.owner)
    draft = builders.contract(sent.contract.template.specific, sent.sender)
    draft.body = [*draft.body.raw_data, uploads.exhibit(file, "The plan")]
    draft.save()
    contracts.note_files(draft, by=sent.owner)
    assert not StoredFile.objects.known_to(lea).filter(uuid=file["id"]).exists()
    move(draft, legal, mover)
    assert StoredFile.objects.known_to(lea).filter(uuid=file["id"]).exists()
    assert list(Contract.objects.visible_to(left)) == [sent.contract]
    assert list(Contract.objects.visible_to(lea)) == [draft]


@pytest.mark.parametrize("lack", ["move", "create", "view here", "own"])
def test_who_lacks_a_right_in_either_moves_nothing(sent, legal, mover, lack):
    space = sent.contract.workspace
    less = {
        "move": (space, {"view": "all", "edit": "all"}),
        "create": (legal, {"view": "all"}),
        "view here": (space, {}),
        "own": (space, {"view": "all", "move": "own"}),
    }
    with_it = {"view": "all", "move": "all"} if less[lack][0] == space else {"create": "all"}
    give(mover, less[lack][0], **less[lack][1])
    with tables.unchanged(), pytest.raises(NotAllowed):
        move(sent.contract, legal, mover)
    give(mover, less[lack][0], **with_it)
    move(sent.contract, legal, mover)


def test_an_owner_moves_their_own(sent, legal, mover):
    give(mover, sent.contract.workspace, view="own", move="own")
    with tables.unchanged(), pytest.raises(NotAllowed):
        move(sent.contract, legal, mover)
    with unguarded():
        sent.contract.owner = mover
        sent.contract.save(update_fields=["owner"])
    move(sent.contract, legal, mover)


def _owner_stays(sent: SimpleNamespace, legal: Workspace) -> Any:
    give(sent.sender, legal)
    return lambda: give(sent.sender, legal, view="own")


def _training(sent: SimpleNamespace, legal: Workspace) -> Any:
    Workspace.objects.filter(pk=legal.pk).update(training=True)
    return lambda: Workspace.objects.filter(pk=legal.pk).update(training=False)


def _colleague_stays(sent: SimpleNamespace, legal: Workspace) -> Any:
    """Somebody else signs for us, who sees nothing there."""
    siri = builders.staff("siri", sent.contract.workspace)
    with unguarded():
        person = sent.contract.parties.get(role="supplier").people.get()
        person.user, person.name = siri, "Siri"
        person.save()
    return lambda: give(siri, legal, view="all")


def _in_approval(sent: SimpleNamespace, legal: Workspace) -> Any:
    def be(state: str) -> None:
        with unguarded():
            Contract.objects.filter(pk=sent.contract.pk).update(state=state)

    be("in_approval")
    return lambda: be("negotiating")


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (_owner_stays, "who owns it, sees no contracts there"),
        (_training, "for training stays among those"),
        (_colleague_stays, "Siri, who takes part for us, has no part in that workspace"),
        (_in_approval, "An approval by the rules of this workspace is under way"),
    ],
)
def test_what_would_go_wrong_there_is_refused_with_the_reason(sent, legal, mover, make, words):
    mend = make(sent, legal)
    legal.refresh_from_db()
    with tables.unchanged(), pytest.raises(MoveRefused, match=words):
        move(sent.contract, legal, mover)
    mend()
    legal.refresh_from_db()
    move(sent.contract, legal, mover)


def test_it_does_not_go_where_it_is_nor_without_a_reason(sent, legal, mover):
    give(mover, sent.contract.workspace, view="all", move="all", create="all")
    with tables.unchanged(), pytest.raises(MoveRefused, match="already"):
        move(sent.contract, sent.contract.workspace, mover)
    with tables.unchanged(), pytest.raises(ReasonMissing):
        move(sent.contract, legal, mover, reason=" ")
    move(sent.contract, legal, mover)


@pytest.mark.parametrize(("bound", "asks"), [("5299.99", True), ("5300", False)])
def test_no_draft_leaves_the_rules_that_ask_for_an_approval(sent, legal, mover, bound, asks):
    space, finn = sent.contract.workspace, approvals.approver(sent.contract.workspace)
    approvals.rule(space, approvals.boss(space), finn, **approvals.over(bound))
    draft = builders.contract(sent.contract.template.specific, sent.sender)
    steps = [lambda: approvals.ask(draft, sent.sender), lambda: approvals.say_yes(draft, finn)]
    for step in [*steps, lambda: approvals.send(draft, sent.sender)] if asks else ():
        with tables.unchanged(), pytest.raises(MoveRefused, match="ask for an approval"):
            move(draft, legal, mover)
        step()
    move(draft, legal, mover)


def test_what_is_out_does_not_leave_the_rules_that_ask_about_its_next_version(sent, legal, mover):
    space, finn = sent.contract.workspace, approvals.approver(sent.contract.workspace)
    working = Contract.objects.get(pk=sent.contract.pk)
    approvals.rule(space, approvals.boss(space), finn)
    was, working.title = working.title, "Hosting for ever"
    working.save()
    with tables.unchanged(), pytest.raises(MoveRefused, match="ask for an approval"):
        move(working, legal, mover)
    working.title = was
    working.save()
    move(working, legal, mover)
