"""One person's autosave and Save cross on the way: no conflict, and the newest words stay."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests import builders
from tests.admin import posts
from tests.admin.conftest import kept
from tests.admin.test_merging import JSON, choices, fresh, price, written
from tests.admin.test_merging_templates import admin as editor  # noqa: F401
from tests.admin.test_merging_templates import kari as colleague  # noqa: F401
from tests.admin.test_merging_templates import opened, page, words  # noqa: F401
from tests.admin.test_people import CUSTOMER, added
from wagtail_contracts import events
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts.admin.basis import OPENING, TURN

NAME = re.compile(rf'name="{OPENING}" value="([^"]+)"')


@pytest.fixture
def kari(sales: Any) -> Client:
    """A colleague, logged in."""
    client = Client()
    client.force_login(builders.staff("kari", sales))
    return client


def opening(client: Client, url: str) -> str:
    """What the form of one tab is called."""
    [found] = set(NAME.findall(client.get(url).content.decode()))
    return str(found)


def turn(name: str, number: int) -> dict[str, str]:
    """The post of this number of an opening."""
    return {OPENING: name, TURN: str(number)}


def merges(contract: Any) -> int:
    return Event.objects.of(contract.own_trail).named(events.DRAFT_MERGED).count()


def test_a_save_that_was_not_told_of_its_own_autosave_just_saves(admin, draft):
    url = posts.address("edit", draft.pk)
    name = opening(admin, url)
    auto, save = written(draft, "Half."), written(draft, "Half a word.")
    assert admin.post(url, {**auto, **turn(name, 1)}, headers=JSON).json()["success"]
    answer = admin.post(url, {**save, **turn(name, 2)}, follow=True)
    assert "saved meanwhile" not in answer.content.decode()
    assert "Half a word." in price(draft)
    assert merges(draft) == 0


def test_a_save_in_another_tab_is_compared(admin, draft):
    url = posts.address("edit", draft.pk)
    names = [opening(admin, url) for _tab in range(2)]
    auto, save = written(draft, "Half."), written(draft, "Half a word.")
    assert admin.post(url, {**auto, **turn(names[0], 1)}, headers=JSON).json()["success"]
    before = kept(draft)
    asked = admin.post(url, {**save, **turn(names[1], 2)}).content.decode()
    assert len(choices(asked)) == 1
    assert kept(draft) == before


def test_another_person_with_the_same_form_is_compared(admin, kari, draft):
    url = posts.address("edit", draft.pk)
    name = opening(admin, url)
    auto, save = written(draft, "Half."), written(draft, "Half a word.")
    assert admin.post(url, {**auto, **turn(name, 1)}, headers=JSON).json()["success"]
    before = kept(draft)
    assert choices(kari.post(url, {**save, **turn(name, 2)}).content.decode())
    assert kept(draft) == before


@pytest.mark.parametrize(("words", "number"), [("Whole.", 3), ("", 3)])
def test_an_autosave_that_arrives_after_the_save_changes_nothing(admin, draft, words, number):
    url = posts.address("edit", draft.pk)
    name = opening(admin, url)
    auto, late = written(draft, "Half."), written(draft, "Late.")
    save, next = written(draft, words), written(draft, "Next.")
    assert admin.post(url, {**auto, **turn(name, 1)}, headers=JSON).json()["success"]
    assert admin.post(url, {**save, **turn(name, number)}).status_code == 302
    before = kept(draft)
    for old in range(1, number + 1):
        answer = admin.post(url, {**late, **turn(name, old)}, headers=JSON)
        assert answer.json()["error_code"] == "invalid_revision"
    assert kept(draft) == before
    assert admin.post(url, {**next, **turn(name, number + 1)}, headers=JSON).json()["success"]
    assert "Next." in price(draft)


def test_an_autosave_goes_on_where_the_answer_to_the_last_one_was_lost(admin, draft):
    url = posts.address("edit", draft.pk)
    name = opening(admin, url)
    loaded = {"loaded_revision_id": str(draft.latest_revision_id or 0)}
    for number, said in enumerate(("Half.", "Half a word."), start=1):
        post = {**written(draft, said), **loaded, **turn(name, number)}
        post["wc-basis"] = loaded.setdefault("wc-basis", post["wc-basis"])
        assert admin.post(url, post, headers=JSON).json()["success"]
    assert "Half a word." in price(draft)


def test_what_a_colleague_wrote_after_the_autosave_is_kept_and_only_that_compared(
    admin, kari, draft
):
    url = posts.address("edit", draft.pk)
    name = opening(admin, url)
    auto, save = written(draft, "Half."), written(draft, "Half a word.")
    admin.post(url, {**auto, **turn(name, 1)}, headers=JSON)
    assert kari.post(url, written(fresh(draft), "Half.", title="Hosting 2028")).status_code == 302
    assert admin.post(url, {**save, **turn(name, 2)}).status_code == 302
    assert fresh(draft).title == "Hosting 2028"
    assert "Half a word." in price(draft)
    assert merges(draft) == 1


def test_a_person_whom_the_autosave_stored_is_there_once(admin, draft):
    url = posts.address("edit", draft.pk)
    name = opening(admin, url)
    form = posts.edit(draft, **posts.management(f"{CUSTOMER}-people", 2, 1), **added(1))
    auto, save = {**form, **turn(name, 1)}, {**form, **turn(name, 2), "title": "Hosting 2028"}
    assert admin.post(url, auto, headers=JSON).json()["success"]
    assert admin.post(url, save).status_code == 302
    party = fresh(draft).parties.get(role="customer")
    assert [one.name for one in party.people.all()].count("Per Hansen") == 1
    assert fresh(draft).title == "Hosting 2028"
    assert merges(draft) == 0


@pytest.mark.parametrize("action", ["action-publish", ""])
def test_a_template_is_published_though_its_autosave_was_under_way(
    editor,  # noqa: F811
    page,  # noqa: F811
    action,
):
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    name = opening(editor, url)
    auto, save = opened(page, texts={0: "Half"}), opened(page, texts={0: "Half a word"})
    press = {action: "1"} if action else {}
    assert editor.post(url, {**auto, **turn(name, 1)}, headers=JSON).json()["success"]
    answer = editor.post(url, {**save, **turn(name, 2), **press}, follow=True)
    assert "saved meanwhile" not in answer.content.decode()
    assert words(page)[0] == "Half a word"
    live = type(page).objects.get(pk=page.pk)
    assert ("Half a word" in live.body[0].value["text"].source) == bool(action)
    late = {**auto, **turn(name, 1)}
    assert editor.post(url, late, headers=JSON).json()["error_code"] == "invalid_revision"
    assert words(page)[0] == "Half a word"


def test_a_template_in_another_tab_is_compared(editor, page):  # noqa: F811
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    names = [opening(editor, url) for _tab in range(2)]
    auto, save = opened(page, texts={0: "Half"}), opened(page, texts={0: "Half a word"})
    assert editor.post(url, {**auto, **turn(names[0], 1)}, headers=JSON).json()["success"]
    assert choices(editor.post(url, {**save, **turn(names[1], 2)}).content.decode())
    assert words(page)[0] == "Half"
