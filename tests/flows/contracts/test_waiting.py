"""What needs somebody and what waits for others: each kind once it is so, and never else."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests import approvals, builders, signatures
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.flows.waiting import waiting_for_others
from wagtail_contracts.contracts.models import Contract, Listing
from wagtail_contracts.contracts.models.guards import unguarded
from wagtail_contracts.outbox.models import Message


def kinds(user: Any) -> list[str]:
    """What needs somebody; the filter of the list finds the same contracts."""
    waits = contracts.waits(user)
    found = contracts.needing(user).values_list("pk", flat=True)
    assert sorted(wait.contract for wait in waits) == sorted(found)
    return [wait.kind for wait in waits]


def others(user: Any) -> int:
    return waiting_for_others(user).count()


def test_a_draft_waits_for_nobody(draft, sender):
    assert (kinds(sender), others(sender)) == ([], 0)


def test_a_signature_of_ones_own_waits_until_it_is_given(answered):
    assert (kinds(answered.sender), others(answered.sender)) == (["sign"], 0)
    signatures.sign(answered.ola)
    assert (kinds(answered.sender), others(answered.sender)) == ([], 1)


def test_it_waits_for_the_colleague_who_signs_while_they_see_it(template, sender, sales):
    colleague = builders.staff("eva", sales)
    draft = builders.contract(template, sender, parties=builders.parties(colleague))
    contracts.send(draft, builders.shown(draft), into="signing", by=builders.actor(sender))
    assert (kinds(colleague), kinds(sender), others(sender)) == (["sign"], [], 1)
    colleague.groups.clear()
    assert kinds(type(colleague).objects.get(pk=colleague.pk)) == []


def test_what_is_in_review_needs_its_owner_once_all_is_filled_in(in_review):
    listing = Listing.objects.get(contract=in_review.contract)
    assert (listing.asked, listing.answered) == (2, 0)
    assert (kinds(in_review.sender), others(in_review.sender)) == ([], 1)
    by, digest = builders.guest(in_review.kari), in_review.version.digest
    contracts.answer(in_review.kari, digest, builders.ANSWERS, by=by)
    listing.refresh_from_db()
    assert (listing.asked, listing.answered) == (2, 2)
    assert (kinds(in_review.sender), others(in_review.sender)) == (["open"], 0)


def test_a_mail_that_failed_needs_the_owner_until_it_is_given_up(in_review):
    mails = Message.objects.filter(topic="mail.due", keys__participant=in_review.kari.pk)
    assert kinds(in_review.sender) == []
    assert mails.update(attempts=1, last_error="refused") == 1
    [wait] = contracts.waits(in_review.sender)
    assert (wait.kind, wait.since) == ("deliver", mails.get().posted_at)
    mails.update(dead_at=timezone.now(), earlier_attempts=1)
    assert kinds(in_review.sender) == []


def test_what_has_expired_needs_its_owner_until_it_is_archived(sent):
    colleague = builders.staff("eva", sent.contract.workspace)
    with unguarded():
        Contract.objects.update(state="expired", expired_from="signing")
    assert (kinds(sent.sender), kinds(colleague)) == (["extend"], [])
    Listing.objects.update(archived_at=timezone.now())
    assert kinds(sent.sender) == []


def test_more_contracts_are_asked_about_with_as_many_queries(template, sender):
    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            contracts.waits(sender)
            list(contracts.needing(sender).values_list("pk"))
        return len(found)

    asked()  # what somebody may do is asked for once
    before = asked()
    for _ in range(3):
        draft = builders.contract(template, sender)
        contracts.send(draft, builders.shown(draft), into="signing", by=builders.actor(sender))
    assert len(contracts.waits(sender)) == 3
    assert asked() == before


def test_a_question_of_an_approver_needs_the_owner_until_it_is_answered(template, sales, sender):
    finn, boss = approvals.approver(sales), approvals.boss(sales)
    approvals.rule(sales, boss, finn, **approvals.over("1000"))
    draft = builders.contract(template, sender)
    assert others(sender) == 0
    approvals.ask(draft, sender)
    assert (kinds(sender), others(sender)) == ([], 1)
    contracts.ask(draft, "Why so dear?", by=builders.actor(finn))
    assert (kinds(sender), kinds(finn), kinds(boss)) == (["answer"], ["approve"], [])
    assert others(sender) == 0
    contracts.answer_approver(draft, "It is for two years.", by=builders.actor(sender))
    assert kinds(sender) == []
