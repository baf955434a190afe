"""S-23: what one side says to itself reaches the other in no byte of mails and sealed files."""

from __future__ import annotations

import json
from datetime import timedelta
from unittest import mock

import pytest
from django.core import mail
from django.utils import timezone

from tests import builders, signatures
from tests.flows.contracts.test_talking import begin
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import Comment
from wagtail_contracts.outbox import flows as outbox
from wagtail_contracts.outbox.models import Message
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.sealing.models import SealedFile

MARKER = "Zebrafink"
EVENT = "aside.noted"


def words(letter):
    """All that a mail says, in each of its forms."""
    return "\n".join([letter.subject, letter.body, *(form[0] for form in letter.alternatives)])


@pytest.mark.parametrize("side", ["ours", "theirs"])
def test_no_mail_and_no_sealed_file_holds_a_word_of_the_other_side(answered, side):
    mine, other = answered.ola, answered.kari
    if side == "theirs":
        mine, other = other, mine
    by = builders.guest(mine)
    thread = begin(answered, mine, f"{MARKER} @{other.name}", by=by, side=mine.party)
    contracts.reply(thread, MARKER, by=by, participant=mine)
    begin(answered, mine, "For everyone", by=by)
    signatures.sign(answered.kari)
    signatures.sign(answered.ola)
    Message.objects.update(not_before=timezone.now() - timedelta(seconds=1))
    outbox.deliver()

    files = sealing.verify(sealing.content(SealedFile.objects.get())).files
    trail = json.loads(files["evidence.json"])["trail"]["records"]
    names = [json.loads(record)["name"] for record in trail]
    assert "comment.made" in names
    assert EVENT not in names
    sent = [words(letter) for letter in mail.outbox if other.email in letter.to]
    for found in (*sent, *(data.decode("utf-8", "replace") for data in files.values())):
        assert MARKER not in found
        assert thread.public_id not in found
    assert any("sealed" in letter for letter in sent)
    assert Comment.objects.filter(text__contains=MARKER).count() == 2


def test_a_mail_tells_who_spoke_and_where_and_not_what(in_review):
    begin(in_review, None, MARKER)
    later = timezone.now() + timedelta(minutes=11)
    Message.objects.filter(keys__kind="commented").update(not_before=timezone.now())
    with mock.patch.object(timezone, "now", return_value=later):
        outbox.deliver()

    (letter,) = [one for one in mail.outbox if "commented" in one.subject]
    assert letter.to == [in_review.kari.email]
    assert letter.subject == "Ola Nordmann commented on Hosting 2027"
    assert MARKER not in words(letter)
