"""A workspace's page and the menu: for members, with what they may see and nothing of others."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests import builders
from wagtail_contracts.contracts.models import Workspace

MINE, LISTED = "wagtail_contracts_workspace_page", "wagtail_contracts_templates"


@pytest.fixture
def foreign(db):
    """Another workspace with a contract of somebody else."""
    other = builders.workspace("other")
    page = builders.template(other, "Foreign agreement")
    return builders.contract(page, builders.staff("sue", other), title="Foreign title")


def numbers(answer):
    return {str(words): count for words, count, _url in answer.context["numbers"]}


def test_a_member_finds_numbers_templates_and_people(
    client, sales, sender, template, sent, foreign
):
    client.force_login(sender)
    answer = client.get(reverse(MINE, args=[sales.pk]))
    said = answer.content.decode()

    assert numbers(answer) == {
        "Drafts": 0,
        "Out": 1,
        "Due in 7 days": 0,
        "Signed": 0,
        "Ended without": 0,
    }
    assert template.title in said
    assert "Ola Nordmann" in said
    assert "Foreign" not in said
    for _words, _count, url in answer.context["numbers"]:
        assert client.get(url).status_code == 200
    assert client.get(reverse(MINE, args=[foreign.workspace_id])).status_code == 404
    assert reverse("wagtail_contracts_workspace:edit", args=[sales.pk]) not in said


def test_whoever_sees_their_own_alone_counts_their_own_alone(client, sales, template, sender, sent):
    builders.contract(template, sender)
    own = builders.staff("ann", sales, ())
    group = own.groups.get()
    group.workspace_permissions.create(workspace=sales, verb="view", own=True)
    client.force_login(own)
    assert set(numbers(client.get(reverse(MINE, args=[sales.pk]))).values()) == {0}


def test_the_list_of_workspaces_holds_ones_own(client, sales, sender, foreign):
    client.force_login(sender)
    said = client.get(reverse("wagtail_contracts_workspace_pages")).content.decode()
    assert sales.name in said
    assert reverse(MINE, args=[foreign.workspace_id]) not in said


def test_templates_are_listed_for_those_who_edit_them(
    client, admin_client, sales, sender, template
):
    client.force_login(sender)
    assert client.get(reverse(LISTED)).status_code == 302
    said = admin_client.get(reverse(LISTED)).content.decode()
    assert reverse("wagtailadmin_pages:edit", args=[template.pk]) in said
    home = admin_client.get(reverse("wagtailadmin_home")).content.decode()
    assert reverse(LISTED) in home


@pytest.mark.parametrize("name", ["inspect", "edit", "send", "preview_page"])
def test_each_page_of_a_training_contract_says_so(client, sales, sender, template, name):
    Workspace.objects.filter(pk=sales.pk).update(training=True)
    client.force_login(sender)
    draft = builders.contract(template, sender)
    said = client.get(reverse(f"wagtail_contracts_contract:{name}", args=[draft.pk]))
    assert "TEST: this" in said.content.decode()
    rows = client.get(reverse("wagtail_contracts_contract:list")).content.decode()
    assert "wc-state--test" in rows
    Workspace.objects.update(training=False)
    said = client.get(reverse(f"wagtail_contracts_contract:{name}", args=[draft.pk]))
    assert "TEST: this" not in said.content.decode()
