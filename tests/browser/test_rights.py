"""Rights in a browser: a colleague gets access in six actions, and a group's rights on a phone."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from playwright.sync_api import expect

from tests import builders
from tests.browser.authoring import enter
from tests.browser.judging import violations
from tests.browser.test_workspaces import check
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import Contract

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
MOST = 6
NARROW = "box => box.getBoundingClientRect().right <= document.documentElement.clientWidth"


def test_a_new_colleague_gets_access_to_one_team_in_six_actions(
    live_server, client, open_page, draft, django_user_model
):
    sales, eve, per = draft.workspace, builders.staff("eve"), builders.staff("per")
    contracts.join(sales, "administrator", eve, by=SYSTEM)
    page = open_page()
    enter(page, client, eve, live_server.url)
    page.goto(reverse("wagtailadmin_home"))

    actions: list[Any] = [
        lambda: page.get_by_role("link", name="Workspaces", exact=True).click(),
        lambda: page.get_by_role("link", name=sales.name, exact=True).first.click(),
        lambda: page.get_by_role("link", name="Members", exact=True).click(),
        lambda: page.get_by_label("Colleague").fill(per.email),
        lambda: page.get_by_label("Role").select_option("sender"),
        lambda: page.get_by_role("button", name="Add", exact=True).click(),
    ]
    for act in actions:
        act()
    expect(page.get_by_text("Per Nordmann is now: Sender.")).to_be_visible()
    assert list(Contract.objects.visible_to(per)) == [draft]
    assert len(actions) <= MOST

    check(page)
    page.goto(reverse("wagtail_contracts_workspace:trail", args=[sales.pk]))
    expect(page.get_by_text("Eve Nordmann gave Per Nordmann a role: Sender")).to_be_visible()
    check(page)
    page.goto(reverse("wagtail_contracts_contract:move", args=[draft.pk]))
    check(page)
    _rights_of_a_group(live_server, client, open_page, django_user_model)


def _rights_of_a_group(live_server: Any, client: Any, open_page: Any, users: Any) -> None:
    """By the keyboard with a script; on a phone without."""
    group = Group.objects.create(name="Sellers")
    root = users.objects.create_superuser("root", "root@eksempel.example", "x")
    page = open_page()
    enter(page, client, root, live_server.url)
    page.goto(reverse("wagtailusers_groups:edit", args=[group.pk]))
    row = page.locator(".wc-rights").first
    role = row.get_by_label("Role")
    role.focus()
    role.press("a")  # the first role that begins so
    expect(row.get_by_label("Edit", exact=True)).to_have_value("all")
    row.get_by_label("Edit", exact=True).select_option("own")
    expect(role).to_have_value("")
    assert [said for said in violations(page) if "wc-rights" in said] == []

    phone = open_page(width=375, height=800, java_script_enabled=False)
    enter(phone, client, root, live_server.url)
    phone.goto(reverse("wagtailusers_groups:edit", args=[group.pk]))
    cells = phone.locator(".wc-rights select")
    assert cells.count() > 10
    assert all(cell.evaluate(NARROW) for cell in cells.all())
    phone.locator(".wc-rights").first.get_by_label("Role").select_option("author")
    phone.get_by_role("button", name="Save").first.press("Enter")
    phone.wait_for_url(f"**{reverse('wagtailusers_groups:index')}")
    held = group.workspace_permissions.values_list("verb", "own").order_by("verb")
    assert list(held) == [("create", False), ("edit", False), ("view", False)]
