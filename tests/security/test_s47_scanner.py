"""S-47: a backend looks for viruses; an infected file is not kept, an unjudged one not shown."""

import socket
import struct
import threading
import time

import pytest

from tests import builders, given, tables, uploads
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.backends.base import Scan
from wagtail_contracts.contracts.backends.clamav import ClamAV
from wagtail_contracts.contracts.errors import AnswersRefused, FileWaits, UploadRefused
from wagtail_contracts.contracts.flows import exhibiting
from wagtail_contracts.contracts.models import StoredFile


class Fake:
    """Knows one virus; `is_down` makes it unavailable, in either of two ways."""

    is_down = ""

    def scan(self, content: bytes) -> Scan:
        """Look for it."""
        if self.is_down == "late":
            raise TimeoutError
        if self.is_down:
            return Scan.UNAVAILABLE
        return Scan.INFECTED if uploads.EICAR in content else Scan.CLEAN


@pytest.fixture
def scanner(settings, monkeypatch):
    """A site with a scanner."""
    given = settings.WAGTAIL_CONTRACTS
    chosen = {**given["CONTRACTS"], "SCANNER": f"{__name__}.Fake"}
    settings.WAGTAIL_CONTRACTS = {**given, "CONTRACTS": chosen}
    return lambda state: monkeypatch.setattr(Fake, "is_down", state)


def kept(sender, content):
    """An exhibit that somebody uploads."""
    by = builders.actor(sender)
    return contracts.keep_file(uploads.upload(content), sort="exhibit", by=by)


def test_an_infected_file_is_not_kept(sender, scanner):
    with tables.unchanged(), pytest.raises(UploadRefused, match="virus"):
        kept(sender, uploads.saying("Plan") + b"%" + uploads.EICAR)
    assert kept(sender, uploads.saying("Plan")).scan == "clean"


@pytest.mark.parametrize("state", ["late", "down"])
def test_a_file_waits_for_a_scanner_and_is_not_shown(sender, draft, scanner, state):
    scanner(state)
    file = kept(sender, uploads.saying("Plan"))
    exhibit = {"type": "exhibit", "id": "1", "file": file.facts(), "number": "A"}
    content = {"fields": [], "values": [], "body": [exhibit]}
    with pytest.raises(FileWaits):
        contracts.file_content(file)
    with pytest.raises(FileWaits):
        contracts.page_picture(file, 1)
    assert len(exhibiting.absent(draft, content)) == 1
    contracts.scan_waiting(by=SYSTEM)
    file.refresh_from_db()
    assert file.scan == "waiting"

    scanner("")
    contracts.scan_waiting(by=SYSTEM)
    file.refresh_from_db()
    assert file.scan == "clean"
    assert contracts.file_content(file)
    assert exhibiting.absent(draft, content) == []


def test_what_is_found_later_is_removed(sender, scanner, monkeypatch):
    scanner("down")
    file = kept(sender, uploads.saying("Plan"))
    scanner("")
    monkeypatch.setattr(Fake, "scan", lambda self, content: Scan.INFECTED)
    contracts.scan_waiting(by=SYSTEM)

    file.refresh_from_db()
    assert file.scan == "infected"
    with pytest.raises(FileWaits):
        contracts.file_content(file)
    assert StoredFile.objects.usable().count() == 0
    assert contracts.file_fault(file) == "missing"


def clamd(answer: bytes, *, wait: float = 0) -> str:
    """A clamd that reads a stream and says this; its address."""
    server = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        wire, _address = server.accept()
        with wire, server:
            stream = wire.makefile("rb")
            assert stream.read(10) == b"zINSTREAM\0"
            while size := struct.unpack(">I", stream.read(4))[0]:
                stream.read(size)
            time.sleep(wait)
            wire.sendall(answer)

    threading.Thread(target=serve, daemon=True).start()
    return f"127.0.0.1:{server.getsockname()[1]}"


def test_clamav_is_asked_over_its_socket():
    assert ClamAV(clamd(b"stream: OK\0")).scan(b"x" * 200_000) == Scan.CLEAN
    assert ClamAV(clamd(b"stream: Eicar FOUND\0")).scan(b"x") == Scan.INFECTED
    assert ClamAV(clamd(b"INSTREAM size limit exceeded. ERROR\0")).scan(b"x") == Scan.UNAVAILABLE
    with pytest.raises(OSError, match="timed out"):
        ClamAV(clamd(b"stream: OK\0", wait=1), seconds=0.1).scan(b"x")


def test_what_somebody_fills_in_waits_for_a_scanner_too(sales, sender, scanner):
    at = given.sent(sales, sender)
    scanner("down")
    line = given.give(at)
    with tables.unchanged(), pytest.raises(AnswersRefused, match="checked for viruses"):
        given.answered(at, certificate=line)
    scanner("")
    contracts.scan_waiting(by=SYSTEM)
    assert given.answered(at, certificate=line).version.number == 2
    with tables.unchanged(), pytest.raises(AnswersRefused, match="virus was found"):
        given.give(at, content=uploads.saying("Another") + b"%" + uploads.EICAR)
