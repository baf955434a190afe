"""Templates of other workspaces are named nowhere, not even where Wagtail shows pages to all."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import GroupPagePermission

from tests import builders, tables
from wagtail_contracts.contracts import permissions

TITLE = "Zwickmühle agreement"


@pytest.fixture
def page(sales: Any) -> Any:
    """A template of the workspace."""
    return builders.template(sales, TITLE)


def browser(user: Any) -> Client:
    """Logged in."""
    client = Client()
    client.force_login(user)
    return client


def both(space: Any) -> tuple[Client, Client]:
    """Somebody from another workspace who edits pages there, and somebody who sees this one."""
    other = builders.workspace("legal")
    mine = builders.template(other, "Other deal").get_parent()
    foreign = builders.staff("per", other)
    change = Permission.objects.get(codename="change_page")
    GroupPagePermission.objects.create(group=foreign.groups.get(), page=mine, permission=change)
    member = builders.staff("kim", space, ("view",))
    GroupPagePermission.objects.create(group=member.groups.get(), page=mine, permission=change)
    return browser(foreign), browser(member)


def test_the_page_chooser_leaves_them_out(sales, page):
    foreign, member = both(sales)
    index = page.get_parent()
    url = reverse("wagtailadmin_choose_page_child", args=[index.pk])
    assert foreign.get(url).status_code == 404
    assert TITLE in member.get(url).json()["html"]
    search, asked = reverse("wagtailadmin_choose_page_search"), {"q": "Zwickmühle"}
    assert TITLE not in foreign.get(search, asked).content.decode()
    assert index.title not in foreign.get(reverse("wagtailadmin_choose_page")).json()["html"]
    assert index.title in member.get(reverse("wagtailadmin_choose_page")).json()["html"]


def test_one_that_is_named_by_its_number_is_called_by_its_type(sales, page):
    foreign, member = both(sales)
    url, asked = reverse("wagtailadmin_choose_page_chosen_multiple"), {"id": page.pk}
    assert foreign.get(url, asked).json()["result"][0]["adminTitle"] == "contract template"
    assert member.get(url, asked).json()["result"][0]["adminTitle"] == TITLE


def test_the_page_about_a_move_is_not_found(sales, page):
    foreign, member = both(sales)
    url = reverse("wagtailadmin_pages:move_confirm", args=[page.pk, page.get_parent().pk])
    with tables.unchanged():
        assert foreign.get(url).status_code == foreign.post(url).status_code == 404
        assert member.get(url).status_code == 200
        assert member.post(url).status_code == 302  # may see it, and may not move it


def test_the_report_on_page_types_names_none(sales, page):
    foreign, member = both(sales)
    page.save_revision()
    url = reverse("wagtailadmin_reports:page_types_usage")
    assert TITLE not in foreign.get(url).content.decode()
    assert TITLE in member.get(url).content.decode()


def test_whoever_administers_without_seeing_finds_no_workspace(sales):
    url = reverse("wagtail_contracts_workspace:edit", args=[sales.pk])
    blind = browser(builders.staff("blind", sales, ("administer",)))
    boss = browser(builders.staff("boss", sales, ("view", "administer")))
    with tables.unchanged():
        assert blind.get(url).status_code == blind.post(url).status_code == 404
    assert boss.get(url).status_code == 200


def test_as_many_queries_for_many_pages_and_workspaces_as_for_one(sales, page):
    """Wagtail asks of every page in a list whether it may be named."""
    builders.staff("kim", sales)

    def asked():
        user = get_user_model().objects.get(username="kim")
        with CaptureQueriesContext(connection) as queries:
            named = [template.is_known_to(user) for template in pages]
            hidden = permissions.foreign_indexes(user)
        return len(queries), named, len(hidden)

    pages = [page]
    few, named, hidden = asked()
    assert (named, hidden) == ([True], 0)
    slugs = ("legal", "people", "works")
    pages += [builders.template(builders.workspace(slug), f"Deal of {slug}") for slug in slugs]
    assert asked() == (few, [True, False, False, False], 3)
