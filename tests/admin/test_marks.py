"""Folders and tags get other names or go, by whoever administers them; contracts stay."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests import builders, tables
from wagtail_contracts import events
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.errors import NameRefused, NotAllowed
from wagtail_contracts.contracts.models import Contract, Folder, Listing, Tag, Workspace


def address(name: str, space: Workspace, **query: Any) -> str:
    url = reverse(f"wagtail_contracts_workspace:{name}", args=[space.pk])
    return f"{url}?{'&'.join(f'{key}={value}' for key, value in query.items())}"


@pytest.fixture
def eve(sales: Workspace) -> Any:
    """Who administers sales."""
    return builders.staff("eve", sales, ("view", "administer"))


@pytest.fixture
def folder(draft: Contract, sender: Any) -> Folder:
    """One with the draft in it."""
    contracts.put_into(draft, "Spring", by=builders.actor(sender))
    return Folder.objects.get()


@pytest.fixture
def tag(draft: Contract, sender: Any) -> Tag:
    """One that the draft has."""
    contracts.tag(draft, ["Urgent"], by=builders.actor(sender))
    return Tag.objects.get()


def found(word: str) -> list[Contract]:
    return list(Contract.objects.all().holding(word))


def told(space: Workspace, name: str) -> tuple[dict[str, Any], dict[str, str]]:
    [event] = Event.objects.of(space.trail).named(name).with_disclosures()
    return event.data, event.disclosures


def test_a_folder_gets_another_name_and_contracts_stay_in_it(client, eve, sales, draft, folder):
    client.force_login(eve)
    page = client.get(address("marks", sales)).content.decode()
    assert "Spring" in page
    assert "1 contract" in page
    url = address("mark", sales, folder=folder.pk)
    assert client.post(url, {"name": " Autumn  2027 "}).url == address("marks", sales).rstrip("?")
    assert Listing.objects.get(contract=draft).folder.name == "Autumn 2027"
    data, disclosed = told(sales, events.FOLDER_RENAMED)
    assert data == {"mark": folder.pk}
    assert (disclosed["name"], disclosed["was"]) == ("Autumn 2027", "Spring")
    trail = client.get(address("trail", sales)).content.decode()
    assert "called the folder “Spring” “Autumn 2027”" in trail


def test_a_folder_goes_and_what_lay_in_it_stays(client, eve, sales, draft, folder):
    client.force_login(eve)
    url = address("mark", sales, folder=folder.pk)
    with tables.unchanged():
        assert "1 contract lies in it" in client.get(url).content.decode()
    assert client.post(url, {"do": "remove"}).status_code == 302
    assert Contract.objects.get() == draft
    assert Listing.objects.get(contract=draft).folder is None
    assert told(sales, events.FOLDER_REMOVED)[0] == {"mark": folder.pk, "contracts": 1}
    assert client.get(url).status_code == 404


def test_what_a_tag_is_called_is_what_contracts_are_found_by(eve, draft, tag):
    by = builders.actor(eve)
    assert found("urgent") == [draft]
    contracts.rename_mark(tag, "Pressing", by=by)
    assert (found("urgent"), found("pressing")) == ([], [draft])
    assert contracts.remove_mark(tag, by=by) == 1
    assert found("pressing") == []
    assert not draft.tagged.exists()


@pytest.mark.parametrize("name", ["late", "a, b", " ", "x" * 61])
def test_a_name_that_there_is_already_or_that_is_none_is_refused(
    client, eve, sales, draft, tag, name
):
    contracts.tag(draft, ["Late"], by=builders.actor(draft.owner))
    client.force_login(eve)
    url = address("mark", sales, tag=tag.pk)
    with tables.unchanged():
        assert client.post(url, {"name": name}).status_code == 200
    assert client.post(url, {"name": "URGENT"}).status_code == 302


def test_what_is_gone_is_neither_renamed_nor_removed_again(eve, tag):
    by = builders.actor(eve)
    contracts.remove_mark(Tag.objects.get(), by=by)
    with tables.unchanged():
        with pytest.raises(NameRefused):
            contracts.rename_mark(tag, "Pressing", by=by)
        with pytest.raises(NameRefused):
            contracts.remove_mark(tag, by=by)


def test_only_who_administers_its_own_workspace_changes_one(sales, sender, eve, folder):
    legal = builders.workspace("legal")
    other = builders.staff("per", legal, ("view", "administer"))
    for user in (sender, other):
        client = Client()
        client.force_login(user)
        with tables.unchanged():
            for place in (sales, legal):
                url = address("mark", place, folder=folder.pk)
                assert client.get(url).status_code == 404
                assert client.post(url, {"do": "remove"}).status_code == 404
            with pytest.raises(NotAllowed):
                contracts.remove_mark(folder, by=builders.actor(user))
            with pytest.raises(NotAllowed):
                contracts.rename_mark(folder, "Mine", by=builders.actor(user))
    contracts.rename_mark(folder, "Hers", by=builders.actor(eve))


@pytest.mark.parametrize("query", [{}, {"tag": "x"}, {"folder": "9" * 30}])
def test_an_address_that_names_none_finds_none(client, eve, sales, query):
    client.force_login(eve)
    assert client.get(address("mark", sales, **query)).status_code == 404
