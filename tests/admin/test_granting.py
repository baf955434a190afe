"""Rights in workspaces are given in Wagtail's form for groups."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from tests import builders, tables
from wagtail_contracts.contracts.models import Contract, GroupWorkspacePermission, Workspace


@pytest.fixture
def root(client: Any, django_user_model: Any) -> Any:
    """A superuser, logged in."""
    user = django_user_model.objects.create_superuser("root", "root@eksempel.example", "x")
    client.force_login(user)
    return user


@pytest.fixture
def group(db: None) -> Group:
    """A group without rights."""
    return Group.objects.create(name="Sellers")


def form(group: Group, *rights: tuple[Workspace, str]) -> dict[str, Any]:
    made: dict[str, Any] = {"name": group.name}
    for prefix in ("page_permissions", "collection_permissions", "document_permissions"):
        made |= {f"{prefix}-TOTAL_FORMS": "0", f"{prefix}-INITIAL_FORMS": "0"}
        made |= {f"{prefix}-MIN_NUM_FORMS": "0", f"{prefix}-MAX_NUM_FORMS": "1000"}
    for prefix in ("image_permissions",):
        made |= {f"{prefix}-TOTAL_FORMS": "0", f"{prefix}-INITIAL_FORMS": "0"}
        made |= {f"{prefix}-MIN_NUM_FORMS": "0", f"{prefix}-MAX_NUM_FORMS": "1000"}
    for workspace, verb in rights:
        made.setdefault(f"contract_rights-{workspace.pk}", []).append(verb)
    return made


def save(client: Any, group: Group, *rights: tuple[Workspace, str]) -> Any:
    url = reverse("wagtailusers_groups:edit", args=[group.pk])
    return client.post(url, form(group, *rights))


def rights(group: Group) -> list[tuple[str, str]]:
    rows = GroupWorkspacePermission.objects.filter(group=group)
    return sorted(rows.values_list("workspace__slug", "verb"))


def test_rights_are_ticked_by_workspace_and_view_comes_along(client, root, group, sales):
    legal = builders.workspace("legal")
    page = client.get(reverse("wagtailusers_groups:edit", args=[group.pk])).content.decode()
    assert "What the members of this group may do in each workspace" in page
    assert save(client, group, (sales, "send"), (legal, "view")).status_code == 302
    assert rights(group) == [("legal", "view"), ("sales", "send"), ("sales", "view")]
    assert save(client, group, (sales, "edit")).status_code == 302
    assert rights(group) == [("sales", "edit"), ("sales", "view")]
    assert save(client, group).status_code == 302
    assert rights(group) == []


def test_what_is_no_right_is_refused(client, root, group, sales):
    with tables.unchanged():
        assert save(client, group, (sales, "own")).status_code == 200
    assert save(client, group, (sales, "send")).status_code == 302


def test_a_change_is_told_in_the_log(client, root, group, sales, caplog):
    caplog.set_level("INFO", "wagtail_contracts.contracts")
    save(client, group, (sales, "send"))
    assert f"by user {root.pk}" in caplog.text


def test_saving_without_a_change_writes_nothing(client, root, group, sales, caplog):
    save(client, group, (sales, "send"))
    before = list(GroupWorkspacePermission.objects.values_list("pk", flat=True))
    save(client, group, (sales, "send"), (sales, "view"))
    assert list(GroupWorkspacePermission.objects.values_list("pk", flat=True)) == before


def test_a_right_opens_the_door_it_is_for(client, root, group, draft):
    per = builders.staff("per")
    per.groups.add(group)
    assert not Contract.objects.visible_to(per).exists()
    save(client, group, (draft.workspace, "view"))
    assert list(Contract.objects.visible_to(per)) == [draft]


def test_who_edits_groups_gives_rights_only_where_they_administer(client, group, sales):
    legal = builders.workspace("legal")
    eve = builders.staff("eve", sales, ("view", "administer"))
    mine = eve.groups.get()
    mine.permissions.add(Permission.objects.get(codename="change_group"))
    client.force_login(eve)

    page = client.get(reverse("wagtailusers_groups:edit", args=[mine.pk])).content.decode()
    assert f"contract_rights-{sales.pk}" in page
    assert legal.name not in page
    assert save(client, group, (sales, "send"), (legal, "view")).status_code == 302
    assert rights(group) == [("sales", "send"), ("sales", "view")]
    assert save(client, mine, (sales, "administer"), (legal, "send")).status_code == 302
    assert rights(mine) == [("sales", "administer"), ("sales", "view")]


def test_who_administers_nothing_gives_nothing_and_takes_nothing(client, group, sales):
    GroupWorkspacePermission.objects.create(group=group, workspace=sales, verb="view")
    eve = builders.staff("eve")
    eve.groups.get().permissions.add(Permission.objects.get(codename="change_group"))
    client.force_login(eve)

    page = client.get(reverse("wagtailusers_groups:edit", args=[group.pk])).content.decode()
    assert "contract-rights" not in page
    assert save(client, group, (sales, "send")).status_code == 302
    assert rights(group) == [("sales", "view")]
