"""Flows that are killed, and what must come of them."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

from django.utils import timezone

from tests import announcements, signatures
from tests.reliability import afterwards, kills, rivals
from tests.reliability.rewinding import Point
from wagtail_contracts import events
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts.models import Contract
from wagtail_contracts.outbox.models import Message, MessageQuerySet
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.sealing.models import SealedFile

TASK = "signing.seal"


def all_signed() -> Contract:
    """A contract that all have signed; nothing waits in the outbox but its sealing."""
    stage = rivals.out(*rivals.arena())
    for who in (stage.ola, stage.kari):
        signatures.sign(who, signatures.proof(who))
    Message.objects.exclude(subscriber=TASK).delete()
    return Contract.objects.get()


@contextmanager
def quick(level: str = "B-B", lacks: str = "") -> Iterator[None]:
    """Instead of printing and sealing: new bytes each time, as a real seal has."""

    def stand_in(bundle: Any, *, test: bool) -> sealing.Sealed:
        assert not test
        return made(bundle.identifier.encode(), level, lacks)

    with mock.patch.object(sealing, "seal", stand_in):
        yield


def made(inside: bytes, level: str, lacks: str = "") -> sealing.Sealed:
    """A file that nobody sealed; no two have the same bytes."""
    content = b"%PDF-" + inside[:100] + os.urandom(2000)
    digest, now = hashlib.sha256(content).hexdigest(), timezone.now()
    return sealing.Sealed(content, digest, level, "Test", "0" * 64, now, 1, lacks)


class Sealing:
    """A contract that all have signed, and the one file that must come of it."""

    def __init__(self, contract: Contract, folder: Path) -> None:
        self.contract, self.folder, self.point = contract, folder, Point()
        self.rows = Counter[int]()

    def flow(self) -> None:
        """What the worker does."""
        afterwards.deliver(limit=1)

    def waiting(self) -> MessageQuerySet:
        """The message that asks for it."""
        return Message.objects.unfinished().filter(subscriber=TASK)

    def found(self, death: kills.Death) -> None:
        """No name ever holds half a file; and how far the dead one came."""
        for path in self.folder.glob("*.pdf"):
            assert hashlib.sha256(path.read_bytes()).hexdigest() == path.stem, str(death)
        self.rows[SealedFile.objects.count()] += 1

    def verdict(self) -> None:
        """One file, one event, one mail to each."""
        row = SealedFile.objects.get()
        data = (self.folder / row.name).read_bytes()
        assert hashlib.sha256(data).hexdigest() == row.digest == row.name.removesuffix(".pdf")
        assert (row.subject, sealing.content(row)) == (self.contract.current_version.digest, data)
        told = list(Event.objects.of(self.contract.trail).named(events.DOCUMENT_SEALED))
        assert [event.data["file"] for event in told] == [row.digest]
        self.nothing_failed()
        audit.verify(self.contract.trail, deep=True)
        posted = Message.objects.filter(topic=events.MAIL_DUE, keys__kind="sealed")
        assert sorted(announcements.reader(mail) for mail in posted) == ["kari", "owner"]
        assert Message.objects.get(subscriber=TASK).done_at

    def nothing_failed(self) -> None:
        """Our own side's trail would tell."""
        assert not Event.objects.of(self.contract.own_trail).exists()

    def again(self) -> None:
        """Back to where all had signed."""
        self.point.rewind()
        for path in self.folder.glob("*.p*"):
            path.unlink()
