"""Two editors on one template: both texts stand side by side, and a draft holds what they chose."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from tests.admin import posts
from tests.admin.test_merging import JSON, choices, hidden
from wagtail_contracts.contracts.admin import basis
from wagtail_contracts.contracts.blocks.clauses import TEXT
from wagtail_contracts.contracts.core.text import words as plain

IDS = [f"0000000{number}-0000-4000-8000-000000000000" for number in range(3)]
ROLES = [("Supplier", "supplier", "on"), ("Customer", "customer", "")]


@pytest.fixture
def admin(db: None, client: Client) -> Client:
    """An editor."""
    client.force_login(get_user_model().objects.create_superuser("root", "root@example.com", "x"))
    return client


@pytest.fixture
def kari(db: None) -> Client:
    """Another one."""
    client = Client()
    user = get_user_model().objects.create_superuser("kari", first_name="Kari", last_name="Moe")
    client.force_login(user)
    return client


@pytest.fixture
def page(template: Any) -> Any:
    """A template of three texts."""
    template.fields = []
    template.body = [
        {"type": "text", "id": id, "value": {"policy": "locked", "text": text}}
        for id, text in zip(IDS, ("One", "Two", "Three"), strict=True)
    ]
    template.save_revision().publish()
    return Page.objects.get(pk=template.pk).specific


def opened(page: Any, **changes: Any) -> posts.Post:
    """The form as it opens now; `changes` are texts by the place of their block."""
    latest = page.get_latest_revision_as_object()
    texts = [(block.id, str(block.value["text"].source)) for block in latest.body]
    for place, words in changes.pop("texts", {}).items():
        texts[place] = (texts[place][0], words)
    made = {
        "roles": streamfield(
            [
                (
                    "role",
                    {
                        "label": label,
                        "key": key,
                        "own": own,
                        "kind": "organisation",
                        "rule": "all",
                        "count": "",
                    },
                )
                for label, key, own in ROLES
            ]
        ),
        "fields": streamfield([]),
        "body": streamfield(
            [
                ("text", {"policy": "locked", "text": rich_text(words, features=TEXT)})
                for _, words in texts
            ]
        ),
    }
    post = nested_form_data(made) | {"title": latest.title, "slug": latest.slug, "language": ""}
    post |= {f"body-{place}-id": id for place, (id, _words) in enumerate(texts)}
    roles = [block.id for block in latest.roles]
    post |= {f"roles-{place}-id": id for place, id in enumerate(roles)}
    return {**post, basis.BASIS: posts.page_began(page), **changes}


def words(page: Any) -> list[str]:
    latest = Page.objects.get(pk=page.pk).specific.get_latest_revision_as_object()
    return [plain(block.value["text"].source) for block in latest.body]


def test_two_editors_of_one_template(admin, kari, page):
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    mine = opened(page, texts={0: "Mine", 1: "Alone"}, **{"action-publish": "1"})
    theirs = opened(page, texts={0: "Theirs", 2: "Other"}, title="Another title")
    assert kari.post(url, theirs).status_code == 302
    before = copy.deepcopy(words(page))
    refused = admin.post(url, mine, headers=JSON)
    assert "Kari Moe saved meanwhile." in refused.json()["error_message"]
    asked = admin.post(url, mine)
    html = asked.content.decode()
    assert words(page) == before == ["Theirs", "Two", "Other"]
    assert "What Kari Moe saved" in html
    [name] = choices(html)
    assert admin.post(url, {**hidden(html), name: "mine"}).status_code == 302
    assert words(page) == ["Mine", "Alone", "Other"]
    live = Page.objects.get(pk=page.pk).specific
    assert (live.title, live.draft_title) == (page.title, "Another title")
    assert [plain(block.value["text"].source) for block in live.body] == [
        "One",
        "Two",
        "Three",
    ]
