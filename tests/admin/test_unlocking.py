"""The door at the lock: who may unlock one block of one contract, and what others read there."""

from __future__ import annotations

import html
from typing import Any

import pytest
from django.test import Client

from tests import builders, tables
from tests.admin import posts
from tests.admin.test_merging import written
from wagtail_contracts.contracts.core import locks
from wagtail_contracts.contracts.models import Contract, GroupWorkspacePermission

SERVICE = 2  # its place in the body of the fixture


@pytest.fixture
def boss(sales: Any) -> Client:
    """Somebody with the right, who may edit as well."""
    client = Client()
    client.force_login(builders.staff("siri", sales, (*builders.SENDER, "unlock")))
    return client


def ask(contract: Contract) -> dict[str, str]:
    return {"block": contract.outline[SERVICE]["id"], "reason": "The board asks."}


def opened(contract: Contract) -> list[str]:
    return locks.unlocked(Contract.objects.get(pk=contract.pk).outline)


def test_who_holds_the_right_unlocks_and_who_only_edits_does_not(admin, sender, draft):
    url, group = posts.address("unlock_block", draft.pk), sender.groups.get()
    before = tables.digests()
    assert admin.get(url).status_code == 302
    assert admin.post(url, ask(draft)).status_code == 302
    assert tables.digests() == before
    GroupWorkspacePermission.objects.create(group=group, workspace=draft.workspace, verb="unlock")
    assert admin.get(url).status_code == 200
    answer = admin.post(url, ask(draft))
    assert answer.url == posts.address("edit", draft.pk)
    assert opened(draft) == [draft.outline[SERVICE]["id"]]


def test_the_editor_says_who_may_and_leads_those_who_may_there(admin, boss, draft):
    url = posts.address("edit", draft.pk)
    others, theirs = (html.unescape(one.get(url).content.decode()) for one in (admin, boss))
    assert "Who may unlock it for this contract: Siri Nordmann." in others
    door = f"{posts.address('unlock_block', draft.pk)}?block={draft.outline[SERVICE]['id']}"
    assert door not in others
    assert door in theirs


def test_a_block_without_a_reason_stays_locked(boss, draft):
    url = posts.address("unlock_block", draft.pk)
    assert boss.post(url, {**ask(draft), "reason": " "}).status_code == 200
    assert boss.post(url, {**ask(draft), "block": draft.outline[4]["id"]}).status_code == 200
    assert opened(draft) == []
    assert boss.post(url, ask(draft)).status_code == 302
    assert opened(draft) != []


def test_what_was_unlocked_is_rewritten_and_nothing_else(admin, boss, draft):
    boss.post(posts.address("unlock_block", draft.pk), ask(draft))
    fresh = Contract.objects.get(pk=draft.pk)
    entries = posts.entries(fresh)
    entries[SERVICE] |= {"value-text": posts.draftail("<p>From now on.</p>")}
    entries[SERVICE + 1] |= {"value-text": posts.draftail("<p>Forged.</p>")}
    assert (
        admin.post(posts.address("edit", draft.pk), posts.edit(fresh, entries)).status_code == 302
    )
    body = str(Contract.objects.get(pk=draft.pk).body.get_prep_value())
    assert "From now on." in body
    assert "Forged." not in body


def test_a_form_from_before_the_unlock_is_put_together_with_it(admin, boss, draft):
    mine = written(draft, "Mine.")
    boss.post(posts.address("unlock_block", draft.pk), ask(draft))
    assert admin.post(posts.address("edit", draft.pk), mine).status_code == 302
    body = Contract.objects.get(pk=draft.pk).body.get_prep_value()
    assert "Mine." in str(body)
    assert body[SERVICE]["value"]["policy"] == "editable"
