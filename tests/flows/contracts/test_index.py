"""The index for search follows what was committed, and whatever becomes of it undoes nothing."""

from contextlib import suppress
from unittest import mock

import pytest
from django.db import DatabaseError, transaction
from django.db.models.signals import post_save
from modelsearch.backends.base import BaseSearchBackend
from wagtail.search.backends import get_search_backend

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


def test_an_index_that_fails_undoes_nothing(sent):
    with mock.patch.object(BaseSearchBackend, "add", side_effect=lambda instance: hurt()) as add:
        made = answer(sent)

    contract = Contract.objects.get()
    assert add.called
    assert made.number == 2
    assert contract.current_version == made
    assert contract.versions.count() == 2


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


def found(words):
    return [one.pk for one in get_search_backend().search(words, Contract.objects.all())]


def test_the_index_follows_what_was_committed(draft):
    edited = Contract.objects.get()
    edited.title = "Quicksilver"
    with suppress(ZeroDivisionError), transaction.atomic():
        edited.save()
        raise ZeroDivisionError
    assert found("Quicksilver") == []

    edited.save()
    assert found("Quicksilver") == [edited.pk]

    edited.delete()
    assert found("Quicksilver") == []
