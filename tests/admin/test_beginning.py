"""A new template can be used at once."""

from __future__ import annotations

from typing import Any

from django.test import override_settings
from django.urls import reverse
from django.utils import translation
from wagtail.models import Site

from wagtail_contracts.contracts.admin import beginning, tongues
from wagtail_contracts.contracts.blocks import definitions, plain


def opened(client: Any, template: Any, query: str = "") -> Any:
    """The page that the form of a new template is about."""
    parent = template.get_parent()
    names = (template._meta.app_label, template._meta.model_name, parent.pk)
    response = client.get(reverse("wagtailadmin_pages:add", args=names) + query)
    assert response.status_code == 200
    return response.context["form"].instance


def test_it_begins_with_two_parties_a_sentence_that_names_them_and_signatures(
    client, template, django_user_model
):
    client.force_login(django_user_model.objects.create_superuser("root", "root@example.com", "x"))

    page = opened(client, template)

    roles = definitions(page.roles)
    assert [(role["key"], role["own"]) for role in roles] == [("us", True), ("counterparty", False)]
    heading, text, signatures = plain(page.body)
    assert [heading["type"], text["type"], signatures["type"]] == ["heading", "text", "signatures"]
    for role in roles:
        assert f'<span data-contract-field="{role["key"]}.name">' in text["value"]["text"]
    assert all(block["id"] for block in [heading, text, signatures])


def test_it_begins_in_the_language_that_its_author_asks_for_and_in_no_other(admin_client, template):
    begun = {
        query: opened(admin_client, template, query).body[2].value["title"]
        for query in ("", "?language=nb", "?language=xx", "?language=en")
    }
    assert begun == {
        "": "Signatures",
        "?language=nb": "Signaturer",
        "?language=xx": "Signatures",
        "?language=en": "Signatures",
    }
    listed = admin_client.get(reverse("wagtail_contracts_templates")).content.decode()
    assert "?language=nb" in listed


def test_nobody_is_asked_to_set_up_a_site_below_an_index(admin_client, template):
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={"hostname": "localhost", "root_page": template.get_parent().get_parent()},
    )
    index = template.get_parent()
    said = admin_client.get(reverse("wagtailadmin_explore", args=[index.pk])).content.decode()
    assert template.title in said
    assert "There is no site" not in said
    assert template.url is None


def test_its_words_are_in_the_language_of_the_workspace(template):
    index = template.get_parent().specific
    titles, languages = [], []
    for language in ("en", "nb"):
        index.workspace.language = language
        index.workspace.save()
        page = type(template)(title="New")
        beginning.begin(None, page, index)
        titles.append(page.body[2].value["title"])
        languages.append(page.language)
    assert titles == ["Signatures", "Signaturer"]
    assert languages == ["en", "nb"]


def test_the_languages_of_the_site_are_picked_by_the_name_that_their_reader_uses():
    for reader, names in (
        ("en", ["English", "Norwegian Bokmål"]),
        ("nb", ["Engelsk", "Norsk bokmål"]),
    ):
        with override_settings(LANGUAGES=[("nb", ""), ("en", "")]), translation.override(reader):
            assert tongues.names() == list(zip(("en", "nb"), names, strict=True))
            assert ("de", tongues.name("de")) in tongues.names("de")
