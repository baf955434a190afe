"""S-21: Wagtail's own API and page tree stay shut."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client, override_settings
from wagtail.api import APIField
from wagtail.api.v3.registry import registry
from wagtail.models import APIToken, PageViewRestriction, Site

from example_site.models import HomePage
from tests import tables
from wagtail_contracts.contracts.checks import no_api
from wagtail_contracts.contracts.models import Contract
from wagtail_contracts.contracts.template_pages.models import ContractTemplate, TemplateIndexPage

MARKER = "Zwickauwald"


@pytest.fixture(autouse=True)
def mounted() -> Any:
    """Both versions of the API, without the parts of a site that need more."""
    with override_settings(ROOT_URLCONF="tests.security.apis"):
        yield


@pytest.fixture
def site(template: Any) -> ContractTemplate:
    """A marked template below the front page of a site."""
    root = TemplateIndexPage.objects.get().get_root()
    home = root.add_child(instance=HomePage(title="Intranet", slug="intranet"))
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "testserver", "root_page": home}
    )
    index = TemplateIndexPage.objects.get()
    index.move(home, "last-child")
    PageViewRestriction.objects.create(
        page=TemplateIndexPage.objects.get(), restriction_type=PageViewRestriction.LOGIN
    )
    page = ContractTemplate.objects.get()
    page.title = MARKER
    page.save_revision().publish()
    return ContractTemplate.objects.get()


def get(client: Client, path: str, **headers: str) -> Any:
    return client.get(path, headers=headers)


PATHS = [
    "/api/v2/pages/?format=json",
    "/api/v2/pages/{pk}/?format=json",
    "/api/v2/pages/?format=json&type=wagtail_contracts_template_pages.ContractTemplate",
    "/api/v3/pages/",
    "/api/v3/pages/{pk}/",
]


@pytest.mark.parametrize("path", PATHS)
def test_a_restricted_index_hides_its_templates_from_both_apis(client, site, path):
    path = path.format(pk=site.pk)
    assert MARKER not in get(client, path).content.decode()
    PageViewRestriction.objects.all().delete()
    assert MARKER in get(client, path).content.decode()  # that is why the check insists on one


def test_a_template_has_no_page_on_the_site(client, site, sender):
    index = site.get_parent()
    client.force_login(sender)
    for path in (f"/{site.slug}/", f"/{index.slug}/{site.slug}/", f"/{index.slug}/"):
        assert client.get(path).status_code == 404
    assert site.full_url is None
    assert site.get_sitemap_urls() == []
    client.logout()
    assert client.get(f"/{index.slug}/{site.slug}/").status_code == 404


def token(user: Any) -> str:
    _row, plaintext = APIToken.create_token(user=user, name="test")
    return f"Bearer {plaintext}"


METHODS = ("get", "patch", "put", "delete", "post")


def test_the_api_knows_no_contracts_even_for_a_superuser(client, draft, django_user_model):
    root = django_user_model.objects.create_superuser("root", "root@example.com", "x")
    head = {"authorization": token(root), "accept": "application/json"}
    assert client.get("/api/v3/whoami/", headers=head).status_code == 200
    paths = [f"/api/v3/snippets/{label}/" for label in ("wagtail_contracts.Contract",)]
    paths += [f"{paths[0]}{draft.pk}/", f"{paths[0]}{draft.pk}/revisions/"]
    body = {"state": "signed", "title": "Forged"}
    with tables.unchanged():
        for path in paths:
            for method in METHODS:
                send = getattr(client, method)
                more = {} if method == "get" else {"data": body}
                response = send(path, headers=head, content_type="application/json", **more)
                assert response.status_code >= 400, (path, method)
                assert draft.title not in response.content.decode()


def test_no_table_of_contracts_is_registered(db):
    names = [registered.name for registered in registry.list_content_types()]
    assert not [name for name in names if name.startswith("wagtail_contracts.")]
    assert not registry.has("wagtail_contracts.Contract")


def test_a_contract_with_api_fields_is_an_error_of_the_check(monkeypatch):
    assert no_api(None) == []
    monkeypatch.setattr(Contract, "api_fields", [APIField("title")], raising=False)
    assert [found.id for found in no_api(None)] == ["wagtail_contracts.E011"]
