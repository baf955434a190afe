"""Clauses of the library: a template keeps the wording that it took until somebody compares it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import rich_text

from example_site import contents as made
from tests import builders, tables
from tests.admin.test_field_sets import editor
from tests.admin.test_templates import form
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.admin import library
from wagtail_contracts.contracts.blocks.clauses import INLINE, TEXT
from wagtail_contracts.contracts.models import Contract, LibraryClause, LibraryWording

NEW = reverse("wagtail_contracts_library:add")


def write(clause: LibraryClause, text: str, by: Any) -> LibraryClause:
    clause.text = f"<p>{text}</p>"
    return contracts.write_clause(clause, by=builders.actor(by))


@pytest.fixture
def clause(sales: Any, sender: Any) -> LibraryClause:
    made = LibraryClause(workspace=sales, name="Law", heading="Governing law")
    return write(made, "The law of Norway applies.", sender)


@pytest.fixture
def page(sales: Any, clause: LibraryClause) -> Any:
    return builders.template(sales, body=[block(clause, "1"), made.signatures("End")], fields=[])


def block(clause: LibraryClause, version: str) -> dict[str, Any]:
    place = {"policy": "locked", "level": "1", "style": "", "start": None, "condition": None}
    return made.entry("library", **place, clause=clause.pk, taken=f"{clause.pk}:{version}")


def take_over(page: Any) -> str:
    return reverse(library.TAKE_OVER, args=[page.pk, page.body[0].id])


def test_a_contract_has_the_words_that_its_template_took(page, clause, sender):
    write(clause, "The law of Sweden applies.", sender)
    fresh = type(page).objects.get(pk=page.pk)

    contract = builders.contract(fresh, sender, values={})

    content = contracts.compose(contract)
    assert content["body"][0]["type"] == "clause"
    assert content["body"][0]["number"] == "1"
    assert "Norway" in str(content["body"][0])
    assert contract.outline[0]["origin"] == page.body[0].id
    [finding] = library.newer(fresh)
    assert finding.sentence == "There is a newer wording of “Law”: version 2. Compare it."


def test_the_same_words_are_no_new_version(clause, sender):
    write(clause, "The law of Norway applies.", sender)
    assert (clause.version, LibraryWording.objects.count()) == (1, 1)
    write(clause, "The law of Sweden applies.", sender)
    assert (clause.version, LibraryWording.objects.count()) == (2, 2)


def test_a_newer_wording_is_compared_then_taken_over_and_contracts_keep_theirs(
    page, clause, sender
):
    old = builders.contract(page, sender, values={})
    write(clause, "The law of Sweden applies.", sender)
    client = editor(page.get_parent(), "mine")
    shown = client.get(take_over(page)).content.decode()
    for kind, word in (("del", "Norway"), ("ins", "Sweden")):
        assert re.search(rf"<{kind}>[^/]*</span>{word}</{kind}>", shown)
    with tables.unchanged():
        client.post(take_over(page), {"version": "1"})

    client.post(take_over(page), {"version": "2"})

    fresh = type(page).objects.get(pk=page.pk)
    draft = fresh.get_latest_revision_as_object()
    assert list(library.newer(draft)) == []
    assert "Norway" in str(contracts.compose(builders.contract(fresh, sender, values={})))
    fresh.get_latest_revision().publish()
    fresh.refresh_from_db()
    assert "Sweden" in str(contracts.compose(builders.contract(fresh, sender, values={})))
    assert "Norway" in str(contracts.compose(Contract.objects.get(pk=old.pk)))


def test_whoever_does_not_edit_the_template_finds_nothing(page, clause, sender):
    write(clause, "The law of Sweden applies.", sender)
    legal = builders.template(builders.workspace("legal")).get_parent()
    mine, other = editor(page.get_parent(), "mine"), editor(legal, "other")
    edit = reverse("wagtail_contracts_library:edit", args=[clause.pk])
    for address in (edit, take_over(page)):
        assert other.get(address).status_code == 404
        assert mine.get(address).status_code == 200
    with tables.unchanged():
        assert other.post(take_over(page), {"version": "2"}).status_code == 404


def test_a_clause_is_written_in_the_admin_and_never_removed(page, sales):
    client: Client = editor(page.get_parent(), "mine")
    post = {
        "name": "Notice",
        "workspace": str(sales.pk),
        "heading": rich_text("Notice", features=INLINE),
        "text": rich_text("<p>In writing.</p>", features=TEXT),
    }
    with tables.unchanged():
        empty = {name: rich_text("", features=TEXT) for name in ("heading", "text")}
        assert client.post(NEW, {**post, **empty}).status_code == 200
    assert client.post(NEW, post).status_code == 302
    [found] = LibraryClause.objects.filter(name="Notice")
    assert (found.version, found.wordings.get().text) == (1, found.text)

    delete = reverse("wagtail_contracts_library:delete", args=[found.pk])
    client.post(delete)
    assert LibraryClause.objects.filter(pk=found.pk).exists()


def posted(page: Any, clause: Any) -> dict[str, str]:
    parts = {
        "policy": "locked",
        "condition": "",
        "level": "1",
        "style": "",
        "start": "",
        "taken": "",
    }
    made = form(page, body=[("library", {**parts, "clause": str((clause and clause.pk) or "")})])
    return {name: part for name, part in made.items() if name != "action-publish"}


@pytest.fixture
def foreign(sender: Any) -> LibraryClause:
    space = builders.template(builders.workspace("legal")).workspace
    return write(LibraryClause(workspace=space, name="Theirs", heading="Hidden"), "Unseen.", sender)


def test_no_form_shows_a_clause_of_another_workspace(page, clause, foreign):
    """Nor does a preview; all the same for whoever knows both workspaces, but as a draft."""
    client = editor(page.get_parent(), "mine")
    look = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    for taken, seen in ((clause, "Governing law"), (foreign, "Hidden")):
        client.post(look, posted(page, taken))
        assert (seen in client.get(look).text) is (taken is clause)
        assert client.post(edit, posted(page, taken)).status_code == 302
        assert (taken.name in client.get(edit).text) is (taken is clause)


def test_a_clause_of_another_workspace_is_in_no_draft_either(page, clause, foreign):
    root = Client()
    root.force_login(get_user_model().objects.create_superuser("root"))
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    with tables.unchanged():
        refused = root.post(edit, posted(page, foreign))
    said = "A clause of the library belongs to another workspace."
    assert said in str(refused.context["form"].errors["body"])
    assert root.post(edit, posted(page, clause)).status_code == 302


def test_a_clause_may_be_chosen_later(page):
    client = editor(page.get_parent(), "mine")
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert client.post(edit, posted(page, None)).status_code == 302
    draft = type(page).objects.get(pk=page.pk).get_latest_revision_as_object()
    assert [block.value["clause"] for block in draft.body] == [None]
    assert client.get(edit).status_code == 200
