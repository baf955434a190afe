"""A superuser sees every workspace; each look is in our own side's trail."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from tests import builders, tables
from tests.admin import posts
from wagtail_contracts import events
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts.admin import gate
from wagtail_contracts.contracts.models import Contract


@pytest.fixture
def root(django_user_model: Any) -> Any:
    """A superuser who is in no group."""
    return django_user_model.objects.create_superuser("root", "root@eksempel.example", "x")


def looks(contract: Contract) -> list[Event]:
    return list(Event.objects.of(contract.own_trail).named(events.STAFF_LOOKED))


def test_each_page_that_a_superuser_opens_is_recorded(client, draft, root):
    client.force_login(root)
    for number, name in enumerate(("inspect", "edit", "history", "send", "inspect"), start=1):
        assert client.get(posts.address(name, draft.pk)).status_code == 200
        assert len(looks(draft)) == number
    told = looks(draft)[0]
    assert (told.actor_kind, told.actor_key, told.label) == ("user", str(root.pk), "root")
    assert told.data["state"] == "draft"
    assert not Event.objects.of(draft.trail).named(events.STAFF_LOOKED).exists()


def test_typing_in_the_editor_is_no_further_look(client, draft, root):
    client.force_login(root)
    client.get(posts.address("edit", draft.pk))
    for _ in range(3):
        headers = {"accept": "application/json"}
        client.post(posts.address("edit", draft.pk), posts.edit(draft), headers=headers)
        client.post(posts.address("preview_on_edit", draft.pk), posts.edit(draft))
        client.get(posts.address("preview_on_edit", draft.pk))
    assert len(looks(draft)) == 1


def test_a_post_that_no_page_came_before_is_recorded_too(client, draft, root, monkeypatch):
    client.force_login(root)
    client.post(posts.address("preview_on_edit", draft.pk), posts.edit(draft))
    assert len(looks(draft)) == 1
    later = timezone.now() + gate.QUIET + timedelta(seconds=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    client.post(posts.address("preview_on_edit", draft.pk), posts.edit(draft))
    assert len(looks(draft)) == 2


def test_the_list_is_no_look_at_a_contract(client, draft, root):
    client.force_login(root)
    with tables.unchanged():
        assert draft.title in client.get(posts.address("list")).content.decode()


def test_what_is_not_there_leaves_no_trace(client, draft, root):
    client.force_login(root)
    with tables.unchanged():
        assert client.get(posts.address("inspect", draft.pk + 1)).status_code == 404


def test_a_member_leaves_no_trace(client, draft, sender, root):
    client.force_login(sender)
    client.get(posts.address("inspect", draft.pk))
    root.groups.add(Group.objects.get(name="group of ola"))  # now a member by right
    client.force_login(root)
    client.get(posts.address("inspect", draft.pk))
    assert looks(draft) == []


def test_an_inactive_superuser_sees_nothing(client, draft, root):
    client.force_login(root)
    root.is_active = False
    root.save()
    with tables.unchanged():
        assert client.get(posts.address("inspect", draft.pk)).status_code == 302
    assert not Contract.objects.visible_to(root).exists()


def test_a_superuser_of_no_workspace_may_act(client, draft, root):
    client.force_login(root)
    builders.workspace("legal")
    form = posts.edit(draft, title="Hosting 2028")
    assert client.post(posts.address("edit", draft.pk), form).status_code == 302
    assert Contract.objects.get(pk=draft.pk).title == "Hosting 2028"
