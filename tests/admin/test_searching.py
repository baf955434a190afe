"""One question from any page of the admin, answered by what one may see."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import builders, tables
from tests.admin import posts
from wagtail_contracts.contracts.models import GroupWorkspacePermission

PAGE, RESULTS = "wagtail_contracts_search", "wagtail_contracts_search_results"


def asked(client: Client, typed: str, name: str = RESULTS) -> Any:
    """What one of the two doors answers."""
    with tables.unchanged():
        return client.get(reverse(name), {"q": typed})


def titles(client: Client, typed: str) -> list[str]:
    """The titles of the hits."""
    return [hit.title for hit in asked(client, typed).context["found"].hits]


@pytest.fixture
def foreign(sales: Any) -> Any:
    """A contract of a workspace that the sender has no part in."""
    legal = builders.workspace("legal")
    return builders.contract(
        builders.template(legal), builders.staff("per", legal), title="Foreign"
    )


def test_an_exact_number_opens_the_contract(admin, draft):
    for typed in (draft.number, f"  {draft.number.lower()} "):
        answer = asked(admin, typed, PAGE)
        assert (answer.status_code, answer["Location"]) == (302, posts.address("inspect", draft.pk))
    assert asked(admin, draft.number[:-1], PAGE).status_code == 200


def test_a_whole_number_finds_one_where_its_parts_are_in_many(admin, draft, sender):
    others = [builders.contract(draft.template.specific, sender) for _ in range(3)]
    for number in (draft.number, draft.number.lower()):
        assert asked(admin, number).context["found"].count == 1
        listed = admin.get(reverse("wagtail_contracts_contract:list"), {"q": number})
        assert [row.pk for row in listed.context["object_list"]] == [draft.pk]
    parts = asked(admin, draft.number.replace("-", " ")).context["found"]
    assert parts.count == 1 + len(others)


def test_a_foreign_number_opens_nothing_and_is_as_unknown_as_none(admin, draft, foreign):
    found, none = asked(admin, foreign.number, PAGE), asked(admin, "LEGAL-2026-77", PAGE)
    assert found.status_code == none.status_code == 200
    same = found.content.decode().replace(foreign.number, "LEGAL-2026-77")
    assert same.count("LEGAL") == none.content.decode().count("LEGAL")
    assert found.context["found"].count == none.context["found"].count == 0


@pytest.mark.parametrize("typed", ["kari", "hosting customer", "kari@customer.example", "name the"])
def test_hits_and_counts_hold_only_what_one_may_see(admin, draft, foreign, sender, typed):
    found = asked(admin, typed).context["found"]
    assert (list(found.hits), found.count) == ([draft], 1)
    assert "Foreign" not in asked(admin, typed).content.decode()
    builders.contract(draft.template.specific, sender)
    assert asked(admin, typed).context["found"].count == 2


def test_who_may_see_their_own_alone_finds_their_own(client, draft, sales, template):
    nils = builders.staff("nils", sales)
    client.force_login(nils)
    assert titles(client, "kari") == ["Hosting 2027"]
    GroupWorkspacePermission.objects.filter(verb="view").update(own=True)
    nils = type(nils).objects.get(pk=nils.pk)
    client.force_login(nils)
    assert titles(client, "kari") == []
    builders.contract(template, nils, title="Of Nils")
    assert titles(client, "kari") == ["Of Nils"]


def test_whoever_sees_no_contracts_finds_no_page(client, draft):
    client.force_login(builders.staff("per"))
    assert [asked(client, "kari", name).status_code for name in (PAGE, RESULTS)] == [302, 302]


def test_what_is_called_so_comes_before_what_says_so(admin, template, sender):
    first = builders.contract(template, sender, title="Availability")
    for _ in range(9):
        builders.contract(template, sender)
    found = asked(admin, "availability").context["found"]
    assert found.hits[0] == first
    assert (len(found.hits), found.count) == (8, 10)
    text = asked(admin, "availability").content.decode()
    assert f"{posts.address('list')}?q=availability" in text
    assert "All 10 in the list" in text


def test_nothing_typed_finds_nothing(admin, draft):
    assert "wc-find__hit" not in asked(admin, "  ").content.decode()
    assert "Nothing found" in asked(admin, "zebra").content.decode()
    for name in (RESULTS, PAGE, "wagtail_contracts_contract:list"):
        assert asked(admin, "\x00" * 3 + "x" * 5_000, name).status_code == 200


def test_what_is_typed_is_text(admin, draft):
    text = asked(admin, '"><script>alert(1)</script>', PAGE).content.decode()
    assert "<script>alert" not in text


def test_more_hits_cost_no_more_queries(admin, template, sender):
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            admin.get(reverse(RESULTS), {"q": "kari"})
        return len(found)

    builders.contract(template, sender)
    queries()
    before = queries()
    for _ in range(9):
        builders.contract(template, sender)
    assert queries() <= before + 1  # the count, once there are more than are shown
    assert before <= 10


def test_every_page_of_the_admin_offers_it_to_whoever_sees_contracts(admin, draft):
    text = admin.get(reverse("wagtailadmin_home")).content.decode()
    assert reverse(PAGE) in text
    assert "searching.js" in text
    assert "w-kbd-key-value" in text
    admin.force_login(builders.staff("per"))
    assert reverse(PAGE) not in admin.get(reverse("wagtailadmin_home")).content.decode()
