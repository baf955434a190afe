"""A mail that does not arrive is told to the owner once."""

import pytest

from tests import builders
from tests.announcements import announced
from wagtail_contracts import events
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts import tasks
from wagtail_contracts.contracts.models import Participant
from wagtail_contracts.outbox.models import Message


def fail(attempts, error):
    """Let the invitation to Kari fail so many times."""
    found = Message.objects.filter(topic=events.MAIL_DUE, keys__kind="invitation").order_by("pk")
    message = next(one for one in found if "user" not in one.keys)
    Message.objects.filter(pk=message.pk).update(attempts=attempts, last_error=error)
    return message


@pytest.mark.parametrize(
    ("attempts", "error", "told"),
    [
        (2, "ConnectionRefusedError: no", False),
        (3, "ConnectionRefusedError: no", True),
        (1, "SMTPRecipientsRefused: unknown", True),
    ],
)
def test_an_owner_is_told_of_what_does_not_mend_itself(sent, attempts, error, told):
    message = fail(attempts, error)
    with announced(sent.contract) as heard:
        tasks.tell_undelivered()
        tasks.tell_undelivered()

    person = Participant.objects.get(pk=message.keys["participant"]).public_id
    data = {"message": message.public_id, "kind": "invitation", "participant": person}
    assert heard.own == [(events.DELIVERY_FAILED, data)] * told
    assert heard.mails == [("undelivered", "owner")] * told


def test_a_mail_to_staff_that_fails_is_told_to_nobody(sent):
    contracts.change_owner(sent.contract, builders.staff("eva", sent.contract.workspace), by=SYSTEM)
    told = Message.objects.filter(keys__kind="owner_changed")
    assert told.update(attempts=8, last_error="SMTPRecipientsRefused: unknown") == 2
    with announced(sent.contract) as heard:
        tasks.tell_undelivered()

    assert (heard.own, heard.mails) == ([], [])
