"""S-13: exactly one seal, wherever the worker dies; and what the seal announces, once."""

import os
import tempfile
from pathlib import Path
from unittest import mock

import pytest
from django.core.files.storage import storages
from django.db import connection, connections
from django.db.models.functions import Now

from tests.reliability import afterwards, kills, orders, scenes, warm
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.contracts.models import Contract
from wagtail_contracts.outbox.models import Message
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.sealing.models import SealedFile
from wagtail_contracts.signing import flows as signing

pytestmark = pytest.mark.django_db(transaction=True)
ROW = 'INSERT INTO "wagtail_contracts_sealing_sealedfile"'


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
    return scenes.all_signed()


@pytest.fixture
def quick():
    """Instead of printing and sealing."""
    with scenes.quick():
        yield


@pytest.fixture
def scene(signed, folder):
    return scenes.Sealing(signed, folder)


def test_one_seal_wherever_the_worker_dies(scene, quick):
    """Every statement, commit and file operation in turn; then two workers start at once."""
    told = afterwards.recorded(scene)

    deaths = afterwards.kill_everywhere(scene)

    afterwards.insist_on_every_write(deaths, told)
    assert scene.rows[0] > 30  # before the commit
    assert scene.rows[1] >= 2  # after it


@pytest.mark.long("security/test_s13_one_seal.py::test_one_seal_wherever_the_worker_dies")
def test_one_real_seal_wherever_the_worker_dies(scene, monkeypatch, tmp_path_factory):
    """Printed and sealed each time, so that it is also killed while it talks to its child."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path_factory.mktemp("scratch")))
    with warm.printing():
        told = afterwards.recorded(scene)
        deaths = afterwards.kill_everywhere(scene)

    afterwards.insist_on_every_write(deaths, told)
    assert len(deaths) > 40
    kept = signing.verify(sealing.content(SealedFile.objects.get()))
    assert (kept.report.verdict, kept.report.known) == ("intact", True)


def test_what_a_seal_writes(scene, quick):
    """The list by which the runs above are measured, so that it can't be empty by mistake."""
    told = afterwards.recorded(scene)

    outbox, sealed = "wagtail_contracts_outbox_message", "wagtail_contracts_sealing_sealedfile"
    assert told.tables == [
        *(f"UPDATE {outbox}", "COMMIT"),
        *(f"INSERT {sealed}", "UPDATE wagtail_contracts_listing"),
        *("INSERT wagtail_contracts_audit_event", "UPDATE wagtail_contracts_audit_trail"),
        *(f"INSERT {outbox}", f"INSERT {outbox}", "COMMIT"),
        *([f"UPDATE {outbox}", "COMMIT"] if connection.vendor == "" else [f"UPDATE {outbox}"]),
    ]
    assert [change.split()[0] for change in told.files] == ["mkdir", "open", "rename"]


def test_a_state_that_is_stored_before_its_file_is_seen(scene, quick, monkeypatch):
    """A planted fault: the runner must find it."""
    assert afterwards.kill_everywhere(scene, first=first_of(scene, ROW))
    scene.again()
    monkeypatch.setattr(signing, "seal", state_before_file(signing.seal, sealing.store))

    with pytest.raises(FileNotFoundError):
        afterwards.kill_everywhere(scene, first=first_of(scene, ROW))


def first_of(scene, statement):
    """The number of the first step that begins so."""
    names = [step.name for step in kills.steps_of(scene.flow)]
    scene.again()
    return 1 + next(n for n, name in enumerate(names) if name.startswith(statement))


def state_before_file(seal, store):
    """A seal that names its file in the database first and stores it afterwards."""

    def planted(version, *, by):
        later = []

        def remember(sealed):
            later.append(sealed)
            return f"{sealed.digest}.pdf"

        with mock.patch.object(sealing, "store", remember):
            made = seal(version, by=by)
        for sealed in later:
            store(sealed)
        return made

    return planted


def names_of(flow):
    return [step.name for step in kills.steps_of(flow)]


def test_the_file_is_on_disk_under_its_name_before_the_first_row_names_it(scene, quick):
    steps = names_of(scene.flow)

    files = [number for number, step in enumerate(steps) if step.startswith("os.")]
    assert [steps[number] for number in files] == [
        "os.mkdir",
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
    steps = names_of(lambda: signing.seal(signed.current_version, by=SYSTEM))

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
def test_two_workers_in_the_forced_order_make_one_seal(scene, quick, before):
    if connections["default"].vendor == "sqlite" and before != ROW:
        before = "BEGIN"

    def seal():
        return signing.seal(Contract.objects.get().current_version, by=SYSTEM).pk

    answers = orders.overtake(seal, seal, before=before)

    assert answers == (str(SealedFile.objects.get().pk),) * 2
    Message.objects.filter(subscriber=scenes.TASK).update(done_at=Now())
    scene.verdict()


class BeforeRow(kills.Steps):
    """Dies when the row is about to be written."""

    def step(self, step, last_act=lambda: None):
        if step.name.startswith(ROW):
            os.kill(os.getpid(), kills.signal.SIGKILL)


def die_before_the_row():
    with BeforeRow().watch():
        afterwards.deliver(limit=1)


def test_a_real_seal_survives_the_death_of_its_worker(scene, folder):
    """The whole way, printed and sealed in a process of its own: it dies with its file on disk."""
    connections.close_all()
    child = kills.FORK.Process(target=die_before_the_row)
    child.start()
    child.join()
    assert child.exitcode == -kills.signal.SIGKILL
    (stray,) = folder.glob("*.pdf")
    assert sealing.verify(stray.read_bytes()).verdict == "intact"
    afterwards.let_leases_run_out()

    afterwards.race(scene.waiting)

    scene.verdict()
    kept = signing.verify(sealing.content(SealedFile.objects.get()))
    assert (kept.report.verdict, kept.report.known, kept.trail) == ("intact", True, True)
    assert not signing.verify(stray.read_bytes()).report.known
