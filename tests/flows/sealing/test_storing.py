"""Sealed files at rest: whole or not there, private, and never handed out when altered."""

import errno
import os
import stat
import threading
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage, storages
from django.db import connection, transaction
from django.utils import timezone

from tests import bundles
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.sealing import signals
from wagtail_contracts.sealing.errors import AlreadySealed, FileAltered, SealRefused
from wagtail_contracts.sealing.flows import storing
from wagtail_contracts.sealing.models import SealedFile

SUBJECT = bundles.facts()["subject"]


@pytest.fixture(scope="module")
def sealed():
    return sealing.seal(bundles.bundle())


@pytest.fixture
def folder(settings, tmp_path):
    """A private storage of this test's own, not made yet."""
    place = tmp_path / "deep" / "private"
    own = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    own["OPTIONS"] = {"location": place}
    settings.STORAGES = {**settings.STORAGES, "wagtail_contracts": own}
    return place


def test_a_file_is_named_by_its_digest_and_private(sealed, folder):
    before = os.umask(0)
    try:
        name = sealing.store(sealed)
    finally:
        os.umask(before)

    assert name == f"{bundles.sha256(sealed.content)}.pdf"
    assert [item.name for item in folder.iterdir()] == [name]
    assert (folder / name).read_bytes() == sealed.content
    assert stat.S_IMODE((folder / name).stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_storing_again_changes_nothing_and_mends_what_was_spoilt(sealed, folder):
    name = sealing.store(sealed)
    assert sealing.store(sealed) == name
    (folder / name).write_bytes(b"half")
    sealing.store(sealed)
    assert [item.name for item in folder.iterdir()] == [name]
    assert (folder / name).read_bytes() == sealed.content


class Recorded:
    """The module os, with a list of what was done to files; one deed may fail."""

    def __init__(self, failing=None):
        self.deeds, self.failing = [], failing

    def __getattr__(self, deed):
        real = getattr(os, deed)
        if deed not in ("open", "write", "fsync", "close", "replace"):
            return real

        def done(*arguments):
            self.deeds.append((deed, *map(str, arguments[:1])))
            if deed == self.failing:
                raise OSError(errno.ENOSPC, "No space left on device")
            if deed == "write" and len(arguments[1]) > 1000:
                arguments = (arguments[0], arguments[1][: len(arguments[1]) // 2])
            return real(*arguments)

        return done


def test_write_sync_rename_sync_of_the_folder_in_this_order(sealed, folder, monkeypatch):
    recorded = Recorded()
    monkeypatch.setattr(storing, "os", recorded)
    name = sealing.store(sealed)

    deeds = [deed for deed, _ in recorded.deeds]
    writes = deeds.count("write")
    assert writes > 1  # the system may take less than it was given
    assert deeds == [
        "open",
        *["write"] * writes,
        "fsync",
        "close",
        "replace",
        "open",
        "fsync",
        "close",
    ]
    part, renamed, opened = (recorded.deeds[n][1] for n in (0, writes + 3, writes + 4))
    assert part == renamed != str(folder / name)
    assert Path(part).suffix == ".part"
    assert opened == str(folder)
    assert (folder / name).read_bytes() == sealed.content


@pytest.mark.parametrize("deed", ["open", "write", "fsync", "replace"])
def test_a_full_disk_leaves_nothing_behind(sealed, folder, monkeypatch, deed):
    monkeypatch.setattr(storing, "os", Recorded(deed))
    with pytest.raises(OSError, match="No space left"):
        sealing.store(sealed)

    assert list(folder.iterdir()) == []
    monkeypatch.undo()
    assert (folder / sealing.store(sealed)).exists()


@pytest.mark.parametrize("deed", ["write", "fsync", "replace"])
def test_a_full_disk_spoils_nothing_that_was_there(sealed, folder, monkeypatch, deed):
    name = sealing.store(sealed)
    monkeypatch.setattr(storing, "os", Recorded(deed))
    with pytest.raises(OSError, match="No space left"):
        sealing.store(sealed)
    assert (folder / name).read_bytes() == sealed.content


@pytest.fixture
def elsewhere(settings):
    """A storage that is no file system, such as a bucket."""
    own = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    settings.STORAGES = {**settings.STORAGES, "wagtail_contracts": own}
    return storages["wagtail_contracts"]


def test_a_storage_elsewhere_keeps_the_name(sealed, elsewhere):
    name = sealing.store(sealed)
    assert elsewhere.listdir("") == ([], [name])
    assert elsewhere.open(name).read() == sealed.content
    assert not os.path.exists(name)
    assert not os.path.exists(elsewhere.path(name))


def test_an_existing_name_elsewhere_is_read_again(sealed, elsewhere, monkeypatch):
    name = sealing.store(sealed)
    with monkeypatch.context() as watched:
        watched.setattr(InMemoryStorage, "save", lambda *taken: pytest.fail("saved again"))
        watched.setattr(InMemoryStorage, "delete", lambda *taken: pytest.fail("deleted"))
        assert sealing.store(sealed) == name

    elsewhere.delete(name)
    elsewhere.save(name, ContentFile(b"half"))
    assert sealing.store(sealed) == name
    assert elsewhere.listdir("") == ([], [name])
    assert elsewhere.open(name).read() == sealed.content


def test_a_storage_that_gives_names_of_its_own_is_refused(sealed, elsewhere, monkeypatch):
    save = InMemoryStorage.save
    with monkeypatch.context() as other:
        other.setattr(
            InMemoryStorage, "save", lambda self, name, data: save(self, "x" + name, data)
        )
        with pytest.raises(SealRefused, match="name"):
            sealing.store(sealed)
    assert elsewhere.listdir("") == ([], [])
    assert sealing.store(sealed)


def kept(sealed, by, **options):
    with transaction.atomic():
        return sealing.keep(SUBJECT, sealed, sealing.store(sealed), by=by, **options)


@pytest.mark.django_db
def test_decades_later_a_file_is_read_as_it_was_and_nothing_sweeps_it_away(sealed, folder, ola):
    row = kept(sealed, ola)
    half = folder / f"{row.name}.0123abcd.part"
    half.write_bytes(b"half")
    with time_machine.travel(timezone.now() + timedelta(days=30 * 365)):
        assert sealing.remove_parts(by=ola) == [half.name]
        assert sealing.content(row) == sealed.content
        assert list(sealing.strays()) == []


@pytest.mark.django_db
def test_a_row_says_what_the_file_is(sealed, folder, ola):
    row = kept(sealed, ola)
    assert (row.digest, row.name) == (sealed.digest, f"{sealed.digest}.pdf")
    assert (row.size, row.pages, row.level) == (len(sealed.content), 1, "B-B")
    assert (row.signer_fingerprint, row.sealed_at) == (sealed.fingerprint, sealed.sealed_at)
    assert (row.subject, row.generation, str(row)) == (SUBJECT, 1, row.name)


@pytest.mark.django_db
def test_the_same_file_again_or_another_of_the_generation_is_refused(sealed, folder, ola):
    first, other = kept(sealed, ola), sealing.seal(bundles.bundle(2))

    for again, generation in ((sealed, 1), (other, 1), (sealed, 2)):
        with pytest.raises(AlreadySealed):
            kept(again, ola, generation=generation)
        assert list(SealedFile.objects.all()) == [first]
    assert kept(other, ola, generation=2).generation == 2


NAMES = ["../secret.pdf", "/etc/passwd", "", "x.pdf", f"{'a' * 64}.pdf/../x", f"{'A' * 64}.pdf"]


@pytest.mark.django_db
@pytest.mark.parametrize("name", NAMES)
def test_a_row_with_another_name_opens_nothing(sealed, folder, monkeypatch, name):
    row = SealedFile(name=sealing.store(sealed), digest=sealed.digest)
    assert sealing.content(row) == sealed.content

    row.name = name
    monkeypatch.setattr(storages["wagtail_contracts"], "open", lambda *a: pytest.fail("opened"))
    with pytest.raises(FileAltered):
        sealing.content(row)


@pytest.mark.django_db
def test_another_whole_file_under_the_name_is_refused(sealed, folder):
    other = sealing.seal(bundles.bundle(2))
    row = SealedFile(name=sealing.store(sealed), digest=sealed.digest)
    (folder / row.name).write_bytes(other.content)
    with pytest.raises(FileAltered):
        sealing.content(row)
    assert sealing.content(SealedFile(name=sealing.store(other), digest=other.digest))


@pytest.mark.django_db(transaction=True)
def test_of_two_who_seal_at_once_one_row_stays(sealed, folder, ola):
    """Neither saw the other's row when it looked."""
    others = [sealed, *(replace(sealed, digest=f"{n}" * 64) for n in range(1, 4))]
    begin, said = threading.Barrier(len(others)), []

    def run(mine):
        begin.wait()
        try:
            with transaction.atomic():
                said.append(sealing.keep(SUBJECT, mine, f"{mine.digest}.pdf", by=ola))
        except AlreadySealed as refused:
            said.append(refused)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[mine]) for mine in others]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [type(item) for item in said].count(AlreadySealed) == len(others) - 1
    assert SealedFile.objects.count() == 1


def test_a_project_hears_of_a_file_once_it_is_kept(
    db, sealed, folder, ola, django_capture_on_commit_callbacks
):
    heard = []

    def hear(sender, sealed_file, **more):
        heard.append(sealed_file)

    signals.file_kept.connect(hear)
    try:
        with django_capture_on_commit_callbacks() as after, transaction.atomic():
            kept = sealing.keep(SUBJECT, sealed, sealing.store(sealed), by=ola)
        assert heard == []
        for callback in after:
            callback()
    finally:
        signals.file_kept.disconnect(hear)
    assert heard == [kept]
