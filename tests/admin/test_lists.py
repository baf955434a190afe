"""The list's views and filters: what waits for whom, and what is kept beside a contract."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from example_site import contents as made
from tests import approvals, builders, signatures, tables
from tests.admin import posts
from tests.journeys import stage
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import (
    Contract,
    GroupWorkspacePermission,
    Listing,
    SavedView,
)

VIEWS = ("needs_me", "waiting", "soon", "failed", "signed", "drafts", "planned", "all")


def listed(client: Client, **query: Any) -> list[str]:
    page = client.get(posts.address("list"), query)
    assert page.status_code == 200
    return [contract.title for contract in page.context["object_list"]]


def text(client: Client, **query: Any) -> str:
    return client.get(posts.address("list"), query).content.decode()


def tabs(client: Client) -> dict[str, str]:
    """The counts by the label of a tab."""
    view = client.get(posts.address("list")).context["view"]
    return {tab.label: tab.count for tab in view.tabs}


@pytest.fixture
def some(template: Any, sender: Any) -> dict[str, Contract]:
    """A draft, one out for signing until tomorrow, one in review, one withdrawn."""
    by, found = builders.actor(sender), {}
    for title, into in (
        ("Draft", ""),
        ("Out", "signing"),
        ("Read", "negotiating"),
        ("Gone", "signing"),
    ):
        draft = builders.contract(template, sender, title=title)
        days = 1 if title == "Out" else 60
        day = timezone.localdate() + timedelta(days=days)
        if into:
            contracts.send(draft, builders.shown(draft), into=into, deadline=day, by=by)
        found[title] = Contract.objects.get(pk=draft.pk)
    contracts.withdraw(found["Gone"], "No.", by=by)
    return found


def test_each_view_shows_what_it_says_and_its_tab_counts_it(admin, some):
    found = {view: sorted(listed(admin, view=view)) for view in VIEWS}
    assert found == {
        "needs_me": ["Out"],
        "waiting": ["Read"],
        "soon": ["Out"],
        "failed": [],
        "signed": [],
        "drafts": ["Draft"],
        "planned": [],
        "all": ["Draft", "Gone", "Out", "Read"],
    }
    assert tabs(admin) == {
        "Needs me": "1",
        "Waiting for others": "1",
        "Due soon": "1",
        "Failed": "",
        "Signed": "",
        "Drafts": "1",
        "Planned": "",
        "All": "",
    }


def test_what_is_to_be_approved_waits_for_those_who_were_asked(admin, template, sales, sender):
    approvals.rule(sales, approvals.boss(sales), approvals.approver(sales), **approvals.over("1"))
    draft = builders.contract(template, sender, title="Asked")
    assert "Waiting for Finn Nordmann" not in text(admin)
    approvals.ask(draft, sender)
    assert listed(admin, view="waiting") == ["Asked"]
    assert "Waiting for Finn Nordmann · asked 0\xa0minutes ago" in text(admin)


def test_views_and_counts_hold_only_what_one_sees(some, sales):
    reader = builders.staff("nina", sales, ("view",))
    GroupWorkspacePermission.objects.filter(group__user=reader).update(own=True)
    client = Client()
    client.force_login(reader)
    assert set(tabs(client).values()) == {""}
    assert [listed(client, view=view) for view in VIEWS] == [[]] * len(VIEWS)
    shown = text(client)
    assert "Service agreement" not in shown
    assert "Ola Nordmann" not in shown


def test_which_of_mine_wait_for_others_is_one_click_from_the_list(admin, some):
    view = admin.get(posts.address("list")).context["view"]
    [tab] = [tab for tab in view.tabs if tab.label == "Waiting for others"]
    page = admin.get(tab.url)
    assert [row.title for row in page.context["object_list"]] == ["Read"]
    assert [one.label for one in page.context["view"].tabs if one.current] == ["Waiting for others"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"deviates": "yes"}, []),
        ({"deviates": "no"}, ["Draft", "Gone", "Out", "Read"]),
        ({"archived": "yes"}, []),
        ({"favourite": "yes"}, []),
        ({"active_from": "2020-01-01"}, ["Draft", "Gone", "Out", "Read"]),
        ({"active_to": "2020-01-01"}, []),
        ({"state": ["draft", "withdrawn"]}, ["Draft", "Gone"]),
        ({"state": "signing", "q": "Read"}, []),
    ],
)
def test_filters_hold_together(admin, some, query, found):
    assert sorted(listed(admin, **query)) == found


def test_by_template_owner_and_deadline(admin, some, sales, sender):
    other = builders.template(sales, "Other")
    colleague = builders.staff("nina", sales)
    builders.contract(other, colleague, title="Hers")
    assert listed(admin, template=str(other.pk)) == ["Hers"]
    assert listed(admin, owner=str(colleague.pk)) == ["Hers"]
    day = timezone.localdate() + timedelta(days=30)
    assert listed(admin, deadline_to=day.isoformat()) == ["Out"]
    assert listed(admin, deadline_from=day.isoformat()) == ["Gone", "Read"]


def test_by_value_in_its_own_currency(admin, sales, sender):
    for title, price, currency in (("Krone", "9000", "NOK"), ("Euro", "9000", "EUR")):
        row = made.product("Setup", price, quantity="1")
        prices = made.products("Prices", row, currency=currency)
        page = builders.template(sales, title, body=[*builders.BODY[:-1], prices])
        builders.contract(page, sender, title=title)
    assert sorted(listed(admin, value_min="9000")) == ["Euro", "Krone"]
    assert listed(admin, value_min="9000", value_max="9000", currency="eur") == ["Euro"]
    assert listed(admin, value_min="9000.01") == []
    assert listed(admin, currency="SEK") == []


@pytest.mark.parametrize(("sensitive", "told"), [(False, True), (True, False)])
def test_an_amount_that_is_filled_in_is_the_value_unless_it_is_sensitive(
    admin, sales, sender, sensitive, told
):
    price = made.field("money", "price", "Price", "supplier", sensitive=sensitive)
    page = builders.template(sales, fields=[price, *builders.FIELDS[1:]])
    draft = builders.contract(page, sender, title="Hosting")
    assert listed(admin, value_min="5300", value_max="5300") == ["Hosting"] * told
    assert ("5,300.00\u00a0NOK" in text(admin)) is told
    overview = admin.get(posts.address("inspect", draft.pk)).content.decode()
    assert ("<dt>Value</dt><dd>5,300.00\u00a0NOK" in overview) is told


def test_a_changed_clause_makes_a_draft_differ_and_changing_it_back_does_not(admin, draft):
    place = next(n for n, block in enumerate(draft.body) if block.value.get("policy") == "editable")
    was = str(draft.body[place].value["text"])
    for words, deviates in (("<p>Another.</p>", ["Hosting 2027"]), (was, [])):
        draft.body[place].value["text"] = type(draft.body[place].value["text"])(words)
        draft.save()
        contracts.keep_draft(draft)
        assert listed(admin, deviates="yes") == deviates


def test_what_happens_moves_the_last_activity_and_looking_does_not(admin, sent):
    Listing.objects.update(active_at=timezone.now() - timedelta(days=9))
    week = (timezone.localdate() - timedelta(days=7)).isoformat()
    admin.get(posts.address("inspect", sent.contract.pk))
    contracts.look(sent.contract, by=sent.owner)
    assert listed(admin, active_from=week) == []
    contracts.view(sent.kari, sent.version.digest, by=builders.guest(sent.kari))
    assert listed(admin, active_from=week) == ["Hosting 2027"]


def test_the_row_says_whose_turn_it_is(admin, answered):
    shown = text(admin)
    assert "Your turn to sign" in shown
    assert "0 of 2 signed" in shown
    signatures.sign(answered.ola)
    contracts.view(answered.kari, answered.version.digest, by=builders.guest(answered.kari))
    shown = text(admin).replace("\u00a0", " ")
    assert "Waiting for Kari Nordmann · opened 0 minutes ago" in shown
    assert "1 of 2 signed" in shown
    assert 'role="cell"' in shown


def test_a_row_in_review_says_how_much_is_filled_in(admin, in_review):
    assert "Waiting for Kari Nordmann" in text(admin)
    assert "0 of 2 filled in" in text(admin)
    by, digest = builders.guest(in_review.kari), in_review.version.digest
    contracts.answer(in_review.kari, digest, builders.ANSWERS, by=by)
    assert "Everything is filled in" in text(admin)
    assert "2 of 2 filled in" in text(admin)


def test_what_ended_says_how(admin, answered):
    signatures.sign_all(stage(answered.contract, answered.sender))
    assert f"By everyone on {timezone.localdate():%-d %b %Y}" in text(admin)


def test_who_declined_is_named(admin, sent):
    signatures.decline(sent.kari, kind="terms", reason="Not like this.")
    assert f"Kari Nordmann on {timezone.localdate():%-d %b %Y}" in text(admin)


# -- views of one's own ---------------------------------------------------------------------------


def save(client: Client, **post: str) -> Any:
    return client.post(reverse("wagtail_contracts_views"), post)


def test_a_saved_view_is_a_tab_for_oneself_or_for_the_workspace(admin, some, sales, sender):
    answer = save(admin, name="Drafts of 2027", query="state=draft&q=&p=3")
    assert answer.url == f"{posts.address('list')}?state=draft"
    assert listed(admin, state="draft") == ["Draft"]
    assert "Drafts of 2027" in tabs(admin)
    save(admin, name="All of Sales", query="state=signing", workspace=str(sales.pk))
    colleague = Client()
    colleague.force_login(builders.staff("nina", sales, ("view",)))
    assert list(tabs(colleague))[len(VIEWS) :] == ["All of Sales"]
    outsider = Client()
    outsider.force_login(builders.staff("per", builders.workspace("legal")))
    assert list(tabs(outsider))[len(VIEWS) :] == []


def test_a_view_is_refused_without_a_name_without_a_query_and_for_a_foreign_workspace(admin, some):
    legal = builders.workspace("legal")
    with tables.unchanged():
        save(admin, name="", query="state=draft")
        save(admin, name="Nothing", query="")
        save(admin, name="Theirs", query="state=draft", workspace=str(legal.pk))
    save(admin, name="Mine", query="state=draft")
    assert SavedView.objects.get().name == "Mine"


def test_only_whoever_saved_a_view_removes_it(admin, some, sales):
    save(admin, name="All of Sales", query="state=signing", workspace=str(sales.pk))
    view = SavedView.objects.get()
    colleague = Client()
    colleague.force_login(builders.staff("nina", sales))
    url, post = reverse("wagtail_contracts_views"), {"remove": str(view.pk)}
    with tables.unchanged():
        assert colleague.post(url, post).status_code == 404
        assert admin.post(url, {"remove": "x"}).status_code == 404
        assert admin.get(url, post).status_code == 405
    assert admin.post(url, post).status_code == 302
    assert not SavedView.objects.exists()


def test_an_own_view_of_the_same_name_takes_the_place_of_the_first(admin, some):
    save(admin, name="Mine", query="state=draft")
    save(admin, name="mine", query="state=signing")
    assert [(view.name, view.query) for view in SavedView.objects.all()] == [
        ("mine", "state=signing")
    ]
