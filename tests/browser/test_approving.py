"""Approving on a phone, from the mail: by touch, without sideways scrolling, and by keyboard."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests import approvals, builders, mails
from tests.browser.authoring import enter
from tests.browser.judging import violations

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
MOST = 4  # actions from the mail to the yes


WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def fits(page: Page) -> bool:
    """Whether nothing has to be scrolled sideways."""
    return int(page.evaluate(WIDER)) <= 0


def test_from_the_mail_to_the_yes_takes_four_actions_at_most(
    live_server, client, open_page, sender, draft
):
    sales = draft.workspace
    boss, finn = approvals.boss(sales), approvals.approver(sales)
    approvals.rule(sales, boss, finn, **approvals.over("5000"))
    second = builders.contract(draft.template.specific, sender, title="Second")
    approvals.ask(draft, sender)
    approvals.ask(second, sender)
    letter = next(one for one in mails.sent() if f"approve/{draft.pk}/" in one.body)
    (link,) = [link for link in mails.links(letter) if f"approve/{draft.pk}/" in link]
    page = open_page(width=375, height=812, has_touch=True)
    enter(page, client, finn, live_server.url)
    actions = []

    page.goto(link[link.index("/admin/") :])
    actions.append("open the link of the mail")
    expect(page.get_by_role("heading", name="How it differs from the template")).to_be_visible()
    assert fits(page)
    page.get_by_role("button", name="Approve this text").tap()
    actions.append("approve")

    expect(page.get_by_text("is approved by you")).to_be_visible()
    expect(page.get_by_role("heading", name="Approve: Second")).to_be_visible()
    assert approvals.state(draft) == "approved"
    assert len(actions) <= MOST
    page.get_by_role("button", name="Approve this text").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Nothing waits for your approval.")).to_be_visible()
    assert approvals.state(second) == "approved"
    desk = open_page(width=375, height=812, has_touch=True)
    enter(desk, client, boss, live_server.url)
    administrate(desk, sales, finn)


def administrate(page: Page, space: Any, finn: Any) -> None:
    """An administrator tries a rule, makes it, and ends it."""
    page.goto(reverse("wagtail_contracts_workspace:new_rule", args=[space.pk]))
    page.get_by_label("Name").fill("Legal")
    page.get_by_label("Approval 1").select_option(label=finn.get_full_name())
    page.get_by_role("button", name="Try it on recent contracts").tap()
    expect(page.get_by_text("It would have asked about 2 recent contracts")).to_be_visible()
    assert fits(page)
    assert violations(page) == []
    page.get_by_role("button", name="Make the rule").tap()
    expect(page.get_by_text("The rule asks from now on.")).to_be_visible()
    assert fits(page)
    page.get_by_role("link", name="End Legal").tap()
    page.get_by_role("button", name="End the rule").tap()
    expect(page.get_by_text("The rule has ended.")).to_be_visible()
