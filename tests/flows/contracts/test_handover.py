"""When somebody leaves: all that they hold moves, or says why it stays."""

from contextlib import nullcontext
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from tests import approvals, builders, tables
from wagtail_contracts import events
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.errors import NotAllowed
from wagtail_contracts.contracts.flows.ruling import replace_deputy
from wagtail_contracts.contracts.models import (
    ApprovalRule,
    Contract,
    Deputy,
    PlannedSending,
    SavedView,
)

EVERYTHING = ("view", "create", "edit", "send", "administer", "approve")


@pytest.fixture
def boss(sales):
    return builders.staff("bodil", sales, EVERYTHING)


@pytest.fixture
def eva(sales):
    return builders.staff("eva", sales, (*builders.SENDER, "approve"))


def keys(leaver, boss):
    return [held.key for held in contracts.held_by(leaver, by=builders.actor(boss))]


def hand_over(leaver, to, boss, only=None):
    chosen = keys(leaver, boss) if only is None else only
    handed = contracts.hand_over(leaver, to, chosen, by=builders.actor(boss))
    return {row.held.key.partition("-")[0]: row.why for row in handed}


def hold_everything(sales, template, sender, boss):
    """A contract that is confirmed to leave, a rule, a deputy for Bodil, a view."""
    draft = builders.contract(template, sender)
    plan = {"into": "signing", "at": timezone.now() + timedelta(days=2)}
    contracts.schedule(draft, builders.shown(draft), by=builders.actor(sender), **plan)
    approvals.rule(sales, boss, sender, boss, **approvals.over("900000"))
    today = timezone.localdate()
    contracts.appoint_deputy(sender, today, today + timedelta(days=9), by=builders.actor(boss))
    by = builders.actor(sender)
    contracts.save_view(sender, "Late", "state=signing", workspace=sales, by=by)
    return draft


def test_all_that_somebody_holds_moves(sales, template, sender, boss, eva):
    draft = hold_everything(sales, template, sender, boss)
    why = hand_over(sender, eva, boss)

    assert {kind: bool(reason) for kind, reason in why.items()} == {
        "plan": False,
        "contract": False,
        "rule": False,
        "deputy": False,
        "view": False,
        "signatory": True,  # who signs is part of the text
    }
    assert Contract.objects.get().owner == eva
    assert PlannedSending.objects.get(contract=draft).by == eva
    (rule,) = ApprovalRule.objects.standing()
    assert [step.user for step in rule.steps.all()] == [eva, boss]
    assert Deputy.objects.get().deputy == eva
    assert SavedView.objects.get().user == eva
    assert [key.partition("-")[0] for key in keys(sender, boss)] == ["signatory"]


def test_only_what_was_shown_and_chosen_moves(sales, template, sender, boss, eva):
    hold_everything(sales, template, sender, boss)
    view = next(key for key in keys(sender, boss) if key.startswith("view"))
    assert hand_over(sender, eva, boss, only=[view, "contract-99999", "x"]) == {"view": ""}

    assert Contract.objects.get().owner == sender
    with tables.unchanged():
        assert hand_over(sender, eva, boss, only=[]) == {}


def test_what_the_other_could_not_do_stays_with_its_reason(sales, template, sender, boss):
    hold_everything(sales, template, sender, boss)
    liv = builders.staff("liv", builders.workspace("legal"))
    with tables.unchanged():
        why = hand_over(sender, liv, boss, only=[k for k in keys(sender, boss) if "dep" not in k])

    assert set(why) == {"plan", "contract", "rule", "view", "signatory"}
    assert all(why.values())


def test_who_reads_alone_takes_the_contract_over_but_not_the_sending(sales, template, sender, boss):
    hold_everything(sales, template, sender, boss)
    liv = builders.staff("liv", sales, ("view",))
    why = hand_over(sender, liv, boss)

    assert "may not send" in why["plan"]
    assert why["contract"] == ""
    assert PlannedSending.objects.get().by == sender


@pytest.mark.parametrize(("may", "moves"), [(("view",), False), (("view", "approve"), True)])
def test_only_who_may_approve_takes_a_place_in_a_rule(sales, template, sender, boss, may, moves):
    hold_everything(sales, template, sender, boss)
    liv = builders.staff("liv", sales, may)
    rule = [key for key in keys(sender, boss) if key.startswith("rule")]
    with nullcontext() if moves else tables.unchanged():
        why = hand_over(sender, liv, boss, only=rule)

    assert ("may not approve" in why["rule"]) is not moves
    (standing,) = ApprovalRule.objects.standing()
    assert (liv in [step.user for step in standing.steps.all()]) is moves


@pytest.mark.parametrize("verbs", [("view", "edit", "send"), ("administer",)])
def test_only_who_administers_finds_anything(sales, template, sender, boss, verbs):
    hold_everything(sales, template, sender, boss)
    per = builders.staff("per", sales, verbs)
    found = keys(sender, boss)
    assert len(found) == 6
    assert keys(sender, per) == []
    with tables.unchanged():
        assert contracts.hand_over(sender, per, found, by=builders.actor(per)) == []


def test_what_lies_in_another_workspace_is_not_found(sales, template, sender, boss, eva):
    legal = builders.workspace("legal")
    other = builders.staff("astrid", legal, EVERYTHING)
    hold_everything(sales, template, sender, boss)

    assert keys(sender, other) == []


def test_a_deputy_is_nobody_for_themselves_and_past_days_are_past(sales, sender, boss):
    by = builders.actor(boss)
    contracts.appoint_deputy(sender, date(2020, 1, 1), date(2020, 1, 9), by=by)
    assert keys(sender, boss) == []
    today = timezone.localdate()
    contracts.appoint_deputy(sender, today, today, by=by)
    with tables.unchanged():
        assert hand_over(sender, boss, boss)["deputy"]


def test_who_stands_in_for_an_approver_elsewhere_is_replaced_by_who_administers_there_too(
    sales, sender, boss, eva
):
    legal, today = builders.workspace("legal"), timezone.localdate()
    finn, liv = approvals.approver(sales), approvals.approver(legal, "liv")
    builders.joins(finn, legal, approvals.APPROVER)
    by = builders.actor(finn)
    row = contracts.appoint_deputy(sender, today, today + timedelta(days=9), by=by)
    with tables.unchanged():
        why = hand_over(sender, eva, boss)
    assert "approves where you do not administer" in why["deputy"]
    with tables.unchanged(), pytest.raises(NotAllowed):
        replace_deputy(row, eva, by=SYSTEM)

    builders.joins(boss, legal, approvals.BOSS)
    assert hand_over(sender, liv, boss) == {"deputy": ""}
    told = [
        Event.objects.of(space.trail).values_list("name", flat=True) for space in (sales, legal)
    ]
    said = [events.DEPUTY_APPOINTED, events.DEPUTY_DISMISSED, events.DEPUTY_APPOINTED]
    assert [list(names) for names in told] == [said, said]
    assert Deputy.objects.get().deputy == liv


def test_whoever_approves_nothing_there_does_not_stand_in(sales, sender, boss, eva):
    today = timezone.localdate()
    contracts.appoint_deputy(sender, today, today, by=builders.actor(boss))
    reader = builders.staff("per", sales, ("view", "edit"))
    with tables.unchanged():
        assert "can't stand in for Bodil" in hand_over(sender, reader, boss)["deputy"]
    assert hand_over(sender, eva, boss) == {"deputy": ""}


def manager(user: Any) -> Any:
    """Ola's manager is Eva, and Eva's is Bodil."""
    name = {"ola": "eva", "eva": "bodil"}.get(user.username)
    return get_user_model().objects.filter(username=name).first()


def test_whose_manager_somebody_is_is_named_and_stays(sales, sender, boss, eva, settings):
    assert keys(eva, boss) == []
    section = settings.WAGTAIL_CONTRACTS.get("CONTRACTS", {})
    named = {**section, "MANAGER": f"{__name__}.manager"}
    settings.WAGTAIL_CONTRACTS = {**settings.WAGTAIL_CONTRACTS, "CONTRACTS": named}
    eva.is_active = False
    eva.save()

    [held] = contracts.held_by(eva, by=builders.actor(boss))
    assert (held.key, held.words) == (f"manager-{sender.pk}", "Manager of Ola Nordmann")
    with tables.unchanged():
        assert "where it keeps that" in hand_over(eva, boss, boss)["manager"]
    elsewhere = builders.staff("astrid", builders.workspace("legal"), EVERYTHING)
    assert keys(eva, elsewhere) == []
