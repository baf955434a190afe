"""A log with a key of its own, and the commands."""

import io
import uuid
import weakref
from contextlib import contextmanager
from datetime import timedelta
from unittest import mock

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models.sql import compiler
from django.utils import timezone

from tests.kinds import GREW
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.audit.backends import keys

ORIGIN = "contracts.example.org/audit"
ANCHORS = "wagtail_contracts.audit.backends.anchors"


@pytest.fixture
def attested(settings, tmp_path):
    """Checkpoints are signed by a key in a file; returns the file."""
    path = tmp_path / "checkpoint.pem"
    keys.make(path)
    given = settings.WAGTAIL_CONTRACTS
    settings.WAGTAIL_CONTRACTS = {**given, "AUDIT": {"ORIGIN": ORIGIN, "KEY": path}}
    return path


@pytest.fixture
def grow(ola):
    """Let a trail grow by so many events; returns its key."""

    def more(count=1, key=""):
        key = key or uuid.uuid4().hex
        with transaction.atomic():
            for number in range(count):
                audit.record(key, GREW, {"n": number}, by=ola)
        return key

    return more


@pytest.fixture
def kept(attested, settings, tmp_path, grow):
    """Three trails under three checkpoints; a file and a mailbox keep the notes. The keys.

    The file can be read from here, the mailbox can't.
    """
    ours, place = settings.WAGTAIL_CONTRACTS, {"path": tmp_path / "notes.txt"}
    anchors = {
        "disk": {"BACKEND": f"{ANCHORS}.FileAnchor", "OPTIONS": place},
        "board": {"BACKEND": f"{ANCHORS}.MailAnchor", "OPTIONS": {"to": ["b@eksempel.example"]}},
    }
    settings.WAGTAIL_CONTRACTS = {**ours, "AUDIT": {**ours["AUDIT"], "ANCHORS": anchors}}
    keys = [grow(4) for _trail in range(3)]
    for _round in range(2):
        audit.checkpoint()
        audit.anchor()
        grow(2, keys[0])
    audit.checkpoint()
    audit.anchor()
    return keys


def later(hours=25):
    """An hour of another cycle."""
    moment = timezone.now() + timedelta(hours=hours)
    return mock.patch("django.utils.timezone.now", return_value=moment)


def examine():
    """As long as it takes."""
    return audit.examine(600)


@contextmanager
def no_row_left():
    """PostgreSQL has a cursor for rows that are read bit by bit, which ends with its transaction.

    Who closes it later breaks the transaction that is open then.
    """
    begun, plain = [], compiler.cursor_iter

    def noted(*args):
        rows = plain(*args)
        begun.append(weakref.ref(rows))
        return rows

    with mock.patch.object(compiler, "cursor_iter", noted):
        yield
    assert begun
    assert [rows for one in begun if (rows := one())] == []


def run(name, *words):
    """The exit code of a command, and all that it said."""
    said = io.StringIO()
    try:
        call_command(name, *words, stdout=said, stderr=said)
    except CommandError as error:
        return error.returncode, f"{said.getvalue()}{error}"
    return 0, said.getvalue()
