"""What one press sends twice is said once: one thread, one answer, told once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import builders, tables
from tests.flows.contracts.test_talking import begin, block_called
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.flows import quotas
from wagtail_contracts.contracts.models import Comment, Thread


@pytest.fixture
def price(in_review):
    return block_called(in_review.version, "Price")


def test_the_same_a_second_time_is_the_first(in_review, price):
    first = begin(in_review, in_review.kari, block=price)
    with tables.unchanged():
        assert begin(in_review, in_review.kari, block=price) == first
    ours = begin(in_review, None, block=price)
    with tables.unchanged():
        assert begin(in_review, None, block=price) == ours
    assert Thread.objects.count() == 2


@pytest.mark.parametrize(
    "other",
    [
        {"text": "May we begin earlier?"},
        {"block": ""},
        {"quote": "Price"},
        {"kind": "question"},
        {"side": "own"},
    ],
    ids=lambda other: next(iter(other)),
)
def test_what_differs_is_said_beside_it(in_review, price, other):
    kari = in_review.kari
    first = begin(in_review, kari, block=price)
    how = {"block": price, **other}
    if "side" in other:
        how["side"] = kari.party
    assert begin(in_review, kari, **how) != first
    assert Thread.objects.count() == 2


def test_somebody_else_says_the_same_beside_it(in_review, price):
    said = {begin(in_review, person, block=price) for person in (in_review.kari, in_review.ola)}
    assert len(said) == 2


def test_a_minute_later_it_is_said_again(in_review, price, monkeypatch):
    first = begin(in_review, in_review.kari, block=price)
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(seconds=61))
    assert begin(in_review, in_review.kari, block=price) != first


def test_what_was_answered_in_the_same_words_is_no_beginning(in_review, price):
    asked = begin(in_review, None, "Is this fine?", block=price)
    by = builders.guest(in_review.kari)
    contracts.reply(asked, "Yes.", by=by, participant=in_review.kari)
    assert begin(in_review, in_review.kari, "Yes.", block=price) != asked


def test_an_answer_that_comes_twice_is_one(in_review, price):
    kari, thread = in_review.kari, begin(in_review, None, block=price)
    how = {"by": builders.guest(kari), "participant": kari}
    first = contracts.reply(thread, "Yes.", **how)
    with tables.unchanged():
        assert contracts.reply(thread, "Yes.", **how) == first
    assert contracts.reply(thread, "Yes, please.", **how) != first
    assert contracts.reply(thread, "Yes.", by=in_review.owner) != first
    assert Comment.objects.count() == 4


def test_the_second_of_the_last_that_a_day_allows_is_no_refusal(in_review, price, monkeypatch):
    monkeypatch.setattr(quotas, "BEGUN_IN_A_DAY", 1)
    first = begin(in_review, in_review.kari, block=price)
    assert begin(in_review, in_review.kari, block=price) == first
