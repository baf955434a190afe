"""Rights in workspaces are given in Wagtail's form for groups."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from wagtail.models import GroupPagePermission

from tests import builders, tables
from wagtail_contracts import events
from wagtail_contracts.audit.models import Event
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
        made[f"contract_rights-{workspace.pk}-{verb.partition('=')[0]}"] = (
            verb.partition("=")[2] or "all"
        )
    return made


def save(client: Any, group: Group, *rights: tuple[Workspace, str]) -> Any:
    url = reverse("wagtailusers_groups:edit", args=[group.pk])
    return client.post(url, form(group, *rights))


def rights(group: Group) -> list[tuple[str, str]]:
    rows = GroupWorkspacePermission.objects.filter(group=group)
    found = rows.values_list("workspace__slug", "verb", "own")
    return sorted((slug, f"{verb}=own" if own else verb) for slug, verb, own in found)


def told(space: Workspace) -> list[tuple[Any, Any]]:
    """What the trail of a workspace says of rights: before and after."""
    found = Event.objects.of(space.trail).named(events.RIGHTS_CHANGED)
    return [(event.data["before"], event.data["after"]) for event in found]


def test_rights_are_given_by_workspace_and_view_comes_along(client, root, group, sales):
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
        assert save(client, group, (sales, "send=most")).status_code == 200
        assert save(client, group, (sales, "administer=own")).status_code == 200
    assert save(client, group, (sales, "send")).status_code == 302


def test_a_change_is_told_in_the_trail_of_its_workspace(client, root, group, sales):
    legal = builders.workspace("legal")
    save(client, group, (sales, "send=own"))
    save(client, group, (sales, "view"), (sales, "send"))
    first, second = {"send": "own", "view": "own"}, {"send": "all", "view": "all"}
    assert told(sales) == [({}, first), (first, second)]
    assert told(legal) == []
    event = Event.objects.of(sales.trail)[0]
    assert (event.actor_key, event.disclosed()["group"]) == (str(root.pk), "Sellers")


def test_saving_without_a_change_writes_nothing(client, root, group, sales):
    save(client, group, (sales, "send"))
    before = list(GroupWorkspacePermission.objects.values_list("pk", flat=True))
    said = told(sales)
    save(client, group, (sales, "send"), (sales, "view"))
    assert list(GroupWorkspacePermission.objects.values_list("pk", flat=True)) == before
    assert told(sales) == said


def test_no_right_reaches_further_than_view(client, root, group, sales):
    save(client, group, (sales, "view=own"), (sales, "send"), (sales, "create"))
    assert rights(group) == [("sales", "create"), ("sales", "send=own"), ("sales", "view=own")]
    save(client, group, (sales, "view=own"), (sales, "administer"), (sales, "send=own"))
    assert rights(group) == [("sales", "administer"), ("sales", "send=own"), ("sales", "view")]


def test_a_role_that_is_chosen_holds_and_later_single_rights_do(client, root, group, sales):
    save(client, group, (sales, "role=author"), (sales, "send"))
    assert rights(group) == [("sales", "create"), ("sales", "edit"), ("sales", "view")]
    page = client.get(reverse("wagtailusers_groups:edit", args=[group.pk])).content.decode()
    assert '<option value="author" selected>' in page
    save(client, group, (sales, "role=author"), (sales, "view"), (sales, "edit=own"))
    assert rights(group) == [("sales", "edit=own"), ("sales", "view")]
    save(client, group, (sales, "role=nothing"), (sales, "view"))
    assert rights(group) == []


def test_the_last_who_administers_is_not_taken_away_by_mistake(client, root, group, sales):
    builders.staff("per").groups.add(group)
    save(client, group, (sales, "administer"))
    with tables.unchanged():
        answer = save(client, group, (sales, "view"))
        assert "Nobody would administer Sales any more" in answer.content.decode()
    eve = builders.staff("eve", sales, ("view", "administer"))
    assert save(client, group, (sales, "view")).status_code == 302
    assert rights(group) == [("sales", "view")]
    assert told(sales)[-1][1] == {"view": "all"}
    assert eve.groups.get().workspace_permissions.filter(verb="administer").exists()


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
    assert told(legal) == []
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


def page_rights(group: Group) -> list[tuple[str, str]]:
    rows = group.page_permissions.values_list("page__title", "permission__codename")
    return sorted(rows)


def managing(space: Workspace) -> list[tuple[str, str]]:
    """What managing the templates of a workspace is to Wagtail."""
    names = ("add_page", "change_page", "lock_page", "publish_page", "unlock_page")
    return [(f"Templates of {space.name}", name) for name in names]


def test_the_pages_of_templates_follow_the_right_to_manage_them(client, root, group, template):
    sales = template.workspace
    per = builders.staff("per")
    per.groups.add(group)
    save(client, group, (sales, "role=template_editor"))
    assert page_rights(group) == managing(sales)
    assert template.permissions_for_user(per).can_edit()
    save(client, group, (sales, "view"))
    assert page_rights(group) == []
    assert (
        not type(template)
        .objects.get()
        .permissions_for_user(type(per).objects.get(pk=per.pk))
        .can_edit()
    )


def test_pages_given_by_wagtail_alone_are_shown_as_the_right_and_kept(
    client, root, group, template
):
    index, change = template.get_parent(), Permission.objects.get(codename="change_page")
    GroupPagePermission.objects.create(group=group, page=index, permission=change)
    page = client.get(reverse("wagtailusers_groups:edit", args=[group.pk]))
    panel = next(p for p in page.context["permission_panels"] if p.prefix == "contract_rights")
    assert panel[f"{template.workspace.pk}-templates"].value() == "all"


def test_who_does_not_administer_gives_no_templates_by_way_of_their_pages(client, group, template):
    """A form that gives the page permission itself: Wagtail's part of the same page."""
    sales = template.workspace
    eve = builders.staff("eve")
    mine = eve.groups.get()
    mine.permissions.add(Permission.objects.get(codename="change_group"))
    client.force_login(eve)
    given = {
        "page_permissions-TOTAL_FORMS": "1",
        "page_permissions-0-page": template.get_parent().pk,
        "page_permissions-0-permissions": ["change_page"],
    }
    url = reverse("wagtailusers_groups:edit", args=[group.pk])
    assert client.post(url, {**form(group), **given}).status_code == 302
    assert page_rights(group) == []
    for verb in ("view", "administer"):
        GroupWorkspacePermission.objects.create(group=mine, workspace=sales, verb=verb)
    assert client.post(url, {**form(group, (sales, "templates")), **given}).status_code == 302
    assert page_rights(group) == managing(sales)
