"""Trying a rule tells nothing of amounts that one may not see."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests import approvals, builders, tables
from tests.admin.test_approving import browser
from wagtail_contracts.contracts.models import Contract, Workspace

LEFT_OUT = "1 contract has an amount that you may not see"


@pytest.fixture
def secret(sales: Workspace, sender: Any) -> Contract:
    """A contract whose only amount, 5 300 NOK, is sensitive."""
    price = builders.made.field("money", "price", "Price", "supplier", sensitive=True)
    fields = [price, *builders.FIELDS[1:]]
    return builders.contract(builders.template(sales, "Secret", fields=fields), sender)


def tried(client: Client, sales: Workspace, **when: str) -> Any:
    """What the page says when a rule is tried."""
    finn = sales.group_permissions.get(verb="approve").group.user_set.get()
    body = {"name": "Finance", "step_1": f"person:{finn.pk}", "do": "try", **when}
    with tables.unchanged():
        page = client.post(reverse("wagtail_contracts_workspace:new_rule", args=[sales.pk]), body)
    told = [(trial.contract, trial.asks) for trial, _url in page.context["trials"]]
    return told, page.context["asked"], LEFT_OUT in page.content.decode()


def test_no_bound_tells_of_an_amount_that_one_may_not_see(sales, secret, draft):
    approvals.approver(sales)
    blind = browser(approvals.boss(sales))
    trusted = browser(builders.staff("tor", sales, (*approvals.BOSS, "sensitive")))
    bounds = [
        {"over": over, "currency": code} for over in ("5299", "5300") for code in ("NOK", "EUR")
    ]

    answers = [tried(blind, sales, **bound) for bound in bounds]
    assert [(dict(told).get(secret), left) for told, _n, left in answers] == [(None, True)] * 4
    assert [dict(told)[draft] for told, _n, _left in answers] == [True, False, False, False]
    answers = [tried(trusted, sales, **bound) for bound in bounds]
    assert [(dict(told)[secret], left) for told, _n, left in answers] == [
        (True, False),
        (False, False),
        (False, False),
        (False, False),
    ]


def test_a_rule_without_a_bound_is_tried_on_all(sales, secret, draft):
    approvals.approver(sales)
    blind = browser(approvals.boss(sales))
    assert tried(blind, sales) == ([(draft, True), (secret, True)], 2, False)
