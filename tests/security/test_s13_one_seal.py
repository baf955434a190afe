"""S-13: exactly one seal, wherever the worker dies; and what the seal announces, once."""

import hashlib
import os
from collections import Counter
from pathlib import Path
from unittest import mock

import pytest
from django.core.files.storage import storages
from django.db import connections
from django.db.models.functions import Now
from django.utils import timezone

from tests import announcements, signatures
from tests.reliability import barrier, kills, orders, rivals
from tests.reliability.rewinding import Point
from wagtail_contracts import events
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts.models import Contract
from wagtail_contracts.outbox import flows as outbox
from wagtail_contracts.outbox.models import Message
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.sealing.models import SealedFile
from wagtail_contracts.signing import flows as signing

pytestmark = pytest.mark.django_db(transaction=True)
ROW = 'INSERT INTO "wagtail_contracts_sealing_sealedfile"'
TASK = "signing.seal"


@pytest.fixture
def folder(settings, tmp_path):
    """Private storage of the test's own."""
    settings.STORAGES = {
        **settings.STORAGES,
        "wagtail_contracts": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path},
        },
    }
    return Path(storages["wagtail_contracts"].path(""))


@pytest.fixture
def signed(transactional_db, folder):
    """A contract that all have signed; nothing else waits in the outbox."""
    stage = rivals.out(*rivals.arena())
    for who in (stage.ola, stage.kari):
        signatures.sign(who, signatures.proof(who))
    Message.objects.exclude(subscriber=TASK).delete()
    return Contract.objects.get()


@pytest.fixture
def quick():
    """Instead of printing and sealing: new bytes each time, as a real seal has."""

    def stand_in(bundle):
        content = b"%PDF-" + bundle.identifier.encode() + os.urandom(2000)
        digest = hashlib.sha256(content).hexdigest()
        return sealing.Sealed(content, digest, "B-B", "Test", "0" * 64, timezone.now(), 1)

    with mock.patch.object(sealing, "seal", stand_in):
        yield


def work():
    """What a worker does until the contract is sealed."""
    while Message.objects.unfinished().filter(subscriber=TASK).exists():
        outbox.deliver(limit=1)
    return "idle"


def let_leases_run_out():
    Message.objects.unfinished().update(leased_until=Now() - timezone.timedelta(seconds=1))


def insist_on_one_seal(contract, folder):
    row = SealedFile.objects.get()
    data = (folder / row.name).read_bytes()
    assert hashlib.sha256(data).hexdigest() == row.digest == row.name.removesuffix(".pdf")
    assert (row.subject, sealing.content(row)) == (contract.current_version.digest, data)
    told = list(Event.objects.of(contract.trail).named(events.DOCUMENT_SEALED))
    assert [event.data["file"] for event in told] == [row.digest]
    assert not Event.objects.of(contract.own_trail).exists()
    audit.verify(contract.trail, deep=True)
    posted = Message.objects.filter(topic=events.MAIL_DUE, keys__kind="sealed")
    assert sorted(announcements.reader(mail) for mail in posted) == ["kari", "ola"]
    assert Message.objects.get(subscriber=TASK).done_at


def whole(folder):
    """No name ever holds half a file."""
    return all(
        hashlib.sha256(path.read_bytes()).hexdigest() == path.stem for path in folder.glob("*.pdf")
    )


def test_one_seal_wherever_the_worker_dies(signed, folder, quick):
    """Every statement, commit and file operation in turn; then two workers start at once."""
    point, rows_after_death = Point(), Counter()
    for kill_at in kills.each_kill(lambda: outbox.deliver(limit=1)):
        rows_after_death[SealedFile.objects.count()] += 1
        assert whole(folder), kill_at
        let_leases_run_out()
        assert barrier.processes([work] * 2) == {"idle": 2}
        insist_on_one_seal(signed, folder)
        point.rewind()
        for path in folder.iterdir():
            path.unlink()

    insist_on_one_seal(signed, folder)  # the run that lived
    assert rows_after_death[0] > 30  # before the commit
    assert rows_after_death[1] >= 2  # after it


def test_the_file_is_on_disk_under_its_name_before_the_first_row_names_it(signed, quick):
    steps = kills.names_of(lambda: outbox.deliver(limit=1))

    files = [number for number, step in enumerate(steps) if step.startswith("os.")]
    assert [steps[number] for number in files] == [
        "os.open",
        "os.write",
        "os.fsync",
        "os.close",
        "os.replace",
        "os.open",
        "os.fsync",
        "os.close",
    ]
    row = next(number for number, step in enumerate(steps) if step.startswith(ROW))
    assert max(files) < row
    between = steps[min(files) : max(files) + 1]
    assert not [step for step in between if not step.startswith("os.")]


def test_row_event_and_mails_are_one_transaction(signed, quick):
    steps = kills.names_of(lambda: signing.seal(signed.current_version, by=SYSTEM))

    row = next(number for number, step in enumerate(steps) if step.startswith(ROW))
    ends = [number for number, step in enumerate(steps) if step == "before commit"]
    assert [number for number in ends if number > row] == [len(steps) - 2]
    inserted = [step.split('"')[1] for step in steps[row:] if step.startswith("INSERT")]
    assert set(inserted) == {
        "wagtail_contracts_sealing_sealedfile",
        "wagtail_contracts_audit_event",
        "wagtail_contracts_outbox_message",
    }


@pytest.mark.parametrize("before", [ROW, "FOR UPDATE"])
def test_two_workers_in_the_forced_order_make_one_seal(signed, folder, quick, before):
    if connections["default"].vendor == "sqlite" and before != ROW:
        before = "BEGIN"

    def seal():
        return signing.seal(Contract.objects.get().current_version, by=SYSTEM).pk

    answers = orders.overtake(seal, seal, before=before)

    assert answers == (str(SealedFile.objects.get().pk),) * 2
    Message.objects.filter(subscriber=TASK).update(done_at=Now())
    insist_on_one_seal(signed, folder)


class BeforeRow(kills.Steps):
    """Dies when the row is about to be written."""

    def step(self, name, last_act=lambda: None):
        if name.startswith(ROW):
            os.kill(os.getpid(), kills.signal.SIGKILL)


def die_before_the_row():
    with BeforeRow().watch():
        outbox.deliver(limit=1)


def test_a_real_seal_survives_the_death_of_its_worker(signed, folder):
    """The whole way, printed and sealed: the first worker dies with its file on disk."""
    connections.close_all()
    child = kills.FORK.Process(target=die_before_the_row)
    child.start()
    child.join()
    assert child.exitcode == -kills.signal.SIGKILL
    (stray,) = folder.glob("*.pdf")
    assert sealing.verify(stray.read_bytes()).verdict == "intact"
    let_leases_run_out()

    assert barrier.processes([work] * 2) == {"idle": 2}

    insist_on_one_seal(signed, folder)
    kept = signing.verify(sealing.content(SealedFile.objects.get()))
    assert (kept.report.verdict, kept.report.known, kept.trail) == ("intact", True, True)
    assert not signing.verify(stray.read_bytes()).report.known
