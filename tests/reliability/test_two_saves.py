"""Two saves of one draft at the same moment: the later one finds what the earlier one stored."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests import builders
from tests.admin import posts
from tests.admin.test_merging import JSON, PRICE, price, written
from tests.admin.test_merging_oneself import merges
from tests.admin.test_merging_templates import opened
from tests.reliability import orders
from wagtail_contracts.contracts.admin import basis
from wagtail_contracts.contracts.admin.basis import OPENING, TURN
from wagtail_contracts.contracts.models import Contract

pytestmark = pytest.mark.django_db(transaction=True)
HELD = {"sqlite": "BEGIN", "postgresql": "FOR UPDATE"}[connection.vendor]
SOUGHT = {"sqlite": "JSON_EXTRACT", "postgresql": '"content" #> '}[connection.vendor]
# The moments at which a save has found the row, or what its own form saved last, and goes on.
FOUND, LOOKED, SAVES = {"before": HELD}, {"before": SOUGHT}, {"before": HELD, "turn": 2}
TEXTS = [("text", "One"), ("text", "Two")]


def save(user: Any, url: str, post: posts.Post, **how: Any) -> Callable[[], int]:
    """A save in a browser of its own; 302 is stored, 200 asks which wording stays."""
    client = Client()
    client.force_login(user)
    client.get(url)  # stores what an editor's first look does
    return lambda: client.post(url, post, **how).status_code


def both(template: Any, sender: Any) -> tuple[Any, Any]:
    for user in (sender, kari := builders.staff("kari", template.workspace)):
        user.is_superuser = True
        user.save()
    return sender, kari


def plain(template: Any) -> Any:
    """The template with two locked texts alone."""
    template.fields, template.body = (
        [],
        [{"type": kind, "value": {"policy": "locked", "text": words}} for kind, words in TEXTS],
    )
    template.save_revision()
    return template


def address(template: Any) -> str:
    return reverse("wagtailadmin_pages:edit", args=[template.pk])


def half_and_whole(user: Any, draft: Any) -> tuple[Callable[[], int], Callable[[], int]]:
    """The autosave and the save of one form."""
    url, name = posts.address("edit", draft.pk), {OPENING: basis.issue_opening(draft)}
    auto = save(user, url, {**written(draft, "Half."), **name, TURN: "1"}, headers=JSON)
    return auto, save(user, url, {**written(draft, "Whole."), **name, TURN: "2"})


def test_two_saves_of_a_contract(template, sender):
    people, draft = both(template, sender), builders.contract(template, sender)
    url = posts.address("edit", draft.pk)
    saves = [save(one, url, written(draft, f"By {one}.")) for one in people]
    answers = orders.overtake(*saves, **SAVES, patience=orders.UNHINDERED)
    assert answers == ("200", "302")
    text = Contract.objects.get(pk=draft.pk).body.get_prep_value()[PRICE]["value"]["text"]
    assert "By kari." in text


def test_two_saves_of_a_template(template, sender):
    people = both(template, sender)
    template, url = plain(template), address(template)
    saves = [save(one, url, opened(template, texts={0: f"By {one}"})) for one in people]
    answers = orders.overtake(*saves, **SAVES, patience=orders.UNHINDERED)
    assert answers == ("200", "302")
    page = type(template).objects.get(pk=template.pk).get_latest_revision_as_object()
    assert "By kari" in page.body[0].value["text"].source


@pytest.mark.parametrize("first", ["save", "autosave"])
def test_the_own_autosave_of_a_save(template, sender, first):
    user, _kari = both(template, sender)
    draft = builders.contract(template, sender)
    auto, whole = half_and_whole(user, draft)
    calls = {"save": (whole, auto), "autosave": (auto, whole)}[first]
    answers = orders.overtake(*calls, **SAVES, patience=orders.UNHINDERED)
    assert answers == {"save": ("302", "200"), "autosave": ("400", "302")}[first]
    assert "Whole." in price(draft)


@pytest.mark.parametrize("moment", [FOUND, LOOKED, SAVES])
def test_the_own_autosave_that_is_stored_while_a_save_looks(template, sender, moment):
    user, _kari = both(template, sender)
    draft = builders.contract(template, sender)
    auto, whole = half_and_whole(user, draft)
    saved, _late = orders.overtake(whole, auto, **moment, patience=5)
    assert saved == "302"
    assert "Whole." in price(draft)
    assert merges(draft) == 0


@pytest.mark.parametrize("moment", [FOUND, LOOKED, SAVES])
def test_the_own_autosave_that_is_stored_while_publishing_looks(template, sender, moment):
    user, _kari = both(template, sender)
    page = plain(template)
    url, name = address(page), {OPENING: basis.issue_opening(page)}
    half, whole = (opened(page, texts={0: words}) for words in ("Half", "Whole"))
    auto = save(user, url, {**half, **name, TURN: "1"}, headers=JSON)
    publish = save(user, url, {**whole, **name, TURN: "2", "action-publish": "1"})
    saved, _late = orders.overtake(publish, auto, **moment, patience=5)
    assert saved == "302"
    assert "Whole" in type(page).objects.get(pk=page.pk).body[0].value["text"].source
