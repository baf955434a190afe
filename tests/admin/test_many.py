"""What is done with many contracts at once: to each by its right, with a result for each."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests import builders, tables
from tests.admin.many import POSTS, address, browser, out
from wagtail_contracts import events
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.admin.lists import acts
from wagtail_contracts.contracts.models import (
    Contract,
    ContractTag,
    GroupWorkspacePermission,
    Listing,
    Tag,
)
from wagtail_contracts.outbox.models import Message


@pytest.fixture
def foreign(db: None) -> Contract:
    """One of a workspace that nobody here sees."""
    legal = builders.workspace("legal")
    owner = builders.staff("per", legal)
    return out(builders.template(legal, "Secret agreement"), owner, "Takeover")


def done(client: Client, action: str, *chosen: Any, **post: str) -> tuple[set[str], dict[str, str]]:
    """The titles of what was done, and why not by title."""
    page = client.post(address(action, *chosen), {**POSTS[action], **post})
    assert page.status_code == 200
    assert "Takeover" not in page.content.decode()
    failed = {item.contract.title: item.why for item in page.context["failed"]}
    return {item.contract.title for item in page.context["done"]}, failed


@pytest.mark.parametrize("action", list(POSTS))
def test_what_one_does_not_see_is_neither_found_nor_changed(keeper, foreign, action):
    client = browser(keeper)
    post = {**POSTS[action], "owner": str(keeper.pk)}
    with tables.unchanged():
        assert client.get(address(action, foreign)).status_code == 404
        assert client.post(address(action, foreign), post).status_code == 404
        assert client.post(address(action, "all"), post).status_code == 404
        assert client.post(address(action, "x", "9" * 20), post).status_code == 404


@pytest.mark.parametrize("action", ["tag", "folder", "archive", "remind"])
def test_of_a_choice_only_what_one_sees_is_done(keeper, two, foreign, action):
    if action == "archive":
        contracts.withdraw(two[0], "No.", by=builders.actor(keeper))
    assert "Hosting" in done(browser(keeper), action, two[0], foreign)[0]
    assert not ContractTag.objects.filter(contract=foreign).exists()
    listing = Listing.objects.get(contract=foreign)
    assert (listing.folder, listing.archived_at) == (None, None)


@pytest.mark.parametrize("action", list(POSTS))
def test_whoever_only_views_is_told_so_for_each(sales, two, action):
    client = browser(builders.staff("reader", sales, ("view",)))
    page = client.get(address(action, *two))
    assert [item.contract.title for item in page.context["cannot"]] == ["Cleaning", "Hosting"]
    assert {item.why for item in page.context["cannot"]} == {
        "You may not do this with this contract."
    }
    with tables.unchanged():
        client.post(address(action, *two), POSTS[action])


def test_whoever_may_edit_their_own_tags_those_alone(sales, template, two):
    mine = builders.staff("own", sales, ("view", "edit"))
    GroupWorkspacePermission.objects.filter(group__user=mine, verb="edit").update(own=True)
    hers = builders.contract(template, mine, title="Hers")
    assert done(browser(mine), "tag", hers, two[0]) == (
        {"Hers"},
        {"Hosting": "You may not do this with this contract."},
    )
    assert set(ContractTag.objects.values_list("contract", flat=True)) == {hers.pk}


def test_tags_are_added_and_taken_off_and_the_own_trail_says_so(keeper, two):
    client = browser(keeper)
    assert done(client, "tag", *two) == ({"Hosting", "Cleaning"}, {})
    assert done(client, "tag", two[0], add="urgent", remove="2027")[1] == {}
    names = [[item.tag.name for item in row.tagged.order_by("tag__name")] for row in two]
    assert names == [["Urgent"], ["2027", "Urgent"]]
    told = Event.objects.of(two[0].own_trail).named(events.CONTRACT_TAGGED)
    assert [event.disclosures["tags"] for event in told] == ["2027, Urgent", "2027"]
    assert not Event.objects.of(two[0].trail).named(events.CONTRACT_TAGGED).exists()
    urgent = Tag.objects.get(name="Urgent")
    assert [row.title for row in page(client, tag=str(urgent.pk))] == ["Cleaning", "Hosting"]


def test_a_form_that_names_nothing_comes_back_with_the_reason(keeper, two):
    with tables.unchanged():
        page = browser(keeper).post(address("tag", *two), {"add": " , ", "remove": ""})
    assert "Name a tag." in page.content.decode()


def test_a_folder_is_made_once_in_each_workspace_and_left_again(keeper, two):
    client = browser(keeper)
    assert done(client, "folder", *two)[0] == {"Hosting", "Cleaning"}
    assert done(client, "folder", two[0], folder="big CUSTOMERS")[0] == {"Hosting"}
    folders = {row.listing.folder for row in Contract.objects.select_related("listing__folder")}
    assert [folder.name for folder in folders] == ["Big customers"]
    assert done(client, "folder", two[0], folder="")[0] == {"Hosting"}
    assert Listing.objects.get(contract=two[0]).folder is None


def test_what_is_out_is_not_archived_and_what_ended_leaves_every_view_but_all(keeper, two):
    client, by = browser(keeper), builders.actor(keeper)
    contracts.withdraw(two[0], "No.", by=by)
    made, failed = done(client, "archive", *two)
    assert (made, list(failed)) == ({"Hosting"}, ["Cleaning"])
    assert "Withdraw it first" in failed["Cleaning"]
    found = {
        view: [row.title for row in page(client, view=view)] for view in ("all", "drafts", "soon")
    }
    assert found == {"all": ["Cleaning", "Hosting"], "drafts": [], "soon": []}
    assert [row.title for row in page(client, archived="yes")] == ["Hosting"]
    assert done(client, "archive", two[0], way="unarchive")[0] == {"Hosting"}
    assert page(client, archived="yes") == []


def page(client: Client, **query: str) -> list[Contract]:
    shown = client.get(reverse("wagtail_contracts_contract:list"), query)
    return list(shown.context["object_list"])


def test_reminders_go_to_those_who_are_waited_for_and_to_nobody_else(keeper, two, draft):
    Message.objects.all().delete()
    made, failed = done(browser(keeper), "remind", *two, draft)
    assert made == {"Hosting", "Cleaning"}
    assert failed == {"Hosting 2027": "Nobody is waited for: it is not out."}
    told = Message.objects.filter(topic=events.MAIL_DUE, keys__kind="reminder")
    assert told.count() == 4  # both sides of both contracts


def test_whoever_reminds_is_not_reminded(sender, two):
    Message.objects.all().delete()
    done(browser(sender), "remind", two[0])
    told = Message.objects.filter(topic=events.MAIL_DUE, keys__kind="reminder")
    assert told.count() == 1


def test_the_owner_changes_for_those_who_may_give_it_away(keeper, sales, two):
    client = browser(keeper)
    other = builders.staff("nina", sales)
    assert done(client, "owner", *two, owner=str(other.pk))[0] == {"Hosting", "Cleaning"}
    assert {row.owner for row in Contract.objects.all()} == {other}
    outsider = builders.staff("outside")
    with tables.unchanged():
        client.post(address("owner", *two), {"owner": str(outsider.pk)})


def test_what_is_out_is_withdrawn_with_the_reason_and_the_rest_is_told_why_not(keeper, two, draft):
    client = browser(keeper)
    assert "cannot be undone" in client.get(address("withdraw", *two)).content.decode()
    with tables.unchanged():
        client.post(address("withdraw", *two), {"reason": " "})
    made, failed = done(client, "withdraw", *two, draft)
    assert made == {"Hosting", "Cleaning"}
    assert failed == {draft.title: "It is not out."}
    told = [Event.objects.of(row.trail).named(events.CONTRACT_WITHDRAWN).get() for row in two]
    assert {event.disclosures["reason"] for event in told} == {POSTS["withdraw"]["reason"]}
    with tables.unchanged():
        assert done(client, "withdraw", *two)[0] == set()


def test_all_means_what_the_list_shows_and_a_wrong_filter_shows_nothing(keeper, two, draft):
    client = browser(keeper)
    chosen = client.get(address("tag", "all", state="signing", q="Hosting")).context["can"]
    assert [row.title for row in chosen] == ["Hosting"]
    assert client.get(address("tag", "all", state="nonsense")).status_code == 404
    assert len(client.get(address("tag", "all")).context["can"]) == 3


def test_more_than_is_done_at_once_is_not_begun(keeper, two, monkeypatch):
    client = browser(keeper)
    monkeypatch.setattr(acts.TagMany, "most", 1)
    with tables.unchanged():
        shown = client.post(address("tag", *two), POSTS["tag"]).content.decode()
    assert "more than 1 contracts, which is the most at once" in shown
    monkeypatch.setattr(acts.TagMany, "most", 2)
    assert done(client, "tag", *two)[0] == {"Hosting", "Cleaning"}
