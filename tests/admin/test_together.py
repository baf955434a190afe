"""Sending a package: from the list, or from one of its drafts."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests import builders, mails, tables
from tests.admin import posts
from tests.admin.many import address, browser
from tests.flows.contracts.test_scheduling import minute  # noqa: F401 - a fixture
from tests.public.test_packages import draft, short  # noqa: F401 - a fixture
from wagtail_contracts.contracts.models import Contract, Package, PlannedSending

TITLES = ("Employment", "Confidentiality")


@pytest.fixture
def two(short: Any, sender: Any) -> list[Contract]:  # noqa: F811 - the fixture
    return [draft(short, sender, title) for title in TITLES]


def shown(page: Any) -> str:
    """What the page shows, as its form carries it."""
    found = re.search(r'name="shown" value="([^"]+)"', page.content.decode())
    assert found
    return found[1]


def states(some: list[Contract]) -> set[str]:
    return {Contract.objects.get(pk=one.pk).state for one in some}


def test_drafts_for_one_person_go_together_from_the_list(two, sender):
    client = browser(sender)
    page = client.get(address("together", *two))
    assert "To Kari Nordmann (kari@customer.example)" in page.content.decode()
    assert 'for="id_shown"' not in page.content.decode()  # a label of what nobody sees
    client.post(address("together", *two), {"shown": shown(page)})
    assert {Contract.objects.get(pk=one.pk).state for one in two} == {"signing"}
    assert [package.items.count() for package in Package.objects.all()] == [2, 2]  # theirs, ours


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
    assert states(two) == {"signing"}


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


def test_a_package_that_was_sent_can_be_called_off_for_a_minute(two, sender, minute):  # noqa: F811
    client = browser(sender)
    page = client.get(address("together", *two))
    said = {"shown": shown(page), "message": "Welcome."}
    answer = client.post(address("together", *two, next="/admin/"), said, follow=True)
    assert (states(two), mails.sent()) == ({"draft"}, [])
    way = posts.address("call_off", two[0].pk)
    assert f'href="{way}"' in answer.content.decode()
    overview = client.get(posts.address("inspect", two[1].pk)).content.decode()
    assert "one of 2 contracts that leave as a package" in overview
    assert "data-wc-left" in overview
    assert "one of 2 contracts" in client.get(way).content.decode()
    again = client.get(address("together", *two)).content.decode()
    assert (again.count("It is confirmed already"), "Send the package<" in again) == (2, False)

    client.post(posts.address("call_off", two[1].pk))
    assert (states(two), PlannedSending.objects.count(), mails.sent()) == ({"draft"}, 0, [])
    page = client.get(address("together", *two))
    assert "Welcome." in page.content.decode()
    client.post(address("together", *two), {"shown": shown(page)})
    assert PlannedSending.objects.count() == 2


def test_a_package_leaves_at_a_moment_that_lies_ahead(two, sender):
    client = browser(sender)
    given = {"shown": shown(client.get(address("together", *two)))}
    with tables.unchanged():
        page = client.post(address("together", *two), {**given, "at": "2020-01-01T10:00"})
        assert "Choose a moment within a year from now." in page.content.decode()
    later = timezone.localtime(timezone.now() + timedelta(days=2)).replace(second=0, microsecond=0)
    client.post(address("together", *two), {**given, "at": later.strftime("%Y-%m-%dT%H:%M")})
    assert {plan.at for plan in PlannedSending.objects.all()} == {later}
    assert states(two) == {"draft"}
