"""A fresh code before acts that take something from others, or give them something."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import approvals, builders, tables
from tests.admin.test_approving import DEPUTIES
from tests.admin.test_factors import ask_for, at
from tests.admin.test_handing import PAGE, who
from tests.admin.test_stepup import CONFIRM, TOTPDevice, give
from wagtail_contracts.contracts.admin.stepup import OWN
from wagtail_contracts.contracts.models import Contract, Deputy, Workspace


@pytest.fixture
def boss(client: Any, sales: Workspace) -> Any:
    """Somebody who administers the workspace, logged in."""
    user = builders.staff("bodil", sales, ("view", "administer"))
    client.force_login(user)
    return user


@pytest.fixture
def finn(client: Any, sales: Workspace) -> Any:
    """Somebody who approves, logged in."""
    user = approvals.approver(sales)
    client.force_login(user)
    return user


def phone(user: Any) -> TOTPDevice:
    """A code app of theirs."""
    return TOTPDevice.objects.create(user=user, name="phone", confirmed=True)


def waits_for_code(client: Any, user: Any, url: str, body: dict[str, Any]) -> None:
    """Led to the code, nothing done; then done with it."""
    device = phone(user)
    with tables.unchanged():
        assert client.post(url, body).url == at(CONFIRM, onwards=url)
    give(client, device)
    client.post(url, body)


def waits_for_factor(client: Any, sales: Workspace, verb: str, url: str, body: Any) -> None:
    """Led to the setting up where the workspace asks for a factor, nothing done; else done."""
    ask_for(sales, verb)
    with tables.unchanged():
        assert client.post(url, body).url == at(OWN, onwards=url)
    ask_for(sales)
    client.post(url, body)


def handing(draft: Contract, sender: Any, to: Any) -> tuple[str, dict[str, Any]]:
    """What is posted when somebody leaves."""
    return reverse(PAGE), {**who(sender, to), "row": [f"contract-{draft.pk}"]}


def appointing(to: Any) -> tuple[str, dict[str, Any]]:
    """What is posted to let somebody stand in."""
    today = timezone.localdate()
    return reverse(DEPUTIES), {"deputy": to.pk, "first": today, "last": today + timedelta(days=9)}


def test_handing_over_asks_for_a_fresh_code(client, boss, sales, sender, draft):
    eva = builders.staff("eva", sales)
    waits_for_code(client, boss, *handing(draft, sender, eva))
    assert Contract.objects.get().owner == eva


def test_handing_over_asks_for_the_factor_of_the_workspace(client, boss, sales, sender, draft):
    eva = builders.staff("eva", sales)
    waits_for_factor(client, sales, "administer", *handing(draft, sender, eva))
    assert Contract.objects.get().owner == eva


def test_appointing_and_dismissing_a_deputy_asks_for_a_fresh_code(client, finn, sales):
    greta = approvals.approver(sales, "greta")
    url, body = appointing(greta)
    waits_for_code(client, finn, url, body)
    assert Deputy.objects.get().deputy == greta
    TOTPDevice.objects.all().delete()
    client.force_login(finn)
    waits_for_code(client, finn, url, {"dismiss": Deputy.objects.get().pk})
    assert not Deputy.objects.exists()


def test_appointing_a_deputy_asks_for_the_factor_of_the_workspace(client, finn, sales):
    greta = approvals.approver(sales, "greta")
    waits_for_factor(client, sales, "approve", *appointing(greta))
    assert Deputy.objects.get().deputy == greta


def test_whoever_approves_nothing_is_not_asked_for_a_code(client, boss):
    phone(boss)
    assert client.get(reverse(DEPUTIES)).status_code == 200
