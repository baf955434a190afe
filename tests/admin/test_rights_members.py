"""The members of a workspace: who is in which role, who joins, who leaves, and who may not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from tests import builders, tables
from wagtail_contracts import events
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.errors import NotAllowed
from wagtail_contracts.contracts.models import (
    Contract,
    GroupWorkspacePermission,
    ReadyGroup,
    Workspace,
)

pytestmark = pytest.mark.django_db


def address(name: str, space: Workspace) -> str:
    return reverse(f"wagtail_contracts_workspace:{name}", args=[space.pk])


@pytest.fixture
def eve(sales: Workspace) -> Any:
    """The administrator of sales."""
    user = builders.staff("eve")
    contracts.join(sales, "administrator", user, by=SYSTEM)
    return user


@pytest.fixture
def per(db: None) -> Any:
    """A new colleague, who may nothing yet."""
    return builders.staff("per")


def join(client: Any, space: Workspace, person: str, role: str = "sender") -> Any:
    return client.post(address("members", space), {"person": person, "role": role})


def leave(client: Any, space: Workspace, user: Any, role: str) -> Any:
    return client.post(address("leave", space), {"person": user.pk, "role": role}, follow=True)


@contextmanager
def unchanged() -> Iterator[None]:
    """Neither our tables change, nor who is in which group."""

    def people() -> list[tuple[Any, ...]]:
        return [*Group.objects.order_by("pk").values_list("name", "user", "permissions")]

    before = people()
    with tables.unchanged():
        yield
    assert people() == before


def told(space: Workspace) -> list[tuple[str, Any]]:
    names = (events.MEMBER_JOINED, events.MEMBER_LEFT)
    found = Event.objects.of(space.trail).named(*names)
    return [(event.name.partition(".")[2], event.data["user"]) for event in found]


def test_a_colleague_is_added_to_a_role_and_taken_out_again(client, sales, draft, eve, per):
    client.force_login(eve)
    assert join(client, sales, "per@eksempel.example").status_code == 302
    assert list(Contract.objects.visible_to(per)) == [draft]
    page = client.get(address("members", sales)).content.decode()
    assert "Sales: Sender" in page
    assert "View, Create, Edit, Send" in page
    assert "Per Nordmann" in page
    leave(client, sales, per, "sender")
    assert not Contract.objects.visible_to(per).exists()
    assert told(sales)[-2:] == [("joined", per.pk), ("left", per.pk)]
    trail = client.get(address("trail", sales)).content.decode()
    assert "Eve Nordmann gave Per Nordmann a role: Sender" in trail
    assert "Eve Nordmann took a role from Per Nordmann: Sender" in trail


def test_a_role_is_given_once_whoever_asks_again(client, sales, eve, per):
    client.force_login(eve)
    join(client, sales, "per")
    with unchanged():
        assert join(client, sales, "per").status_code == 302
    assert ReadyGroup.objects.filter(workspace=sales, role="sender").count() == 1


@pytest.mark.parametrize(
    ("person", "role"), [("nobody@eksempel.example", "sender"), ("gone", "sender"), ("per", "king")]
)
def test_who_or_what_there_is_not_is_asked_for_again(client, sales, eve, per, person, role):
    gone = builders.staff("gone")
    gone.is_active = False
    gone.save()
    client.force_login(eve)
    with unchanged():
        assert join(client, sales, person, role).status_code == 200
    assert join(client, sales, "per", "sender").status_code == 302


def test_an_administrator_of_one_workspace_touches_no_other(client, sales, eve, per):
    legal = builders.workspace("legal")
    contracts.join(legal, "administrator", builders.staff("kim"), by=SYSTEM)
    client.force_login(eve)
    with unchanged():
        assert client.get(address("members", legal)).status_code == 404
        assert client.get(address("trail", legal)).status_code == 404
        assert join(client, legal, "per").status_code == 404
        assert join(client, legal, "eve", "administrator").status_code == 404
        assert leave(client, legal, per, "sender").status_code == 404
    assert join(client, sales, "per").status_code == 302


def test_a_group_that_opens_another_workspace_is_not_added_to(client, sales, eve, per):
    """The group of a role in sales was given rights in legal by hand."""
    legal = builders.workspace("legal")
    kim = builders.staff("kim")
    contracts.join(sales, "reader", kim, by=SYSTEM)
    group = ReadyGroup.objects.get(workspace=sales, role="reader").group
    client.force_login(eve)
    for right in (
        lambda: GroupWorkspacePermission.objects.create(group=group, workspace=legal, verb="view"),
        lambda: GroupWorkspacePermission.objects.create(group=group, workspace=sales, verb="edit"),
        lambda: group.permissions.add(Permission.objects.get(codename="change_user")),
    ):
        given = right()
        with unchanged():
            assert "changed by hand" in join(client, sales, "per", "reader").content.decode()
            assert "changed by hand" in leave(client, sales, kim, "reader").content.decode()
        group.permissions.clear() if given is None else given.delete()
    assert join(client, sales, "per", "reader").status_code == 302


def test_nobody_raises_themselves_without_administering(client, sales, eve, per):
    contracts.join(sales, "sender", per, by=SYSTEM)
    client.force_login(per)
    with unchanged():
        assert join(client, sales, "per", "administrator").status_code in (302, 404)
        assert leave(client, sales, eve, "administrator").status_code in (200, 404)
    group, actor = Group.objects.create(name="Mine"), builders.actor(per)
    with unchanged(), pytest.raises(NotAllowed):
        contracts.grant(group, sales, {"administer": "all"}, by=actor)
    with unchanged(), pytest.raises(NotAllowed):
        contracts.join(sales, "administrator", per, by=actor)
    contracts.join(sales, "administrator", per, by=builders.actor(eve))
    contracts.grant(group, sales, {"administer": "all"}, by=actor)


def test_the_last_administrator_stays(client, sales, eve, per):
    client.force_login(eve)
    with unchanged():
        page = leave(client, sales, eve, "administrator").content.decode()
        assert "Nobody would administer Sales any more" in page
    join(client, sales, "per", "administrator")
    assert leave(client, sales, eve, "administrator").status_code == 404  # gone, and so is the page
    assert not eve.groups.filter(name__contains="Administrator").exists()


def test_groups_made_by_hand_are_shown_as_they_are(client, sales, eve):
    kim = builders.staff("kim", sales, ("view", "unlock"))
    legal = builders.workspace("legal")
    builders.staff("lea", legal)
    client.force_login(eve)
    page = client.get(address("members", sales)).content.decode()
    assert "group of kim" in page
    assert "View, Unlock blocks" in page
    assert kim.email in page
    assert "group of lea" not in page


def test_a_change_in_another_form_is_told_too(client, sales, eve, per):
    """Wagtail's form for people, a shell or a directory puts somebody into a group."""
    group = ReadyGroup.objects.get(workspace=sales).group
    per.groups.add(group)
    per.groups.add(group)
    per.groups.remove(group)
    assert told(sales)[-2:] == [("joined", per.pk), ("left", per.pk)]
    group.user_set.set([per, eve])
    assert told(sales)[-1] == ("joined", per.pk)
    client.force_login(eve)
    assert (
        f"gave Per Nordmann a role: {group.name}"
        in client.get(address("trail", sales)).content.decode()
    )
    group.delete()
    last = Event.objects.of(sales.trail).named(events.RIGHTS_CHANGED).last()
    assert (last.data["group"], last.data["after"]) == (group.pk or last.data["group"], {})


def test_the_questions_to_the_database_do_not_grow_with_the_members(
    client, sales, eve, django_assert_max_num_queries
):
    client.force_login(eve)

    def asked() -> int:
        with django_assert_max_num_queries(200) as seen:
            assert client.get(address("members", sales)).status_code == 200
        return len(seen)

    for name in ("ane", "bo"):
        contracts.join(sales, "reader", builders.staff(name), by=SYSTEM)
    asked()
    before = asked()
    for name in ("cai", "dag", "eli"):
        contracts.join(sales, "reader", builders.staff(name, sales), by=SYSTEM)
    assert asked() == before
