"""Whoever sent a text to many hears once a day how many signed it, and not of each."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests import mails, signatures
from tests.flows.contracts.test_circulars import begun, conduct, made_by_the_worker, people, staff
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import CircularMember, Notification

__all__ = ["conduct", "staff"]
pytestmark = pytest.mark.django_db


def test_one_line_a_day_says_how_many_signed(conduct: Any, staff: Any, sender: Any) -> None:
    people(3, staff)
    begun(conduct, staff, sender)
    made_by_the_worker()
    mails.forget()
    rows = list(CircularMember.objects.select_related("participant"))
    for row in rows:
        signatures.sign(row.participant)
    assert [letter for letter in mails.sent() if letter.to == [sender.email]] == []
    assert Notification.objects.filter(user=sender, kind="sealed").count() == 3

    Notification.objects.exclude(due_at=None).update(due_at=timezone.now() - timedelta(seconds=1))
    contracts.post_digests(by=SYSTEM)
    [letter] = [letter for letter in mails.sent() if letter.to == [sender.email]]
    assert letter.body.count("3 contracts of Code of conduct 2099 are signed and sealed") == 1
    text = rows[0].round.circular
    assert f"/admin/contract-texts-for-many/{text.public_id}/" in letter.body


def test_what_comes_of_a_single_contract_comes_at_once(answered: Any) -> None:
    mails.forget()
    signatures.sign_all(answered)
    mails.sent()
    sealed = Notification.objects.get(user=answered.sender, kind="sealed")
    assert (sealed.how, bool(sealed.mailed_at)) == ("at_once", True)
