"""S-22: no side channel shows other workspaces."""

from __future__ import annotations

import re
from collections import deque
from html import unescape
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from wagtail.models import GroupPagePermission, ModelLogEntry, Page, ReferenceIndex
from wagtail.models import PageViewRestriction as Restriction

from tests import builders, signatures
from tests.admin import posts
from tests.admin.test_strangers import MARKERS, clean
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import Contract, Participant
from wagtail_contracts.contracts.template_pages.models import TemplateIndexPage

TITLE, PARTY, PERSON, EMAIL = MARKERS
LINK = re.compile(r'(?:href|src|data-url|action)="(/admin/[^"#]*)"')
LEAVE = re.compile(r"/(logout|sprite|jsi18n|account)/|\.(css|js|svg)")
MOST = 150


@pytest.fixture
def marked(template: Any, sender: Any) -> Contract:
    """A contract with unmistakable words, sent, answered and signed by one."""
    parties = [
        contracts.PartyDraft(
            "supplier", "Eksempel AS", people=[contracts.PersonDraft("Ola", "o@x.example")]
        ),
        contracts.PartyDraft("customer", PARTY, people=[contracts.PersonDraft(PERSON, EMAIL)]),
    ]
    made = builders.contract(template, sender, title=TITLE, parties=parties)
    contracts.send(made, builders.shown(made), into="signing", by=builders.actor(sender))
    kari = Participant.objects.get(party__contract=made, party__role="customer")
    version = Contract.objects.get(pk=made.pk).current_version
    contracts.answer(kari, version.digest, builders.ANSWERS, by=builders.guest(kari))
    signatures.sign(kari)
    return Contract.objects.get(pk=made.pk)


@pytest.fixture
def other(client: Any, marked: Contract) -> Any:
    """Somebody who makes contracts and templates in another workspace, with pages to edit there."""
    legal = builders.workspace("legal")
    page = builders.template(legal, "Other deal")
    user = builders.staff("per", legal, ("view", "create", "edit", "send", "administer"))
    index = TemplateIndexPage.objects.get(workspace=legal)
    Restriction.objects.create(page=index, restriction_type=Restriction.LOGIN)
    for codename in ("add_page", "change_page", "publish_page"):
        GroupPagePermission.objects.create(
            group=user.groups.get(),
            page=index,
            permission=Permission.objects.get(codename=codename),
        )
    builders.contract(page, user, title="Mine")
    client.force_login(user)
    return SimpleNamespace(user=user, client=client, template=page)


def crawl(client: Any) -> dict[str, Any]:
    """Every page of the admin that leads on from its home, by breadth."""
    seen: dict[str, Any] = {}
    todo = deque([reverse("wagtailadmin_home")])
    while todo and len(seen) < MOST:
        path = todo.popleft()
        if path in seen or LEAVE.search(path):
            continue
        seen[path] = response = client.get(path)
        if "html" in response.get("content-type", "") and response.status_code == 200:
            todo.extend(unescape(found) for found in LINK.findall(response.content.decode()))
    return seen


def test_no_page_that_the_admin_leads_to_shows_a_word_of_it(other):
    seen = crawl(other.client)
    assert len(seen) > 40
    assert any("Mine" in page.content.decode() for page in seen.values() if not page.streaming)
    assert [path for path, page in seen.items() if not clean(page)] == []


def test_errors_show_no_word_of_it(other, marked):
    for path in (
        posts.address("edit", marked.pk),
        f"{posts.address('add')}?template={marked.template_id}",
        reverse("wagtailadmin_pages:edit", args=[marked.template_id]),
        reverse("wagtailadmin_pages:history", args=[marked.template_id]),
        reverse("wagtailadmin_pages:usage", args=[marked.template_id]),
    ):
        for method in (other.client.get, other.client.post):
            response = method(path)
            assert response.status_code in (302, 404), path
            assert clean(response)


def test_what_a_contract_is_called_in_logs_is_its_number(client, draft, sender):
    client.force_login(sender)
    client.post(posts.address("edit", draft.pk), posts.edit(draft, title=TITLE))
    client.post(posts.address("delete", draft.pk))
    labels = set(ModelLogEntry.objects.values_list("label", flat=True))
    assert labels == {draft.number}
    assert not Contract.objects.exists()


def test_the_reference_index_does_not_know_contracts(marked):
    kinds = {str(row.base_content_type.model) for row in ReferenceIndex.objects.all()}
    assert not kinds & {"contract", "party", "participant"}


def test_the_sitemap_and_the_site_show_no_template(marked):
    assert [page.get_sitemap_urls() for page in Page.objects.specific() if page.depth > 1] != []
    templates = [page for page in Page.objects.specific() if hasattr(page, "roles")]
    assert templates
    assert all(page.get_sitemap_urls() == [] for page in templates)
