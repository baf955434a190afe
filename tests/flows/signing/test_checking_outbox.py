"""contracts_check names dead messages, also those of another app, whose keys mean another thing."""

import pytest
from django.db.models.functions import Now

from wagtail_contracts import events
from wagtail_contracts.outbox.core import backoff
from wagtail_contracts.outbox.models import Message
from wagtail_contracts.signing.flows.checking import site


@pytest.mark.parametrize(
    ("topic", "key"),
    [("site.filed", "F-17"), ("site.filed", ""), (events.CONTRACT_SIGNED, 10**6)],
    ids=["a word", "nothing", "ours, about a contract that is gone"],
)
def test_a_dead_message_without_a_contract_is_named_without_a_number(db, topic, key):
    Message.objects.create(
        topic=topic,
        subscriber="site.file",
        keys={"contract": key},
        attempts=backoff.ATTEMPTS,
        dead_at=Now(),
    )

    found = [(finding.code, finding.contract) for finding in site.outbox()]

    assert found == [("outbox_dead", "")]


def test_a_dead_message_about_a_contract_has_its_number(sent):
    Message.objects.create(
        topic=events.CONTRACT_SIGNED,
        subscriber="signing.seal",
        keys={"contract": sent.contract.pk},
        attempts=backoff.ATTEMPTS,
        dead_at=Now(),
    )

    found = [(finding.code, finding.contract) for finding in site.outbox()]

    assert found == [("outbox_dead", sent.contract.number)]
