"""Who answers for a workspace sees what was found about its contracts, and settles it."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import builders, tables
from wagtail_contracts import events
from wagtail_contracts.audit.models import Event
from wagtail_contracts.examining import Fault, ring
from wagtail_contracts.signing.models import Alarm

LIST = "wagtail_contracts_examination"


def browser(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def boss(sales: Any) -> Client:
    """The browser of somebody who administers the workspace."""
    return browser(builders.staff("boss", sales, ("view", "administer")))


@pytest.fixture
def found(sent: Any) -> Alarm:
    """Somebody showed an altered copy of the contract."""
    return ring(Alarm, Fault("copy_altered", sent.contract.trail, "some digest"))[0]


def settle(alarm: Alarm) -> str:
    return reverse("wagtail_contracts_settle", args=[f"signing-{alarm.pk}"])


def test_the_list_says_what_where_since_when_and_what_to_do(boss, found, sent):
    shown = boss.get(reverse(LIST)).content.decode()

    assert "Somebody showed an altered copy" in shown
    assert sent.contract.number in shown
    assert "some digest" in shown
    assert "Ask who shows it" in shown
    assert settle(found) in shown


def test_whoever_settles_it_says_why_and_is_named(boss, found, sent):
    with tables.unchanged():
        assert boss.get(settle(found)).status_code == 200
        assert boss.post(settle(found), {"reason": " "}).status_code == 200
    assert boss.post(settle(found), {"reason": "A test of ours"}).url == reverse(LIST)

    found.refresh_from_db()
    assert found.reason == "A test of ours"
    shown = boss.get(reverse(LIST)).content.decode()
    assert "Nothing is to be settled" in shown
    assert "A test of ours" in shown
    told = Event.objects.of(sent.contract.own_trail).named(events.MISMATCH_SETTLED).get()
    assert told.disclosures["reason"] == "A test of ours"
    with tables.unchanged():
        assert "settled this already" in boss.get(settle(found)).content.decode()


def test_others_see_nothing_of_it(found, sent, sales):
    other = builders.workspace("other")
    neighbour = browser(builders.staff("neighbour", other, ("view", "administer")))
    reader = browser(builders.staff("reader", sales, ("view",)))

    assert "altered copy" not in neighbour.get(reverse(LIST)).content.decode()
    with tables.unchanged():
        assert neighbour.get(settle(found)).status_code == 404
        assert neighbour.post(settle(found), {"reason": "No"}).status_code == 404
        assert reader.get(reverse(LIST)).status_code == 302
        assert reader.post(settle(found), {"reason": "No"}).status_code == 404


@pytest.mark.parametrize("key", ["signing-0", "signing-x", "nothing-1", "signing", "-1"])
def test_there_is_no_other_alarm(boss, found, key):
    assert boss.get(reverse("wagtail_contracts_settle", args=[key])).status_code == 404


def test_what_is_about_no_contract_is_for_superusers(boss, sales, django_user_model):
    alarm, _new = ring(Alarm, Fault("examination_away"))
    root = browser(django_user_model.objects.create_superuser("root", "r@eksempel.example", "x"))

    assert boss.get(settle(alarm)).status_code == 404
    assert "did not examine itself" in root.get(reverse(LIST)).content.decode()
    assert root.post(settle(alarm), {"reason": "A day of moving"}).status_code == 302


def test_the_home_and_the_page_of_the_contract_say_so_to_the_owner(found, sent):
    owner = browser(sent.sender)
    page = reverse("wagtail_contracts_contract:inspect", args=[sent.contract.pk])
    for url in (reverse("wagtailadmin_home"), page):
        assert "Somebody showed an altered copy" in owner.get(url).content.decode()

    Alarm.objects.update(settled_at=found.found_at)
    for url in (reverse("wagtailadmin_home"), page):
        assert "altered copy" not in owner.get(url).content.decode()


def test_the_list_asks_no_more_for_more(boss, found, sent):
    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            boss.get(reverse(LIST))
        return len(queries)

    asked()
    few = asked()
    for number in range(9):
        ring(Alarm, Fault("copy_altered", sent.contract.trail, f"digest {number}"))
    assert asked() == few
