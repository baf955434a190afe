"""Sending a package: from the list, or from one of its drafts."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests import builders, tables
from tests.admin.many import address, browser
from tests.public.test_packages import draft, short  # noqa: F401 - a fixture
from wagtail_contracts.contracts.models import Contract, Package

TITLES = ("Employment", "Confidentiality")


@pytest.fixture
def two(short: Any, sender: Any) -> list[Contract]:  # noqa: F811 - the fixture
    return [draft(short, sender, title) for title in TITLES]


def shown(page: Any) -> str:
    """What the page shows, as its form carries it."""
    found = re.search(r'name="shown" value="([^"]+)"', page.content.decode())
    assert found
    return found[1]


def test_drafts_for_one_person_go_together_from_the_list(two, sender):
    client = browser(sender)
    page = client.get(address("together", *two))
    assert "To Kari Nordmann (kari@customer.example)" in page.content.decode()
    client.post(address("together", *two), {"shown": shown(page)})
    assert {Contract.objects.get(pk=one.pk).state for one in two} == {"signing"}
    assert Package.objects.get().items.count() == 2


def test_what_changed_since_it_was_shown_is_not_sent(two, sender):
    client = browser(sender)
    before = shown(client.get(address("together", *two)))
    changed = Contract.objects.get(pk=two[1].pk)
    changed.title = "Another title"
    changed.save()
    with tables.unchanged():
        page = client.post(address("together", *two), {"shown": before})
        assert "Nothing was sent" in page.content.decode()
    client.post(address("together", *two), {"shown": shown(page)})
    assert Package.objects.count() == 1


def test_one_draft_finds_the_others_that_the_same_person_signs(two, sender, short):  # noqa: F811
    other = builders.parties(sender)
    other[1].people[0].__dict__["email"] = "per@else.example"
    stranger = builders.contract(short, sender, title="For Per", values={}, parties=other)
    client = browser(sender)
    place = f"/admin/contracts/send-together/{two[0].pk}/"
    page = client.get(place).content.decode()
    assert ("Confidentiality" in page, "For Per" in page) == (True, False)
    assert client.post(place, {"others": [str(stranger.pk)]}).status_code == 200
    answer = client.post(place, {"others": [str(two[1].pk)]})
    assert (answer.status_code, f"id={two[1].pk}" in answer.url) == (302, True)
