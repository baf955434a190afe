"""A fresh code before acts that take something from others, or give them something."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from tests import approvals, builders, tables
from tests.admin import posts
from tests.admin.test_approving import DEPUTIES
from tests.admin.test_deliveries import LIST
from tests.admin.test_factors import ask_for, at
from tests.admin.test_handing import PAGE, who
from tests.admin.test_stepup import CONFIRM, TOTPDevice, give
from wagtail_contracts.contracts.admin.stepup import OWN
from wagtail_contracts.contracts.models import Contract, Deputy, Workspace
from wagtail_contracts.outbox.models import Message


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


def test_deleting_many_drafts_asks_for_the_factor_of_their_workspace(admin, sales, draft):
    url = reverse("wagtail_bulk_action", args=["wagtail_contracts", "contract", "delete"])
    url = f"{url}?{urlencode({'id': draft.pk})}"
    waits_for_factor(admin, sales, "edit", url, {})
    assert not Contract.objects.exists()


@pytest.mark.parametrize("act", ["deliver_again", "give_up"])
def test_acts_on_deliveries_ask_for_the_factor_of_the_workspace(client, boss, sales, sent, act):
    message = Message.objects.get(keys__kind="invitation", keys__participant=sent.kari.pk)
    later = timezone.now() + timedelta(minutes=30)
    Message.objects.filter(pk=message.pk).update(last_error="x", attempts=3, not_before=later)
    url = reverse(f"wagtail_contracts_{act}", args=[message.public_id])
    ask_for(sales, "administer")
    with tables.unchanged():
        assert client.post(url).url == at(OWN, onwards=reverse(LIST))
        overview = posts.address("inspect", sent.contract.pk)
        assert client.post(url, {"back": "overview"}).url == at(OWN, onwards=overview)
    ask_for(sales)
    assert client.post(url).url == reverse(LIST)
    message.refresh_from_db()
    assert bool(message.dead_at) == (act == "give_up")
    assert (message.not_before < later) == (act == "deliver_again")


def test_whoever_may_deliver_again_by_another_right_is_not_asked_for_a_factor(client, sales, sent):
    message = Message.objects.get(keys__kind="invitation", keys__participant=sent.kari.pk)
    client.force_login(builders.staff("eva", sales, ("view", "send", "administer")))
    url = reverse("wagtail_contracts_deliver_again", args=[message.public_id])
    ask_for(sales, "administer", "send")
    with tables.unchanged():
        assert client.post(url).url == at(OWN, onwards=reverse(LIST))
    ask_for(sales, "administer")
    assert client.post(url).url == reverse(LIST)
