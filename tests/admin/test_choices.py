"""Every act on a contract stands on its page: with a link, or with why it can't be done now."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests import approvals, builders, tables
from tests.admin import posts
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.admin import choices, viewsets
from wagtail_contracts.contracts.errors import NotAllowed
from wagtail_contracts.contracts.models import Contract, GroupWorkspacePermission, Workspace

# Steps of a new contract, what is for oneself, and what has its buttons beside linked contracts.
ELSEWHERE = {"parties", "details", "take_template", "star", "opened"} | {
    *("duplicate", "amend", "renew", "replace"),
}


def why(user: Any, contract: Contract) -> dict[str, str]:
    """Why not, by act; "" for what can be done now."""
    fresh = Contract.objects.get(pk=contract.pk)
    return {choice.label: choice.why for choice in choices.choices(user, fresh)}


def test_every_page_of_an_act_is_among_them():
    above = {"reissue", "replace_person", "add_person", "revoke_access", "answer_person", "opening"}
    above |= {"accept_name", "export_person", "erase_person", "sign_in_person", "prove"}
    pages = {act.name for act in choices.ACTS if not act.of_list} - {"edit", *above}
    assert pages == viewsets.ACTS.keys() - ELSEWHERE
    assert above <= viewsets.ContractViewSet().from_above.keys()


def test_who_may_only_read_is_told_of_each_which_right_it_needs(draft, sales):
    told = why(builders.staff("nils", sales, ("view",)), draft)
    assert all(words.startswith("It needs the right “") for words in told.values())
    assert told["Change the owner…"].startswith("It needs the right “Edit” or “Administer”")
    assert len(told) > 22


def test_a_persons_data_are_not_offered_to_whoever_may_not_see_them(draft, sales):
    verbs = ("view", "export", "administer")
    without = why(builders.staff("bo", sales, verbs), draft)
    boss = why(builders.staff("boss", sales, (*verbs, "sensitive")), draft)
    for act in ("Export a person’s data…", "Erase a person’s data…"):
        assert without[act] == "It needs the right “See sensitive data” in this workspace."
        assert boss[act] == ""


@pytest.fixture
def finn(draft: Contract, sales: Workspace) -> Any:
    """Whose approval a draft needs before it is sent."""
    found = approvals.approver(sales)
    approvals.rule(sales, approvals.boss(sales), found, **approvals.over("1000"))
    return found


def test_an_approval_is_asked_for_decided_answered_and_recalled_in_its_time(draft, sender, finn):
    told = why(sender, draft)
    assert told["Ask for approval…"] == ""
    assert told["Send…"].startswith("It needs an approval.")
    assert "In approval" in told["Take the request for approval back…"]
    approvals.ask(draft, sender)
    told = why(sender, draft)
    assert told["Take the request for approval back…"] == ""
    assert told["Answer the approvers…"] == "No approver has asked anything."
    contracts.ask(draft, "Why so dear?", by=builders.actor(finn))
    assert why(sender, draft)["Answer the approvers…"] == ""
    assert "Now: In approval." in told["Ask for approval…"]
    assert why(finn, draft)["Approve, send back or ask…"] == ""
    approvals.say_yes(draft, finn)
    assert why(sender, draft)["Send…"] == ""


def test_nobody_is_offered_to_approve_their_own(draft, sales, sender, finn):
    builders.joins(sender, sales, ("approve",))
    approvals.ask(draft, sender)
    assert "It is your own work" in why(sender, draft)["Approve, send back or ask…"]


def test_without_a_rule_there_is_nothing_to_approve(draft, sender):
    words = "No rule asks for an approval: it can be sent."
    assert why(sender, draft)["Ask for approval…"] == words


def test_what_is_planned_can_be_called_off_and_not_sent_again(draft, sender):
    assert "nothing to call off" in why(sender, draft)["Call off the sending…"]
    at, by = timezone.now() + timedelta(hours=3), builders.actor(sender)
    contracts.schedule(draft, builders.shown(draft), into="signing", at=at, by=by)
    told = why(sender, draft)
    assert told["Call off the sending…"] == ""
    assert told["Send…"] == "It is confirmed already. Call that off first."


def test_what_is_out_is_neither_archived_nor_sent_again_unchanged(draft, sender):
    by = builders.actor(sender)
    contracts.send(draft, builders.shown(draft), into="signing", by=by)
    told = why(sender, draft)
    assert "Withdraw it first" in told["Archive…"]
    assert "nothing has changed" in told["Send a new version…"]
    contracts.withdraw(draft, "No.", by=by)
    assert why(sender, draft)["Archive…"] == ""


def test_a_block_is_unlocked_by_whoever_may_where_one_is_locked(template, sales, sender):
    builders.joins(sender, sales, ("unlock",))
    draft = builders.contract(template, sender)
    assert bool(contracts.lockable(draft)) == (why(sender, draft)["Unlock a block…"] == "")


def test_the_owner_gives_a_contract_to_a_colleague(client, draft, sales, sender):
    nina, outsider = builders.staff("nina", sales), builders.staff("outside")
    client.force_login(sender)
    url = posts.address("owner", draft.pk)
    page = client.get(url).content.decode()
    assert "Nina" in page
    assert "Outside" not in page
    with tables.unchanged():
        client.post(url, {"owner": outsider.pk})
    assert client.post(url, {"owner": nina.pk}).status_code == 302
    assert Contract.objects.get(pk=draft.pk).owner == nina


def test_who_edits_but_does_not_own_it_is_told_who_can_give_it_away(draft, sales):
    other = builders.staff("nina", sales, ("view", "edit"))
    client = Client()
    client.force_login(other)
    url = posts.address("owner", draft.pk)
    assert "Its owner can give it away" in client.get(url).content.decode()
    with tables.unchanged():
        client.post(url, {"owner": other.pk})
    with pytest.raises(NotAllowed):
        contracts.change_owner(draft, other, by=builders.actor(other))
    assert "may not give" in why(other, draft)["Change the owner…"]


def test_who_gives_away_the_last_that_they_see_is_led_to_the_list(client, draft, sales, sender):
    GroupWorkspacePermission.objects.filter(
        group__user=sender, verb__in=["view", "edit", "send"]
    ).update(own=True)
    nina = builders.staff("nina", sales)
    client.force_login(sender)
    answer = client.post(posts.address("owner", draft.pk), {"owner": nina.pk})
    assert answer.url == posts.address("list")
