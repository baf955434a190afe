"""Raising, renewing and checkpointing, killed at every step; each runs again, in two at once."""

import asyncio
import hashlib
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from unittest import mock

import pytest
import time_machine
from django.core.files.storage import storages
from django.utils import timezone

from tests import announcements
from tests.reliability import afterwards, scenes
from tests.reliability.rewinding import Point
from tests.unit.sealing.pki import Entity, HeldStamper
from wagtail_contracts import events, notes
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.audit.backends.anchors import FileAnchor
from wagtail_contracts.audit.models import Anchored, Checkpoint, CheckpointToken, Event, LogEntry
from wagtail_contracts.contracts.models import Contract
from wagtail_contracts.outbox.models import Message
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.sealing.models import SealedFile
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.wire import timestamps

pytestmark = pytest.mark.django_db(transaction=True)
FILE = "wagtail_contracts_sealing_sealedfile"
EVENT, LOG = "wagtail_contracts_audit_event", "wagtail_contracts_audit_logentry"
TRAIL = "wagtail_contracts_audit_trail"
POINT, TOKEN = "wagtail_contracts_audit_checkpoint", "wagtail_contracts_audit_checkpointtoken"
PLACED = "wagtail_contracts_audit_anchored"


@pytest.fixture
def authority(tmp_path):
    """Somebody who says the time."""
    (tmp_path / "trust").mkdir()
    root = Entity("Lab Root", kind="authority")
    (tmp_path / "trust" / "root.pem").write_bytes(root.pem)
    return Entity("Lab Time", root, kind="stamps", rsa_key=True)


@pytest.fixture
def proving(section, authority, tmp_path, settings):
    """Settings that want all there is; nobody is called."""
    root, place = tmp_path / "trust" / "root.pem", "http://time.invalid/"
    told = {"TIMESTAMP": place, "TIMESTAMP_TRUST": [root]}
    section("SEALING", LEVEL="B-LTA", **told)
    anchor = {
        "BACKEND": "wagtail_contracts.audit.backends.anchors.FileAnchor",
        "OPTIONS": {"path": tmp_path / "anchor.txt"},
    }
    key = tmp_path / "checkpoint.pem"
    section("AUDIT", ORIGIN="example.org/audit", KEY=key, ANCHORS={"file": anchor}, **told)
    audit.make_key(key)
    own = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    own["OPTIONS"] = {"location": tmp_path / "files"}
    settings.STORAGES = {**settings.STORAGES, "wagtail_contracts": own}


@pytest.fixture
def contract(transactional_db, proving):
    """Sealed while nobody could say the time."""
    scenes.all_signed()
    with scenes.quick(lacks="time"):
        afterwards.deliver(limit=1)
    Message.objects.all().delete()
    return Contract.objects.get()


class Following:
    """A file that another follows: one more generation, and one event that tells of it."""

    before = "B-B"

    def __init__(self, contract, event, mails, flow):
        self.contract, self.event, self.mails, self.flow = contract, event, mails, flow
        self.folder, self.point = Path(storages["wagtail_contracts"].path("")), Point()
        self.first, self.rows = set(self.folder.iterdir()), {1: 0, 2: 0}

    def found(self, death):
        """No name holds half a file, and no row is there without its file."""
        for path in self.folder.glob("*.pdf"):
            assert hashlib.sha256(path.read_bytes()).hexdigest() == path.stem, str(death)
        for row in SealedFile.objects.all():
            assert sealing.content(row), str(death)
        self.rows[SealedFile.objects.count()] += 1

    def verdict(self):
        rows = list(SealedFile.objects.order_by("generation"))
        assert [(row.generation, row.level) for row in rows] == [(1, self.before), (2, "B-LTA")]
        assert all(sealing.content(row) for row in rows)
        told = Event.objects.of(self.contract.trail).named(self.event)
        assert [(one.data["file"], one.data["before"]) for one in told] == [
            (rows[1].digest, rows[0].digest)
        ]
        audit.verify(self.contract.trail, deep=True)
        posted = Message.objects.filter(topic=events.MAIL_DUE)
        assert sorted(announcements.reader(mail) for mail in posted) == self.mails

    def again(self):
        self.point.rewind()
        for path in set(self.folder.iterdir()) - self.first:
            path.unlink()


@contextmanager
def further(name):
    """Instead of asking an authority: the same file at B-LTA, with new bytes each time."""

    def stand_in(kept, level, *, test):
        return scenes.made(kept, "B-LTA")

    with mock.patch.object(sealing, name, stand_in):
        yield


def killed(scene, *, least):
    """What the flow writes; it died so often at `least`."""
    told = afterwards.recorded(scene)
    deaths = afterwards.kill_and_run_twice(scene)
    afterwards.insist_on_every_write(deaths, told)
    print(f"{len(deaths)} deaths")  # noqa: T201 - pytest -rP shows it
    assert len(deaths) >= least
    return told.tables


def test_one_raised_file_wherever_the_worker_dies(contract):
    def flow():
        signing.complete_seals(by=SYSTEM)

    scene = Following(contract, events.DOCUMENT_COMPLETED, ["kari", "owner"], flow)
    with further("raise_level"):
        tables = killed(scene, least=20)
    assert {f"INSERT {FILE}", f"INSERT {EVENT}", "COMMIT"} <= set(tables)
    assert scene.rows[1] > 20
    assert scene.rows[2] >= 1


def test_one_renewed_file_wherever_the_worker_dies(contract):
    kept = SealedFile.objects.get()

    def flow():
        [told] = signing.renew_files([kept], by=SYSTEM)
        assert told.made

    scene = Following(contract, events.DOCUMENT_RENEWED, [], flow)
    with further("renew"):
        tables = killed(scene, least=20)
    assert {f"INSERT {FILE}", f"INSERT {EVENT}", "COMMIT"} <= set(tables)
    assert scene.rows[1] > 20
    assert scene.rows[2] >= 1


class Checkpointing:
    """A log with a checkpoint of two hours ago, and a trail that has grown since."""

    def __init__(self, anchor, grown):
        self.anchor, self.grown = anchor, grown
        self.point, self.before = Point(), anchor.read_bytes()

    def flow(self):
        assert signing.checkpoint(by=SYSTEM) == []

    def found(self, death):
        audit.verify_log()

    def verdict(self):
        """One more of each; at the anchor the newest stands, and nothing that is no note."""
        sizes = list(Checkpoint.objects.order_by("size").values_list("size", flat=True))
        entries = list(LogEntry.objects.order_by("index").values_list("index", flat=True))
        assert (len(sizes), entries) == (2, list(range(sizes[-1])))
        assert LogEntry.objects.filter(trail__key=self.grown).count() == 2
        assert audit.verify_log() == sizes[-1]
        assert sorted(one.size for one in audit.stamped()) == sizes
        for kind in (CheckpointToken, Anchored):
            found = kind.objects.order_by("checkpoint__size")
            assert list(found.values_list("checkpoint__size", flat=True)) == sizes
        self._verdict_of_file(sizes)

    def _verdict_of_file(self, sizes):
        text = self.anchor.read_text()
        assert sorted({told.size for told in audit.verify_notes(notes.found(text))}) == sizes
        kept = [note for _end, note in FileAnchor(self.anchor).kept()]
        assert sorted({notes.opened(note, audit.verifiers()).size for note in kept}) == sizes

    def again(self):
        self.point.rewind()
        self.anchor.write_bytes(self.before)


@pytest.fixture
def stamping(authority):
    """Tokens are made in this process."""

    def stamp(asked, data):
        digest = hashlib.sha256(data).digest()
        made = HeldStamper(authority, timezone.now()).async_timestamp(digest, "sha256")
        return bytes(asyncio.run(made).dump())

    with mock.patch.object(timestamps.Authority, "stamp", stamp):
        yield


def test_one_checkpoint_one_token_one_place_wherever_the_worker_dies(contract, stamping, tmp_path):
    with time_machine.travel(timezone.now() - timedelta(hours=2)):
        assert signing.checkpoint(by=SYSTEM) == []
    with further("raise_level"):
        assert signing.complete_seals(by=SYSTEM) == 1

    tables = killed(Checkpointing(tmp_path / "anchor.txt", contract.trail), least=25)

    written = [table for table in tables if table != "COMMIT"]
    assert [one for one in written if one.startswith("INSERT")] == [
        *(f"INSERT {LOG}", f"INSERT {POINT}", f"INSERT {TOKEN}", f"INSERT {PLACED}"),
    ]


class Renewing(Checkpointing):
    """A log that rests since days, under a time-stamp that ends soon: renewing makes it grow."""

    def verdict(self):
        """The first time-stamp is under a new one, the newest is placed, and nothing is due."""
        told = Event.objects.of("checkpoints").named(events.CHECKPOINT_RENEWED).count()
        assert told in (1, 2)  # each of two that find it due at the same moment tells so
        newest, entry = Checkpoint.objects.latest(), LogEntry.objects.order_by("index").last()
        assert audit.verify_log() == newest.size
        assert (entry.trail.key, entry.length) == ("checkpoints", told)
        for kind in (CheckpointToken, Anchored):
            assert kind.objects.filter(checkpoint=newest).count() == 1
        text = self.anchor.read_text()
        assert max(one.size for one in audit.verify_notes(notes.found(text))) == newest.size
        first, last = audit.existence(self.grown, 1)["steps"]
        later = Checkpoint.objects.exclude(note=first["note"])
        assert last["note"] in later.values_list("note", flat=True)
        assert audit.renew(by=SYSTEM) is None


def test_what_ends_soon_is_proved_anew_wherever_the_worker_dies(
    contract, stamping, section, tmp_path
):
    now = timezone.now()
    with time_machine.travel(now - timedelta(days=8)):
        assert signing.checkpoint(by=SYSTEM) == []
    section("AUDIT", RETIRED={"rsa-16384": (now + timedelta(days=30)).date().isoformat()})

    tables = killed(Renewing(tmp_path / "anchor.txt", contract.trail), least=40)

    assert tables[tables.index(f"UPDATE {TRAIL}") + 1] == "COMMIT"  # nothing covers the event yet
    assert [table for table in tables if table != "COMMIT"] == [
        *(f"INSERT {TRAIL}", f"INSERT {EVENT}", f"UPDATE {TRAIL}"),
        *(f"INSERT {LOG}", f"INSERT {POINT}", f"INSERT {TOKEN}", f"INSERT {PLACED}"),
    ]
