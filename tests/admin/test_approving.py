"""Approving in the admin: asked on the page before sending, decided on one's own page."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import approvals, builders, tables
from tests.admin import posts
from wagtail_contracts.contracts.models import ApprovalRule, Deputy
from wagtail_contracts.sealing import flows as sealing

INBOX = "wagtail_contracts_approvals"
DEPUTIES = "wagtail_contracts_deputies"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Print nothing."""
    monkeypatch.setattr(sealing, "render", lambda made: b"%PDF-")


@pytest.fixture
def boss(sales: Any) -> Any:
    return approvals.boss(sales)


@pytest.fixture
def finn(sales: Any) -> Any:
    return approvals.approver(sales)


@pytest.fixture
def rule(sales: Any, boss: Any, finn: Any) -> Any:
    """Above 5 000 NOK Finn approves; the draft is worth 5 300."""
    return approvals.rule(sales, boss, finn, **approvals.over("5000"))


@pytest.fixture
def waiting(rule: Any, draft: Any, sender: Any) -> Any:
    """A contract that waits for Finn."""
    approvals.ask(draft, sender)
    return draft


def browser(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def decision(contract: Any, do: str, **more: str) -> dict[str, str]:
    return {"digest": builders.shown(contract), "do": do, "reason": "", **more}


def test_the_last_step_says_who_must_approve_and_asks_instead_of_sending(admin, rule, draft):
    page = admin.get(posts.address("send", draft.pk)).content.decode()
    assert "Over 5,000\u00a0NOK: Finn Nordmann must approve" in page
    assert "Ask for approval" in page
    assert "Send to Kari" not in page

    asked = {"digest": builders.shown(draft), "note": "Please hurry."}
    answer = admin.post(posts.address("ask_approval", draft.pk), asked)

    assert answer.status_code == 302
    assert approvals.state(draft) == "in_approval"
    page = admin.get(posts.address("send", draft.pk)).content.decode()
    assert "Waiting for Finn Nordmann" in page
    assert "Ask for approval" not in page


def test_without_a_rule_the_last_step_sends(admin, draft):
    page = admin.get(posts.address("send", draft.pk)).content.decode()
    assert "Send to Kari" in page
    assert "Ask for approval" not in page


def test_after_the_last_yes_the_last_step_sends(admin, waiting, finn):
    approvals.say_yes(waiting, finn)
    page = admin.get(posts.address("send", waiting.pk)).content.decode()
    assert "Ready to send" in page
    assert "Send to Kari" in page


def test_the_inbox_leads_to_the_page_where_one_approves(waiting, finn):
    client = browser(finn)
    inbox = client.get(reverse(INBOX)).content.decode()
    where = posts.address("approve", waiting.pk)
    assert where in inbox
    assert "Over 5,000\u00a0NOK: Finn Nordmann must approve" in inbox
    page = client.get(where).content.decode()
    assert "5,300.00\u00a0NOK" in inbox
    assert "<dt>Value</dt><dd>5,300.00\u00a0NOK" in page
    assert "The text is the template's." in page
    assert "the service runs" in page

    answer = client.post(where, decision(waiting, "approve"))

    assert answer.url == reverse(INBOX)
    assert approvals.state(waiting) == "approved"
    assert "Nothing waits for your approval." in client.get(reverse(INBOX)).content.decode()


def test_after_a_decision_comes_the_next_contract(template, sender, waiting, finn):
    second = builders.contract(template, sender, title="Second")
    approvals.ask(second, sender)
    where = posts.address("approve", waiting.pk)
    answer = browser(finn).post(where, decision(waiting, "approve"))
    assert answer.url == posts.address("approve", second.pk)


def test_the_inbox_asks_as_often_however_many_wait(
    template, sender, waiting, finn, django_assert_num_queries
):
    client = browser(finn)
    client.get(reverse(INBOX))
    with CaptureQueriesContext(connection) as one:
        client.get(reverse(INBOX))
    for title in ("Second", "Third", "Fourth"):
        approvals.ask(builders.contract(template, sender, title=title), sender)
    with django_assert_num_queries(len(one)):
        page = client.get(reverse(INBOX)).content.decode()
    assert "Fourth" in page


def test_the_menu_counts_what_waits(waiting, finn, sender):
    assert "Approvals (1)" in browser(finn).get(reverse("wagtailadmin_home")).content.decode()
    assert "Approvals" not in browser(sender).get(reverse("wagtailadmin_home")).content.decode()


def test_sending_back_needs_a_reason_and_makes_it_a_draft(waiting, finn):
    client, where = browser(finn), posts.address("approve", waiting.pk)
    with tables.unchanged():
        page = client.post(where, decision(waiting, "reject"))
    assert '<a href="#id_reason">Reason, question or note: Write something' in page.content.decode()
    assert 'aria-describedby="id_reason-errors id_reason-helptext"' in page.content.decode()

    client.post(where, decision(waiting, "reject", reason="Too dear."))

    assert approvals.state(waiting) == "draft"


def test_a_question_is_answered_where_it_was_asked(admin, waiting, finn):
    client, where = browser(finn), posts.address("approve", waiting.pk)
    client.post(where, decision(waiting, "ask", reason="Who pays?"))
    assert "Who pays?" in admin.get(posts.address("answer_approver", waiting.pk)).content.decode()

    admin.post(posts.address("answer_approver", waiting.pk), {"words": "The customer."})

    assert "The customer." in client.get(where).content.decode()
    assert approvals.state(waiting) == "in_approval"


def test_the_asker_takes_the_request_back(admin, waiting):
    admin.post(posts.address("recall_approval", waiting.pk), {})
    assert approvals.state(waiting) == "draft"


def test_a_text_that_changed_is_not_approved(waiting, finn):
    where = posts.address("approve", waiting.pk)
    stale = {**decision(waiting, "approve"), "digest": "0" * 64}
    with tables.unchanged():
        page = browser(finn).post(where, stale)
    assert "no longer what you were asked" in page.content.decode()
    browser(finn).post(where, decision(waiting, "approve"))
    assert approvals.state(waiting) == "approved"


def test_the_report_names_each_difference_with_its_policy(rule, template, sender, finn):
    draft = builders.contract(template, sender)
    body = draft.body.get_prep_value()
    reference = next(block for block in body if "Reference" in str(block["value"]))
    draft.body = [block for block in body if block["id"] != reference["id"]]
    draft.save()
    approvals.ask(draft, sender)

    page = browser(finn).get(posts.address("approve", draft.pk)).content.decode()

    assert "is left out." in page
    assert "Optional" in page
    assert "was removed" in page  # word by word


def test_an_administrator_tries_makes_and_ends_a_rule(sales, boss, finn, draft, sender):
    client = browser(boss)
    make = reverse("wagtail_contracts_workspace:new_rule", args=[sales.pk])
    said = {
        "name": "Finance",
        "over": "5000",
        "currency": "nok",
        "step_1": f"person:{finn.pk}",
    }
    with tables.unchanged():
        tried = client.post(make, {**said, "do": "try"}).content.decode()
    assert "It would have asked about 1 recent contract" in tried
    assert "It would have asked: Finn Nordmann" in tried
    assert f"{draft.number}, 5,300.00\u00a0NOK" in tried

    client.post(make, {**said, "do": "make"})
    rule = ApprovalRule.objects.get()
    listed = client.get(reverse("wagtail_contracts_workspace:rules", args=[sales.pk]))
    assert "Over 5,000\u00a0NOK: Finn Nordmann must approve" in listed.content.decode()
    end = reverse("wagtail_contracts_workspace:end_rule", args=[sales.pk])
    client.post(end, {"rule": rule.pk})

    assert not ApprovalRule.objects.standing().exists()
    approvals.send(draft, sender)


def test_a_rule_of_another_workspace_is_none(sales, boss, finn, rule):
    other = builders.workspace("legal")
    group = boss.groups.get()
    for verb in approvals.BOSS:
        group.workspace_permissions.create(workspace=other, verb=verb)
    foreign = reverse("wagtail_contracts_workspace:end_rule", args=[other.pk])
    with tables.unchanged():
        browser(boss).post(foreign, {"rule": rule.pk})
    own = reverse("wagtail_contracts_workspace:end_rule", args=[sales.pk])
    browser(boss).post(own, {"rule": rule.pk})
    assert not ApprovalRule.objects.standing().exists()


def test_somebody_appoints_and_dismisses_a_deputy(sales, finn, waiting):
    greta = approvals.approver(sales, "greta")
    client, today = browser(finn), date.today()  # noqa: DTZ011 - the page counts in days
    said = {"deputy": greta.pk, "first": today, "last": today + timedelta(days=9)}
    client.post(reverse(DEPUTIES), said)
    assert (
        posts.address("approve", waiting.pk) in browser(greta).get(reverse(INBOX)).content.decode()
    )

    client.post(reverse(DEPUTIES), {"dismiss": Deputy.objects.get().pk})

    assert not Deputy.objects.exists()
    inbox = browser(greta).get(reverse(INBOX)).content.decode()
    assert "Nothing waits for your approval." in inbox


def test_whoever_can_be_asked_is_named_and_nobody_else(sales, boss, finn, sender):
    make = reverse("wagtail_contracts_workspace:new_rule", args=[sales.pk])
    page = browser(boss).get(make).content.decode()
    assert f"person:{finn.pk}" in page
    assert f"person:{sender.pk}" not in page


def test_the_overview_says_what_comes_next(admin, waiting, finn):
    page = admin.get(posts.address("inspect", waiting.pk)).content.decode()
    assert "Waiting for an approval from inside." in page
    approvals.say_yes(waiting, finn)
    page = admin.get(posts.address("inspect", waiting.pk)).content.decode()
    assert "Ready to send" in page


def test_the_editor_says_what_will_need_an_approval(client, template, sales, sender):
    finn = approvals.approver(sales)
    client.force_login(sender)
    draft = builders.contract(template, sender)
    url = posts.address("edit", draft.pk)
    assert "No rule asks for an approval" in client.get(url).content.decode()
    approvals.rule(sales, approvals.boss(sales), finn, **approvals.over("1000"))
    page = client.get(url).content.decode()
    assert "What will need approval" in page
    assert "Finn Nordmann" in page
