"""Whoever has a link buries nobody: so many threads and suggestions in a contract in a day."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import builders, suggestions, tables
from tests.flows.contracts.test_talking import begin
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.errors import CommentRefused, SuggestionRefused
from wagtail_contracts.contracts.flows import quotas, suggesting

VALUES = {"price": {"amount": "5300.00", "currency": "NOK"}, "start": "2027-01-15"}
QUOTAS = "wagtail_contracts.contracts.flows.quotas"


@pytest.fixture
def draft(sales, sender):
    page = builders.template(sales, "Seats", body=suggestions.BODY)
    return builders.contract(page, sender, values=VALUES)


def tomorrow(monkeypatch):
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(days=1, seconds=1))


def test_somebody_begins_so_many_threads_in_a_contract_in_a_day(in_review, monkeypatch):
    monkeypatch.setattr(f"{QUOTAS}.BEGUN_IN_A_DAY", 2)
    kari = in_review.kari
    threads = [begin(in_review, kari), begin(in_review, kari, kind="question", side=kari.party)]
    contracts.reply(begin(in_review, None), "Mine.", by=builders.guest(kari), participant=kari)
    with tables.unchanged(), pytest.raises(CommentRefused, match="begun 2 conversations") as error:
        begin(in_review, kari, "One more.")
    assert list(error.value.problems) == [""]

    contracts.reply(threads[0], "More.", by=builders.guest(kari), participant=kari)
    wish = suggestions.wish(in_review.version, "Price", "Free.")
    assert suggestions.suggest(in_review, wish).is_open
    begin(in_review, in_review.ola)
    begin(in_review, None)
    tomorrow(monkeypatch)
    begin(in_review, kari)


def test_somebody_makes_so_many_suggestions_in_a_contract_in_a_day(in_review, monkeypatch):
    monkeypatch.setattr(f"{QUOTAS}.SUGGESTED_IN_A_DAY", 2)
    wishes = [suggestions.wish(in_review.version, "Price", f"For {n}.") for n in range(4)]
    begin(in_review, in_review.kari)
    made = [suggestions.suggest(in_review, wish) for wish in wishes[:2]]
    contracts.dismiss(made[0], by=in_review.owner)
    with tables.unchanged(), pytest.raises(SuggestionRefused, match="made 2 suggestions") as error:
        suggestions.suggest(in_review, wishes[2])
    assert list(error.value.problems) == [""]

    begin(in_review, in_review.kari)
    tomorrow(monkeypatch)
    assert suggestions.suggest(in_review, wishes[2]).is_open


def test_one_participant_leaves_room_for_others():
    assert quotas.SUGGESTED_IN_A_DAY < suggesting.MOST_OPEN
