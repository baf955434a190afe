"""What is published as a template holds together; a draft may be unfinished."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from wagtail.models import GroupPagePermission, PageViewRestriction
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from example_site import contents as made
from tests import builders
from tests.admin import posts
from wagtail_contracts.contracts.admin import basis
from wagtail_contracts.contracts.blocks.clauses import TEXT
from wagtail_contracts.contracts.models import Workspace
from wagtail_contracts.contracts.template_pages.models import ContractTemplate, TemplateIndexPage

OWN = {"label": "Supplier", "key": "supplier", "own": "on"}
OTHER = {"label": "Customer", "key": "customer"}
ROLE = {"kind": "organisation", "rule": "all", "count": ""}
FIELD = {"label": "Start", "key": "start", "role": "supplier", "required": "on", "help": ""}


@pytest.fixture
def root(client: Any, django_user_model: Any) -> Any:
    """A superuser, logged in."""
    user = django_user_model.objects.create_superuser("root", "root@example.com", "x")
    client.force_login(user)
    return user


def role(**value: str) -> tuple[str, dict[str, str]]:
    return ("role", {**ROLE, **value})


def text(html: str, policy: str = "locked") -> tuple[str, dict[str, str]]:
    return ("text", {"policy": policy, "text": rich_text(html, features=TEXT)})


def form(page: Any, **changes: Any) -> dict[str, str]:
    streams = {
        "roles": [role(**OWN), role(**OTHER)],
        "fields": [("date", {**FIELD, "default": ""})],
        "body": [
            text(f"<p>{made.chip('supplier.name')} begins on {made.chip('start')}.</p>"),
            ("field_place", {"policy": "locked", "key": "start"}),
            ("signatures", {"policy": "locked", "title": "Signatures"}),
        ],
        **changes,
    }
    return {
        **nested_form_data({name: streamfield(found) for name, found in streams.items()}),
        "title": page.title,
        "slug": page.slug,
        "language": "",
        basis.BASIS: posts.page_began(page),
        "action-publish": "action-publish",
    }


def publish(client: Any, page: Any, **changes: Any) -> dict[str, list[str]]:
    """The problems by field, empty where it was published."""
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    response = client.post(url, form(page, **changes))
    if response.status_code == 302:
        return {}
    errors = response.context["form"].errors.as_data()
    return {name: [str(error) for error in found] for name, found in errors.items()}


def stored(page: Any) -> Any:
    return [block.block_type for block in ContractTemplate.objects.get(pk=page.pk).body]


def test_a_template_that_holds_together_is_published(client, root, template):
    assert publish(client, template) == {}
    assert stored(template) == ["text", "field_place", "signatures"]


WRONG = {
    "a field of an unknown party": (
        {"fields": [("date", {**FIELD, "role": "king", "default": ""})]},
        "fields",
        "“Start” is to be filled in by “king”",
    ),
    "a chip of an unknown field": (
        {"body": [text(f"<p>{made.chip('unknown')}</p>")]},
        "body",
        "names the data field “unknown”",
    ),
    "a chip of an unknown party": (
        {"body": [text(f"<p>{made.chip('king.name')}</p>")]},
        "body",
        "names the party “king”",
    ),
    "a place of an unknown field": (
        {"body": [("field_place", {"policy": "locked", "key": "unknown"})]},
        "body",
        "names the data field “unknown”",
    ),
    "a key twice": (
        {"fields": [("date", {**FIELD, "default": ""})] * 2},
        "fields",
        "Validation error in StreamBlock",
    ),
    "a party twice": (
        {"roles": [role(**OWN), role(**OTHER), role(**OTHER)]},
        "roles",
        "Validation error in StreamBlock",
    ),
    "no party of our own": (
        {"roles": [role(**{**OWN, "own": ""}), role(**OTHER)]},
        "roles",
        "exactly one party",
    ),
    "two parties of our own": (
        {"roles": [role(**OWN), role(**{**OTHER, "own": "on"})]},
        "roles",
        "exactly one party",
    ),
    "nobody else": ({"roles": [role(**OWN)]}, "roles", "There is no counterparty"),
    "no text": ({"body": []}, "body", "has no text"),
    "a reserved key": (
        {"fields": [("date", {**FIELD, "key": "system_x", "default": ""})]},
        "fields",
        "Validation error in StreamBlock",
    ),
    "an unknown policy": (
        {"body": [text("<p>Text.</p>", policy="open")]},
        "body",
        "Validation error in StreamBlock",
    ),
    "a link that is none": (
        {"body": [text('<p><a href="javascript:alert(1)">x</a></p>')]},
        "body",
        "Validation error in StreamBlock",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_does_not_hold_together_is_not_published(client, root, template, name):
    changes, place, sentence = WRONG[name]
    before = stored(template)
    found = publish(client, template, **changes)
    assert sentence in " ".join(found[place])
    assert stored(template) == before
    assert publish(client, template) == {}


def test_a_draft_may_be_unfinished(client, root, template):
    url = reverse("wagtailadmin_pages:edit", args=[template.pk])
    unfinished = form(template, body=[text(f"<p>{made.chip('unknown')}</p>")], roles=[])
    del unfinished["action-publish"]
    assert client.post(url, unfinished).status_code == 302
    page = ContractTemplate.objects.get(pk=template.pk)
    assert page.has_unpublished_changes
    assert len(page.body) == len(builders.BODY)  # contracts are made from what is published


def test_a_template_is_previewed_with_its_suggested_values(client, root, template):
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[template.pk])
    changed = form(template, fields=[("date", {**FIELD, "default": "2027-01-15"})])
    for mode in ("", "names"):
        assert client.post(f"{url}?mode={mode}", changed).json()["is_valid"]
        page = client.get(f"{url}?mode={mode}").content.decode()
        assert "15 January 2027" in page
        assert "begins on" in page
        assert "Supplier" in page


def test_what_has_no_suggested_value_is_previewed_with_an_example_or_by_name(
    client, root, template
):
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[template.pk])
    money = {**FIELD, "key": "rate", "label": "Hourly rate", "currency": "NOK", "default": ""}
    changed = form(template, fields=[("money", money)])
    seen = {}
    for mode in ("", "names"):
        client.post(f"{url}?mode={mode}", changed)
        page = client.get(f"{url}?mode={mode}").content.decode()
        seen[mode] = "12\u00a0NOK" in page or "12.00\u00a0NOK" in page
    assert seen == {"": True, "names": False}


# -- the index ---------------------------------------------------------------------------------


def save_index(client: Any, index: Any, **changes: str) -> Any:
    url = reverse("wagtailadmin_pages:edit", args=[index.pk])
    said = {"title": index.title, "slug": index.slug, "workspace": str(index.workspace_id)}
    return client.post(url, {**said, "action-publish": "x", **changes})


def test_an_index_is_published_once_its_privacy_is_set(client, root, template):
    index = TemplateIndexPage.objects.get()
    refused = save_index(client, index, title="New name")
    assert "Anybody could read the titles" in refused.content.decode()
    assert TemplateIndexPage.objects.get().title != "New name"
    PageViewRestriction.objects.create(page=index, restriction_type=PageViewRestriction.LOGIN)
    assert save_index(client, index, title="New name").status_code == 302
    assert TemplateIndexPage.objects.get().title == "New name"


def test_a_draft_of_an_index_needs_none_yet(client, root, template):
    index = TemplateIndexPage.objects.get()
    url = reverse("wagtailadmin_pages:edit", args=[index.pk])
    said = {"title": "New name", "slug": index.slug, "workspace": str(index.workspace_id)}
    assert client.post(url, said).status_code == 302


def test_only_workspaces_that_one_administers_are_offered(client, template):
    legal = builders.workspace("legal")
    boss = builders.staff("boss", legal, ("view", "administer"))
    index = TemplateIndexPage.objects.get()
    PageViewRestriction.objects.create(page=index, restriction_type=PageViewRestriction.LOGIN)
    for codename in ("change_page", "publish_page"):
        GroupPagePermission.objects.create(
            group=boss.groups.get(),
            page=builders.root(),
            permission=Permission.objects.get(codename=codename),
        )
    builders.joins(boss, index.workspace, ("view", "administer"))
    client.force_login(boss)
    page = client.get(reverse("wagtailadmin_pages:edit", args=[index.pk]))
    offered = set(page.context["form"].fields["workspace"].queryset)
    assert offered == {legal, index.workspace}
    hr = Workspace.objects.create(
        name="HR", slug="hr", code="HR", legal_name="x", contact_email="hr@x.example"
    )
    refused = save_index(client, index, workspace=str(hr.pk))
    assert "Select a valid choice" in refused.content.decode()
    assert save_index(client, index, workspace=str(legal.pk)).status_code == 302
    assert TemplateIndexPage.objects.get().workspace == legal
