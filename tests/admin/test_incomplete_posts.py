"""A post that is cut short gets a form with an error, never an error of the server."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from tests import tables
from tests.admin import posts, wizard
from wagtail_contracts.contracts.admin import basis
from wagtail_contracts.contracts.blocks.clauses import INLINE, TEXT
from wagtail_contracts.contracts.models import Contract, FieldSet

Door = tuple[str, posts.Post]
SETS, CLAUSES = "wagtail_contracts_field_set", "wagtail_contracts_library"
ITEMS = "wagtail_contracts_catalogue"
NOTE = ("text", {"label": "Note", "key": "", "role": "customer", "help": "", "default": ""})


def field_set(page: Any) -> posts.Post:
    field = streamfield([(NOTE[0], {**NOTE[1], "max_length": "200"})])
    said = {"name": "Notes", "workspace": str(page.workspace.pk), "fields": field}
    return dict(nested_form_data(said))


def clause(page: Any) -> posts.Post:
    words = {
        "heading": rich_text("Law", features=INLINE),
        "text": rich_text("<p>No.</p>", features=TEXT),
    }
    return {"name": "Law", "workspace": str(page.workspace.pk), **words}


def item(page: Any) -> posts.Post:
    made = {"name": "Hours", "sku": "A-1", "unit": "", "price": "1", "currency": "NOK", "vat": "25"}
    return {"workspace": str(page.workspace.pk), "period": "once", "description": "", **made}


def template(page: Any) -> posts.Post:
    roles = [
        ("role", {"kind": "organisation", "rule": "all", "count": "", **value})
        for value in (
            {"label": "Supplier", "key": "supplier", "own": "on"},
            {"label": "Customer", "key": "customer"},
        )
    ]
    words = [("text", {"policy": "locked", "text": rich_text("<p>A.</p>", features=TEXT)})]
    streams = {"roles": roles, "fields": [], "body": words}
    said = {name: streamfield(found) for name, found in streams.items()}
    return {**nested_form_data(said), "title": "Cut", "slug": "cut"}


def _new(name: str, make: Callable[[Any], posts.Post]) -> Callable[..., Door]:
    return lambda page, draft: (reverse(f"{name}:add"), make(page))


def edit_set(page: Any, draft: Any) -> Door:
    made = FieldSet.objects.create(workspace=page.workspace, name="Old", fields=[])
    return reverse(f"{SETS}:edit", args=[made.pk]), field_set(page)


def new_template(page: Any, draft: Any) -> Door:
    index = page.get_parent()
    kind = page._meta
    where = [kind.app_label, kind.model_name, index.pk]
    return reverse("wagtailadmin_pages:add", args=where), template(page)


def edit_template(page: Any, draft: Any) -> Door:
    said = {**template(page), basis.BASIS: posts.page_began(page)}
    return reverse("wagtailadmin_pages:edit", args=[page.pk]), said


DOORS: dict[str, Callable[..., Door]] = {
    "a new set": _new(SETS, field_set),
    "a set": edit_set,
    "a new clause of the library": _new(CLAUSES, clause),
    "a new item of the catalogue": _new(ITEMS, item),
    "a new template": new_template,
    "a template": edit_template,
    "a contract": lambda page, draft: (posts.address("edit", draft.pk), posts.edit(draft)),
    "the parties of a contract": lambda page, draft: (
        posts.address("parties", draft.pk),
        wizard.parties(draft.owner),
    ),
}
CUTS: dict[str, Callable[[list[str]], list[str]]] = {
    "nothing": lambda names: [],
    "the first half": lambda names: names[: len(names) // 2],
    "the second half": lambda names: names[len(names) // 2 :],
    "no counts": lambda names: [name for name in names if not name.endswith("-count")],
    "no management forms": lambda names: [name for name in names if not name.endswith("_FORMS")],
    "no order": lambda names: [name for name in names if not name.endswith("-order")],
    "no kinds": lambda names: [name for name in names if not name.endswith("-type")],
}


@pytest.fixture
def root(client: Any, django_user_model: Any) -> Any:
    client.force_login(django_user_model.objects.create_superuser("root", "r@example.com", "x"))
    return client


@pytest.mark.parametrize("door", DOORS)
def test_a_post_that_is_cut_short_gets_a_clear_answer(root, template_page, draft, door):
    address, whole = DOORS[door](template_page, draft)
    tried = 0
    for cut in CUTS.values():
        said = {name: whole[name] for name in cut(list(whole))}
        if said == whole:
            continue
        tried += 1
        before = stored()
        answer = root.post(address, said)
        assert answer.status_code in (200, 302, 400)
        if not said:
            assert answer.status_code != 302
            assert stored() == before
    assert tried >= 3


def stored() -> dict[str, str]:
    """The tables; that a superuser looks at a contract is an event."""
    return {name: rows for name, rows in tables.digests().items() if "_audit_" not in name}


def test_a_whole_post_is_taken(root, template_page, draft):
    address, whole = DOORS["a new set"](template_page, draft)
    assert root.post(address, whole).status_code == 302
    assert FieldSet.objects.get().name == "Notes"


@pytest.mark.parametrize(
    "lost", ["fields-count", "fields-0-order", "fields-0-type", "fields-0-deleted"]
)
def test_a_set_without_an_input_of_its_stream_is_told_so_and_not_stored(root, template_page, lost):
    address, whole = DOORS["a new set"](template_page, None)
    before = tables.digests()
    answer = root.post(address, {name: said for name, said in whole.items() if name != lost})
    assert "The form was incomplete" in str(answer.context["form"].errors["fields"])
    assert tables.digests() == before


@pytest.fixture
def template_page(draft: Contract) -> Any:
    page: Any = draft.template.specific
    return page
