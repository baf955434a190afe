"""Nothing that needs a yes from inside leaves without it, and nobody says yes to their own work."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.utils import timezone
from wagtail.log_actions import log

from tests import approvals, builders, mails, tables, uploads
from tests.kinds import fitting
from wagtail_contracts import events
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.errors import (
    ApprovalMissing,
    ApproverMissing,
    ContractIsClosed,
    MayNotDecide,
    NotAllowed,
    RuleRefused,
    StaleVersion,
    WrongState,
)
from wagtail_contracts.contracts.flows import announcing
from wagtail_contracts.contracts.models import Approval, Contract
from wagtail_contracts.contracts.models.guards import unguarded

pytestmark = pytest.mark.django_db
Change = Callable[[Any], None]


@pytest.fixture
def boss(sales):
    return approvals.boss(sales)


@pytest.fixture
def finn(sales):
    return approvals.approver(sales)


@pytest.fixture
def rule(sales, boss, finn):
    """Above 5 000 NOK Finn approves; the draft is worth 5 300."""
    return approvals.rule(sales, boss, finn, **approvals.over("5000"))


@pytest.fixture
def waiting(rule, draft, sender):
    approvals.ask(draft, sender)
    return draft


def read(contract: Contract) -> Contract:
    return Contract.objects.get(pk=contract.pk)


def test_what_needs_a_yes_is_sent_once_it_has_it(rule, sender, finn, draft):
    with tables.unchanged(), pytest.raises(ApprovalMissing, match="Finn Nordmann must approve"):
        approvals.send(draft, sender)

    approvals.ask(draft, sender)
    assert approvals.state(draft) == "in_approval"
    with tables.unchanged(), pytest.raises(ApprovalMissing):
        approvals.send(draft, sender)
    approvals.say_yes(draft, finn)
    assert approvals.state(draft) == "approved"
    approvals.send(draft, sender)

    assert approvals.state(draft) == "signing"
    assert read(draft).approval is None


def test_below_the_bound_nobody_is_asked(sales, sender, boss, finn, draft):
    approvals.rule(sales, boss, finn, **approvals.over("5300"))
    with tables.unchanged(), pytest.raises(WrongState):
        approvals.ask(draft, sender)
    approvals.send(draft, sender)
    assert approvals.state(draft) == "signing"


# -- tied to what was approved --------------------------------------------------------------------


def retitled(contract: Contract) -> None:
    contract.title = "Hosting 2028"
    contract.save()


def repriced(contract: Contract) -> None:
    contract.values = {**contract.values, "price": {"amount": "9000.00", "currency": "NOK"}}
    contract.save()


def another_party(contract: Contract) -> None:
    party = contract.parties.get(role="customer")
    party.name = "Another AS"
    party.save()


def another_address(contract: Contract) -> None:
    person = contract.parties.get(role="customer").people.get()
    person.email = "somebody@else.example"
    person.save()


def without_a_clause(contract: Contract) -> None:
    body: Any = contract
    body.body = contract.body.get_prep_value()[1:]
    contract.save()


def another_exhibit(contract: Contract) -> None:
    file = uploads.kept(
        "exhibit", uploads.saying("Plan"), "plan.pdf", builders.actor(contract.owner)
    )
    body: Any = contract
    body.body = [*contract.body.get_prep_value(), uploads.exhibit(file, "The plan")]
    contract.save()


CHANGES = [
    retitled,
    repriced,
    another_party,
    another_address,
    without_a_clause,
    another_exhibit,
]


@pytest.mark.parametrize("change", CHANGES)
def test_after_a_change_the_old_yes_does_not_send(waiting, sender, finn, change):
    approvals.say_yes(waiting, finn)
    with unguarded():
        change(read(waiting))

    with tables.unchanged(), pytest.raises(ApprovalMissing):
        approvals.send(waiting, sender)
    contracts.lapse(waiting, by=SYSTEM)

    assert approvals.state(waiting) == "draft"
    approvals.ask(waiting, sender)
    approvals.say_yes(waiting, finn)
    approvals.send(waiting, sender)
    assert approvals.state(waiting) == "signing"


def test_what_did_not_change_does_not_lapse(waiting, finn):
    approvals.say_yes(waiting, finn)
    with tables.unchanged():
        assert contracts.lapse(waiting, by=SYSTEM) is False


def test_a_new_rule_takes_the_old_yes_away_and_tells(sales, boss, sender, finn, waiting):
    approvals.say_yes(waiting, finn)
    mails.sent()
    mails.forget()
    greta = approvals.approver(sales, "greta")

    approvals.rule(sales, boss, greta, name="Legal")

    assert approvals.state(waiting) == "draft"
    told = sorted(letter.to[0] for letter in mails.sent())
    assert told == ["finn@eksempel.example", "ola@eksempel.example"]
    with pytest.raises(ApprovalMissing):
        approvals.send(waiting, sender)


def test_a_rule_that_ended_sends_nothing_by_that(rule, boss, sender, finn, waiting):
    approvals.say_yes(waiting, finn)
    contracts.end_rule(rule, by=builders.actor(boss))
    assert approvals.state(waiting) == "draft"
    approvals.send(waiting, sender)
    assert approvals.state(waiting) == "signing"


def test_a_rule_about_others_takes_nothing_away(sales, boss, finn, waiting):
    approvals.say_yes(waiting, finn)
    approvals.rule(sales, boss, finn, name="Others", party="Nobody AS")
    assert approvals.state(waiting) == "approved"


def test_an_emptied_list_releases_nothing(rule, sender, finn, draft):
    finn.delete()
    with tables.unchanged(), pytest.raises(ApproverMissing, match="Nobody is left"):
        approvals.ask(draft, sender)
    with tables.unchanged(), pytest.raises(ApprovalMissing):
        approvals.send(draft, sender)


def test_a_request_that_was_taken_back_leaves_no_yes_behind(waiting, sender, finn):
    approvals.say_yes(waiting, finn)
    contracts.recall_approval(waiting, by=builders.actor(sender))
    assert approvals.state(waiting) == "draft"
    with pytest.raises(ApprovalMissing):
        approvals.send(waiting, sender)
    approvals.ask(waiting, sender)
    assert approvals.state(waiting) == "in_approval"


def test_a_text_in_approval_can_not_be_edited(waiting, sender):
    working = read(waiting)
    working.title = "Another"
    with tables.unchanged(), pytest.raises(ContractIsClosed):
        working.save()
    contracts.recall_approval(waiting, by=builders.actor(sender))
    working.save()
    assert read(waiting).title == "Another"


def test_a_duplicate_needs_a_yes_of_its_own(waiting, sender, finn):
    approvals.say_yes(waiting, finn)
    copy = contracts.duplicate(waiting, owner=sender, by=builders.actor(sender))
    assert (copy.state, copy.approval, copy.values) == ("draft", None, read(waiting).values)
    with tables.unchanged(), pytest.raises(ApprovalMissing):
        approvals.send(copy, sender)


# -- nobody approves their own --------------------------------------------------------------------


def saved(contract: Contract, user: Any) -> None:
    with unguarded():
        contract.save_revision(user=user)


def owned(contract: Contract, user: Any) -> None:
    with unguarded():
        contract.owner = user
        contract.save()


def recorded(contract: Contract, user: Any) -> None:
    merged = fitting(events.DRAFT_MERGED)
    contracts.record(contract, events.DRAFT_MERGED, merged, by=builders.actor(user))


WORK = [saved, owned, recorded]


def in_a_group(space: Any, boss: Any, finn: Any, other: Any) -> None:
    group = Group.objects.create(name="Finance")
    group.user_set.add(finn, other)
    approvals.rule(space, boss, group)


def as_superuser(space: Any, boss: Any, finn: Any, other: Any) -> None:
    get_user_model().objects.filter(pk=finn.pk).update(is_superuser=True)
    in_a_group(space, boss, finn, other)


def as_deputy(space: Any, boss: Any, finn: Any, other: Any) -> None:
    day = timezone.localdate()
    contracts.appoint_deputy(finn, day, day, by=builders.actor(other))
    approvals.rule(space, boss, other)


@pytest.mark.parametrize("work", WORK)
@pytest.mark.parametrize("way", [in_a_group, as_superuser, as_deputy])
def test_nobody_approves_their_own_work(sales, finn, draft, work, way):
    hans = approvals.approver(sales, "hans")
    way(sales, approvals.boss(sales), finn, hans)
    work(read(draft), finn)
    approvals.ask(draft, get_user_model().objects.get(username="ola"))

    with tables.unchanged(), pytest.raises(MayNotDecide, match="own work"):
        approvals.say_yes(draft, finn)

    approvals.say_yes(draft, hans)
    assert approvals.state(draft) == "approved"


@pytest.mark.parametrize("way", [in_a_group, as_superuser, as_deputy])
def test_what_is_not_their_own_work_they_approve(sales, boss, finn, sender, draft, way):
    way(sales, boss, finn, approvals.approver(sales, "hans"))
    approvals.ask(draft, sender)
    approvals.say_yes(draft, finn)
    assert approvals.state(draft) == "approved"


def test_the_asker_does_not_approve_what_they_asked_for(sales, boss, draft):
    asker = approvals.approver(sales, "greta", ("view", "send", "approve"))
    hans = approvals.approver(sales, "hans")
    in_a_group(sales, boss, asker, hans)
    approvals.ask(draft, asker)
    with tables.unchanged(), pytest.raises(MayNotDecide, match="own work"):
        approvals.say_yes(draft, asker)
    approvals.say_yes(draft, hans)


def test_whoever_is_the_only_approver_can_not_ask(sales, boss, draft, sender):
    asker = approvals.approver(sales, "greta", ("view", "send", "approve"))
    approvals.rule(sales, boss, asker)
    with tables.unchanged(), pytest.raises(ApproverMissing):
        approvals.ask(draft, asker)
    approvals.ask(draft, sender)
    assert approvals.state(draft) == "in_approval"


def test_a_deputy_of_whoever_wrote_it_does_not_approve_it(sales, boss, finn, sender, draft):
    greta, day = approvals.approver(sales, "greta"), timezone.localdate()
    contracts.appoint_deputy(greta, day, day, by=builders.actor(finn))
    hans = approvals.approver(sales, "hans")
    in_a_group(sales, boss, finn, hans)
    saved(draft, finn)
    approvals.ask(draft, sender)
    with tables.unchanged(), pytest.raises(MayNotDecide):
        approvals.say_yes(draft, greta)
    approvals.say_yes(draft, hans)
    assert approvals.state(draft) == "approved"


def test_a_yes_of_whoever_owns_it_now_does_not_send(waiting, sender, finn):
    approvals.say_yes(waiting, finn)
    with unguarded():
        Contract.objects.filter(pk=waiting.pk).update(owner=finn)
    with tables.unchanged(), pytest.raises(ApprovalMissing):
        approvals.send(waiting, sender)
    with unguarded():
        Contract.objects.filter(pk=waiting.pk).update(owner=sender)
    approvals.send(waiting, sender)


# -- who may --------------------------------------------------------------------------------------


@pytest.mark.parametrize("verbs", [(), ("approve",), ("view",), ("view", "send", "edit")])
def test_without_the_right_nobody_approves(sales, rule, sender, draft, finn, verbs):
    approvals.ask(draft, sender)
    group = finn.groups.get()
    group.workspace_permissions.all().delete()
    for verb in verbs:
        group.workspace_permissions.create(workspace=sales, verb=verb)
    with tables.unchanged(), pytest.raises(NotAllowed):
        approvals.say_yes(draft, finn)
    for verb in {*approvals.APPROVER} - {*verbs}:
        group.workspace_permissions.create(workspace=sales, verb=verb)
    approvals.say_yes(draft, finn)
    assert approvals.state(draft) == "approved"


def test_whoever_is_not_named_does_not_approve(sales, waiting, finn):
    greta = approvals.approver(sales, "greta")
    with tables.unchanged(), pytest.raises(MayNotDecide, match="does not wait for you"):
        approvals.say_yes(waiting, greta)
    approvals.say_yes(waiting, finn)


@pytest.mark.parametrize(("first", "last", "may"), [(-2, -1, False), (0, 0, True), (1, 2, False)])
def test_a_deputy_approves_on_their_days_only(sales, waiting, finn, first, last, may):
    greta, today = approvals.approver(sales, "greta"), timezone.localdate()
    days = today + timedelta(days=first), today + timedelta(days=last)
    contracts.appoint_deputy(greta, *days, by=builders.actor(finn))
    if may:
        approvals.say_yes(waiting, greta)
        row = Approval.objects.get()
        assert (row.approver, row.for_whom) == (greta, finn)
    else:
        with tables.unchanged(), pytest.raises(MayNotDecide):
            approvals.say_yes(waiting, greta)


def test_whoever_is_no_longer_asked_gets_no_mail(sales, boss, sender, draft, finn):
    hans = approvals.approver(sales, "hans")
    in_a_group(sales, boss, finn, hans)
    approvals.ask(draft, sender)
    approvals.say_yes(draft, finn)
    assert [letter.to[0] for letter in mails.sent()] == ["ola@eksempel.example"]


def test_everybody_who_is_asked_gets_one_mail_that_leads_there(sales, boss, sender, draft, finn):
    in_a_group(sales, boss, finn, approvals.approver(sales, "hans"))
    approvals.ask(draft, sender)
    letters = mails.sent()
    told = sorted(letter.to[0] for letter in letters)
    assert told == ["finn@eksempel.example", "hans@eksempel.example"]
    assert all(f"contracts/approve/{draft.pk}/" in letter.body for letter in letters)


def test_two_steps_are_two_people_and_in_order(sales, boss, sender, draft):
    finn, greta = approvals.approver(sales), approvals.approver(sales, "greta")
    approvals.rule(sales, boss, finn, greta, in_order=True)
    approvals.ask(draft, sender)
    assert [letter.to[0] for letter in mails.sent()] == ["finn@eksempel.example"]
    with tables.unchanged(), pytest.raises(MayNotDecide):
        approvals.say_yes(draft, greta)
    mails.forget()

    approvals.say_yes(draft, finn)

    assert [letter.to[0] for letter in mails.sent()] == ["greta@eksempel.example"]
    assert approvals.state(draft) == "in_approval"
    mails.forget()
    approvals.say_yes(draft, greta)
    assert approvals.state(draft) == "approved"
    assert [letter.to[0] for letter in mails.sent()] == ["ola@eksempel.example"]


def test_a_colleague_without_the_right_to_send_asks_for_nothing(rule, sales, sender, draft):
    reader = builders.staff("rita", sales, ("view", "edit"))
    with tables.unchanged(), pytest.raises(NotAllowed):
        approvals.ask(draft, reader)
    approvals.ask(draft, sender)


# -- what stops the sending -----------------------------------------------------------------------


def test_another_currency_stops_the_sending_with_a_reason(sales, boss, finn, sender, draft):
    approvals.rule(sales, boss, finn, **approvals.over("100", "EUR"))
    for act in (approvals.ask, approvals.send):
        with tables.unchanged(), pytest.raises(ApprovalMissing, match="no rule counts in NOK"):
            act(draft, sender)
    approvals.rule(sales, boss, finn, name="Kroner", **approvals.over("1000000"))
    approvals.send(draft, sender)
    assert approvals.state(draft) == "signing"


def test_a_missing_approver_stops_the_asking_with_a_reason(sales, boss, finn, sender, draft):
    approvals.rule(sales, boss, finn)
    finn.groups.get().workspace_permissions.filter(verb="approve").delete()
    with tables.unchanged(), pytest.raises(ApproverMissing, match="Nobody is left"):
        approvals.ask(draft, sender)
    finn.groups.get().workspace_permissions.create(workspace=sales, verb="approve")
    approvals.ask(draft, sender)
    assert approvals.state(draft) == "in_approval"


# -- after it was sent ----------------------------------------------------------------------------


def test_a_new_version_needs_a_yes_of_its_own(rule, sender, finn, waiting):
    approvals.say_yes(waiting, finn)
    approvals.send(waiting, sender)
    working, by = read(waiting), builders.actor(sender)
    working.title = "Hosting 2027 and 2028"
    working.save()

    def revise() -> Any:
        return contracts.revise(waiting, builders.shown(waiting), "More.", by=by)

    with tables.unchanged(), pytest.raises(ApprovalMissing):
        revise()

    approvals.ask(waiting, sender)
    assert approvals.state(waiting) == "signing"
    with pytest.raises(ApprovalMissing):
        revise()
    approvals.say_yes(waiting, finn)
    working = read(waiting)
    working.title = "Hosting for ever"
    working.save()
    with pytest.raises(ApprovalMissing):
        revise()
    working.title = "Hosting 2027 and 2028"
    working.save()

    assert revise().number == 2
    assert read(waiting).approval is None


def test_what_was_sent_already_needs_no_yes(rule, sender, finn, waiting):
    approvals.say_yes(waiting, finn)
    approvals.send(waiting, sender)
    with tables.unchanged(), pytest.raises(WrongState, match="nothing has changed"):
        approvals.ask(waiting, sender)


# -- no, questions, and what is written ------------------------------------------------------------


def test_a_no_makes_it_a_draft_and_tells_the_asker(waiting, sender, finn):
    mails.sent()
    mails.forget()
    shown = builders.shown(waiting)
    contracts.reject(waiting, shown, "Too dear.", by=builders.actor(finn))
    assert approvals.state(waiting) == "draft"
    (letter,) = mails.sent()
    assert letter.to == ["ola@eksempel.example"]
    assert "Too dear" not in letter.body
    with pytest.raises(ApprovalMissing):
        approvals.send(waiting, sender)


def test_whoever_said_yes_may_still_say_no_before_it_is_sent(waiting, finn):
    approvals.say_yes(waiting, finn)
    contracts.reject(
        waiting, builders.shown(waiting), "On second thought.", by=builders.actor(finn)
    )
    assert approvals.state(waiting) == "draft"


def test_a_yes_to_another_text_is_none(waiting, finn):
    with tables.unchanged(), pytest.raises(StaleVersion):
        contracts.approve(waiting, "0" * 64, by=builders.actor(finn))
    approvals.say_yes(waiting, finn)


def test_what_is_decided_stands_in_our_own_trail_alone(waiting, sender, finn):
    contracts.ask(waiting, "Who pays?", by=builders.actor(finn))
    contracts.answer_approver(waiting, "They do.", by=builders.actor(sender))
    approvals.say_yes(waiting, finn)
    own = list(Event.objects.of(waiting.own_trail).values_list("name", flat=True))
    assert own == [
        events.APPROVAL_REQUESTED,
        events.APPROVAL_QUESTIONED,
        events.APPROVAL_ANSWERED,
        events.APPROVAL_GIVEN,
        events.CONTRACT_APPROVED,
    ]
    shared = Event.objects.of(waiting.trail).values_list("name", flat=True)
    assert not {*shared} & {*own}
    assert contracts.stand(read(waiting)).state == "draft"
    said = list(Approval.objects.values_list("decision", "reason", "content_digest"))
    assert [row[:2] for row in said] == [
        ("asked", "Who pays?"),
        ("answered", "They do."),
        ("approved", ""),
    ]
    assert {row[2] for row in said} == {builders.shown(waiting)}


def test_rules_and_deputies_stand_in_the_trail_of_the_workspace(sales, boss, finn, rule):
    greta, day = approvals.approver(sales, "greta"), timezone.localdate()
    deputy = contracts.appoint_deputy(greta, day, day, by=builders.actor(finn))
    contracts.dismiss_deputy(deputy, by=builders.actor(finn))
    contracts.end_rule(rule, by=builders.actor(boss))
    names = Event.objects.of(sales.trail).values_list("name", flat=True)
    assert list(names) == [
        events.RULE_MADE,
        events.DEPUTY_APPOINTED,
        events.DEPUTY_DISMISSED,
        events.RULE_ENDED,
    ]


def test_only_an_administrator_makes_and_ends_rules(sales, boss, finn, rule, sender):
    with tables.unchanged(), pytest.raises(NotAllowed):
        approvals.rule(sales, sender, finn)
    with tables.unchanged(), pytest.raises(NotAllowed):
        contracts.end_rule(rule, by=builders.actor(sender))
    contracts.end_rule(rule, by=builders.actor(boss))
    with tables.unchanged(), pytest.raises(RuleRefused):
        contracts.end_rule(rule, by=builders.actor(boss))


def test_a_rule_names_somebody(sales, boss, finn):
    with tables.unchanged(), pytest.raises(RuleRefused):
        approvals.rule(sales, boss)
    with tables.unchanged(), pytest.raises(RuleRefused, match="currency"):
        approvals.rule(sales, boss, finn, **approvals.over("5", ""))
    with tables.unchanged(), pytest.raises(RuleRefused):
        contracts.make_rule(sales, "Boss", [("manager", None)], by=builders.actor(boss))
    approvals.rule(sales, boss, finn, **approvals.over("5"))


def manager(user: Any) -> Any:
    """Everybody's manager is Finn."""
    return get_user_model().objects.get(username="finn")


def test_the_manager_of_the_owner_is_asked(sales, boss, finn, sender, draft, settings):
    section = settings.WAGTAIL_CONTRACTS.get("CONTRACTS", {})
    named = {**section, "MANAGER": "tests.flows.contracts.test_approving.manager"}
    settings.WAGTAIL_CONTRACTS = {**settings.WAGTAIL_CONTRACTS, "CONTRACTS": named}
    contracts.make_rule(sales, "Boss", [("manager", None)], by=builders.actor(boss))
    approvals.ask(draft, sender)
    approvals.say_yes(draft, finn)
    approvals.send(draft, sender)
    assert approvals.state(draft) == "signing"


def test_the_inbox_has_what_one_sees_and_has_to_decide(sales, boss, sender, finn, waiting):
    assert contracts.awaiting(finn) == [waiting]
    assert contracts.awaiting(sender) == []
    theirs = builders.workspace("legal")
    page = builders.template(theirs, "Other deal")
    other = builders.staff("otto", theirs, (*builders.SENDER, "administer"))
    approvals.rule(theirs, other, finn)
    foreign = builders.contract(page, other, title="Foreign")
    with pytest.raises(ApproverMissing):
        approvals.ask(foreign, other)
    assert contracts.awaiting(finn) == [waiting]


def resaved(contract: Contract, user: Any) -> None:
    with unguarded():
        contract.save_revision(user=user)


def noted(contract: Contract, user: Any) -> None:
    log(contract, "wagtail.edit", user=user)


def unlocked(contract: Contract, user: Any) -> None:
    data = {"block": "1"}
    announcing.record(contract, events.BLOCK_UNLOCKED, data, by=builders.actor(user))


def given_away(contract: Contract, user: Any) -> None:
    with unguarded():
        Contract.objects.filter(pk=contract.pk).update(owner=user)


@pytest.mark.parametrize("act", [resaved, noted, unlocked, given_away])
def test_the_inbox_the_page_and_the_verb_know_the_same_own_work(waiting, finn, act):
    """Whatever was done since the yes was asked for."""
    assert contracts.awaiting(finn) == [waiting]
    assert contracts.decidable(read(waiting), finn)
    act(waiting, finn)
    assert contracts.awaiting(finn) == []
    assert contracts.decidable(read(waiting), finn) == []
    with tables.unchanged(), pytest.raises(MayNotDecide, match="own work"):
        approvals.say_yes(waiting, finn)
