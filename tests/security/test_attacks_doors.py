"""What has ended stays shut by every door: withdrawn contracts, closed accounts, other requests."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.test import Client

from tests import mails, tables
from tests.public import stages, visits
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import Agreement


@pytest.mark.parametrize("ended", [False, True])
def test_a_form_of_an_older_version_shows_nothing_of_what_is_withdrawn(
    in_review: Any, ended: bool
) -> None:
    client, form = visits.enter(in_review.kari), visits.shown(in_review.kari)
    stages.revise(in_review, title="Qzxnever said")
    if ended:
        contracts.withdraw(in_review.contract, "Why", by=in_review.owner)

    with tables.unchanged():
        answer = client.post(visits.page("agree", in_review.kari), form)
    told = (answer.status_code, b"Qzxnever" in answer.content)
    assert told == ((303, False) if ended else (409, True))
    assert not Agreement.objects.exists()


def closed(stage: Any) -> None:
    stage.ola.user.is_active = False
    stage.ola.user.save()


def test_a_link_of_a_closed_account_and_its_open_page_end_at_once(answered: Any) -> None:
    link, client = visits.landing(answered.ola), visits.enter(answered.ola)
    where = visits.page("contract", answered.ola)
    assert (Client().get(link).status_code, client.get(where).status_code) == (200, 200)

    closed(answered)
    with tables.unchanged():
        assert Client().get(link).status_code == 404
        assert Client().post(link).status_code == 404
        assert client.get(where).status_code == 404
    other = visits.page("contract", answered.kari)
    assert visits.enter(answered.kari).get(other).status_code == 200


@pytest.mark.parametrize("left", [False, True])
def test_no_mail_goes_to_a_closed_account(answered: Any, left: bool) -> None:
    if left:
        closed(answered)
    for person in (answered.ola, answered.kari):
        contracts.remind(person, by=SYSTEM)
    mails.sent()
    to = [recipient for letter in mail.outbox for recipient in letter.to]
    assert answered.kari.email in to
    assert (answered.ola.email in to) is not left
