"""The first steps of a workspace, and the way from each screen to what tells how to use it."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.users.models import UserProfile

from tests import builders
from tests.admin import posts
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import Workspace
from wagtail_contracts.outbox import flows as outbox
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.admin import checklist

HOME = reverse("wagtailadmin_home")
SEAL, ADDRESS, MAIL, WORKER, TEMPLATE, COLLEAGUE, FIRST = range(7)
ADMINISTER = ("view", "create", "edit", "send", "administer")


@pytest.fixture
def boss(client: Client, sales: Workspace) -> Any:
    """Somebody who administers a workspace with nothing in it, logged in."""
    user = builders.staff("boss", sales, ADMINISTER)
    client.force_login(user)
    return user


def panel(user: Any) -> Any:
    """The panel that somebody gets, None for none."""
    panels: list[Any] = []
    checklist.add_panel(SimpleNamespace(user=user), panels)
    return panels[0] if panels else None


def done(user: Any) -> set[int]:
    """Which steps are ticked."""
    steps = panel(user).get_context_data({})["steps"]
    assert len(steps) == 7
    return {number for number, step in enumerate(steps) if step.done}


def again(user: Any) -> Any:
    """The same person in another request."""
    return type(user)._default_manager.get(pk=user.pk)


def test_it_is_shown_on_the_home_page_until_a_contract_was_sent(client, boss, sales):
    shown = client.get(HOME).content.decode()
    assert "First steps: Sales" in shown
    assert 'href="/docs/how-to/write-a-template/"' in shown
    page = builders.template(sales)
    draft = builders.contract(page, boss)
    assert "Send the first contract: a draft is there" in client.get(HOME).content.decode()
    contracts.send(draft, builders.shown(draft), into="signing", by=builders.actor(boss))
    assert "First steps" not in client.get(HOME).content.decode()


def test_it_is_put_away_for_oneself(client, boss, sales):
    name = checklist.put_away(sales)
    other = builders.staff("other", sales, ADMINISTER)
    where = reverse("wagtailadmin_dismissibles")
    client.patch(where, json.dumps({name: True}), content_type="application/json")
    assert UserProfile.objects.get(user=boss).dismissibles == {name: True}
    assert (panel(again(boss)), panel(other).workspace) == (None, sales)
    client.patch(where, json.dumps({name: False}), content_type="application/json")
    assert panel(again(boss)).workspace == sales


def test_only_who_administers_the_workspace_gets_it(boss, sales):
    assert panel(builders.staff("per", sales, ADMINISTER[:-1])) is None
    assert panel(builders.staff("elsewhere", builders.workspace("legal"), ("view",))) is None
    assert panel(builders.staff("nobody")) is None
    assert panel(boss).workspace == sales


def test_a_workspace_for_training_has_none(boss, sales):
    Workspace.objects.update(training=True)
    assert panel(boss) is None


def test_each_step_looks_at_the_thing_itself(boss, sales, settings, monkeypatch):
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    settings.WAGTAIL_CONTRACTS = {**settings.WAGTAIL_CONTRACTS, "CONTRACTS": {}, "SEALING": {}}
    assert done(boss) == set()
    settings.EMAIL_BACKEND = outbox.SMTP
    assert done(boss) == {MAIL}
    with_address = {"CONTRACTS": {"PUBLIC_BASE_URL": "https://x.example"}, "SEALING": {}}
    settings.WAGTAIL_CONTRACTS = {**settings.WAGTAIL_CONTRACTS, **with_address}
    assert done(boss) == {MAIL, ADDRESS}
    page = builders.template(sales)
    assert done(boss) == {MAIL, ADDRESS, TEMPLATE}
    page.unpublish()
    builders.staff("per", sales, ("view",))
    assert done(again(boss)) == {MAIL, ADDRESS, COLLEAGUE}
    monkeypatch.setattr(signing, "health", lambda: {"identity": "warn", "worker": "pass"})
    assert done(again(boss)) == {SEAL, ADDRESS, MAIL, WORKER, COLLEAGUE}


def test_the_template_of_another_workspace_is_no_step(boss, sales):
    builders.template(sales).unpublish()
    builders.template(builders.workspace("legal"))
    assert TEMPLATE not in done(boss)


SCREENS = {
    "wagtail_contracts_factors": "how-to/second-factor",
    "wagtail_contracts_workspace:index": "how-to/set-up-a-workspace",
    "wagtail_contracts_contract:list": "how-to/keep-contracts-in-order",
}


@pytest.mark.parametrize(("screen", "page"), SCREENS.items())
def test_each_screen_leads_to_its_page(client, boss, settings, screen, page):
    def shown() -> str:
        return str(client.get(reverse(screen)).content.decode())

    assert f"/docs/{page}/" in shown()
    said = {**settings.WAGTAIL_CONTRACTS["CONTRACTS"], "DOCS_URL": "https://x.example/{page}.html"}
    settings.WAGTAIL_CONTRACTS = {**settings.WAGTAIL_CONTRACTS, "CONTRACTS": said}
    assert f"https://x.example/{page}.html" in shown()
    settings.WAGTAIL_CONTRACTS["CONTRACTS"] = {**said, "DOCS_URL": ""}
    assert page not in shown()


def test_pages_that_are_not_ours_lead_nowhere(client, boss):
    assert (
        "How to use this page" not in client.get(reverse("wagtailadmin_account")).content.decode()
    )
    assert "How to use this page" in client.get(posts.address("add")).content.decode()
