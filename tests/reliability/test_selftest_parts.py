"""What `contracts_selftest` refuses to begin with, and what it reads off the outbox."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db.models.functions import Now

from wagtail_contracts.outbox import flows as outbox
from wagtail_contracts.outbox import topics
from wagtail_contracts.outbox.models import Message, Worker
from wagtail_contracts.signing.flows.trial import Unmet
from wagtail_contracts.signing.management.selftest import worker

UNREADABLE = {
    "missing": (lambda path: None, "No such file or directory"),
    "a folder": (lambda path: path.mkdir(), "Is a directory"),
    "no text": (
        lambda path: path.write_bytes(b"# A\n\xff\xfe\x00"),
        ":2: not UTF-8, byte 4",
    ),
    "too large": (lambda path: path.write_bytes(b"#" * ((4 << 20) + 1)), "too large: 4194305"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_a_file_that_is_no_text_is_named_before_anything_is_tried(name, tmp_path, capsys):
    path = tmp_path / "terms.md"
    make, why = UNREADABLE[name]
    make(path)

    with pytest.raises(CommandError) as refused:
        call_command("contracts_selftest", "--from", str(path))

    assert str(refused.value).startswith(str(path))
    assert why in str(refused.value)
    assert refused.value.returncode == 1
    assert capsys.readouterr().out == ""


UNWRITABLE = {
    "in no folder": (lambda path: path.parent.rmdir(), "No such file or directory"),
    "a folder": (lambda path: path.mkdir(), "Is a directory"),
    "another file": (lambda path: path.write_text("# My agreement"), "is no PDF, so it is not"),
}


@pytest.mark.parametrize("name", UNWRITABLE)
def test_a_place_that_takes_no_file_is_named_before_anything_is_tried(name, tmp_path, capsys):
    path = tmp_path / "folder" / "kept.pdf"
    path.parent.mkdir()
    make, why = UNWRITABLE[name]
    make(path)
    before = [(there, there.is_file() and there.read_bytes()) for there in tmp_path.rglob("*")]

    with pytest.raises(CommandError) as refused:
        call_command("contracts_selftest", "--out", str(path))

    assert str(refused.value).startswith(f"{path} ")
    assert why in str(refused.value)
    assert capsys.readouterr().out == ""
    after = [(there, there.is_file() and there.read_bytes()) for there in tmp_path.rglob("*")]
    assert after == before


@pytest.mark.django_db
def test_messages_that_wait_for_too_long_are_named():
    """Though a worker gives signs of life: it does not get them done."""
    outbox.beat("here")
    topics.subscribe("test.late", "reader", lambda message: None)
    [message] = outbox.post("test.late")
    due = Message.objects.filter(pk=message.pk)

    due.update(not_before=Now() - timedelta(minutes=9, seconds=59))
    assert worker.seen() == "here"
    due.update(not_before=Now() - timedelta(minutes=10, seconds=1))
    with pytest.raises(Unmet) as unmet:
        worker.seen()

    [missing] = unmet.value.missing
    assert missing.what.startswith("1 messages wait, one since ")
    assert missing.cure.startswith("Read the log of manage.py outbox_deliver")


@pytest.mark.django_db
def test_a_worker_that_fell_silent_during_the_trial_is_named():
    outbox.beat("here")
    begun = time.monotonic() - 20
    assert worker.still_seen(begun) == "here"

    Worker.objects.update(seen_at=Now() - timedelta(seconds=21))
    assert worker.seen() == "here"
    with pytest.raises(Unmet):
        worker.still_seen(begun)
