"""Code of a site that hears of a write and breaks it takes all of the flow with it, or nothing."""

from contextlib import suppress

import pytest
from django.db import DatabaseError, transaction
from django.db.models.signals import post_save

from tests import builders, tables
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import Contract
from wagtail_contracts.outbox.models import Message

pytestmark = pytest.mark.django_db(transaction=True)


def answer(sent):
    by = builders.guest(sent.kari)
    return contracts.answer(sent.kari, sent.version.digest, builders.ANSWERS, by=by)


def hurt():
    """Fail in the database, as a deadlock between two indexers does."""
    twice = Message(public_id="twice", topic="x", subscriber="x")
    Message.objects.bulk_create([twice, Message(public_id="twice", topic="x", subscriber="x")])


def clumsy(sender, **kwargs):
    """A receiver that hides that it has broken the transaction."""
    with suppress(DatabaseError):
        hurt()


def test_a_receiver_that_hides_an_error_stops_the_flow(sent):
    """Otherwise Django would take back the contract's own row and keep the rest."""
    post_save.connect(clumsy, sender=Contract)
    try:
        with tables.unchanged(), pytest.raises(transaction.TransactionManagementError):
            answer(sent)
    finally:
        post_save.disconnect(clumsy, sender=Contract)

    made = answer(sent)
    assert Contract.objects.get().current_version == made
