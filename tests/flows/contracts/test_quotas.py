"""Sending is no spam cannon: so many people for a contract, a sender and a workspace in a day."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests import builders, tables
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.errors import NotReady
from wagtail_contracts.contracts.models import Contract

pytestmark = pytest.mark.django_db
ROOMY = {"RECIPIENTS": 9, "RECIPIENTS_A_DAY": 9, "RECIPIENTS_A_DAY_IN_WORKSPACE": 9}


@pytest.fixture
def limited(settings):
    def limit(**most: Any) -> None:
        ours = settings.WAGTAIL_CONTRACTS
        ours = {**ours, "CONTRACTS": {**ours["CONTRACTS"], **ROOMY, **most}}
        settings.WAGTAIL_CONTRACTS = ours

    return limit


def made(page: Any, user: Any, *emails: str) -> Contract:
    """A draft for people with these addresses."""
    ours, theirs = builders.parties(user)
    people = [contracts.PersonDraft(email.split("@")[0], email) for email in emails]
    theirs = contracts.PartyDraft(theirs.role, theirs.name, people=people)
    return builders.contract(page, user, parties=[ours, theirs])


def send(contract: Contract, user: Any) -> None:
    contracts.send(contract, builders.shown(contract), into="signing", by=builders.actor(user))


def later(contract: Contract, user: Any) -> None:
    at, by = timezone.now() + timedelta(days=2), builders.actor(user)
    contracts.schedule(contract, builders.shown(contract), into="signing", at=at, by=by)


def unsent() -> Any:
    """Nothing changes but that the administrators are to be told."""
    return tables.unchanged(but=("outbox_message",))


@pytest.mark.parametrize("how", [send, later])
def test_a_contract_goes_to_so_many_people_of_other_sides(template, sender, limited, how):
    limited(RECIPIENTS=2)
    three = made(template, sender, "a@x.example", "b@x.example", "c@x.example")
    with tables.unchanged(), pytest.raises(NotReady, match="more than 2 people"):
        how(three, sender)
    how(made(template, sender, "a@x.example", "b@x.example"), sender)


@pytest.mark.parametrize("how", [send, later])
def test_a_sender_reaches_so_many_addresses_in_a_day(sales, template, sender, limited, how):
    limited(RECIPIENTS_A_DAY=2)
    for email in ("a@x.example", "b@x.example"):
        how(made(template, sender, email), sender)
    third = made(template, sender, "c@x.example")
    with unsent(), pytest.raises(NotReady, match="More than 2 people"):
        how(third, sender)
    how(made(template, sender, "A@x.example"), sender)
    eva = builders.staff("eva", sales)
    how(made(template, eva, "c@x.example"), eva)


def test_a_workspace_reaches_so_many_addresses_in_a_day(sales, template, sender, limited):
    limited(RECIPIENTS_A_DAY_IN_WORKSPACE=2)
    eva = builders.staff("eva", sales)
    send(made(template, sender, "a@x.example"), sender)
    send(made(template, eva, "b@x.example"), eva)
    third = made(template, eva, "c@x.example")
    with unsent(), pytest.raises(NotReady, match="More than 2 people"):
        send(third, eva)
    send(made(template, eva, "a@x.example"), eva)


def test_the_next_day_there_is_room_again(template, sender, limited, monkeypatch):
    limited(RECIPIENTS_A_DAY=1)
    send(made(template, sender, "a@x.example"), sender)
    second = made(template, sender, "b@x.example")
    with unsent(), pytest.raises(NotReady):
        send(second, sender)
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(days=1, seconds=1))
    send(second, sender)


def test_a_site_names_the_domains_that_contracts_go_to(template, sender, limited):
    limited(RECIPIENT_DOMAINS=["X.example"])
    two = made(template, sender, "a@x.example", "b@sub.x.example")
    with tables.unchanged(), pytest.raises(NotReady, match=r"addresses at sub\.x\.example"):
        send(two, sender)
    send(made(template, sender, "a@x.EXAMPLE"), sender)
