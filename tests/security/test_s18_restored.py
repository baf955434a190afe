"""S-18: a backup that was taken under load is whole, or the check names each missing file."""

import shutil
import threading
import time
import traceback
from types import SimpleNamespace

import pytest
from django.db import connections

from tests import signatures
from tests.reliability import dumps, rivals
from tests.security import s18
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.audit.models import Event
from wagtail_contracts.sealing.models import SealedFile
from wagtail_contracts.signing import flows as signing

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 120


class Load:
    """A thread that makes, signs and seals contracts until it is told to stop.

    One, as the search index of PostgreSQL is not made for threads.
    """

    def __init__(self, page, user):
        self.page, self.user, self.stop, self.failed = page, user, threading.Event(), []
        self.thread = threading.Thread(target=self.work)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *raised):
        self.stop.set()
        self.thread.join(PATIENCE)

    def work(self):
        try:
            while not self.stop.is_set():
                self.contract(seals=True)
                self.contract(seals=False)
        except Exception as error:  # noqa: BLE001 - told by the test
            self.failed += traceback.format_exception(error)
        finally:
            connections.close_all()

    def contract(self, *, seals):
        stage = rivals.out(self.page, self.user)
        signatures.sign(stage.ola)
        if seals:
            signatures.sign(stage.kari)
            signing.seal(stage.version, by=SYSTEM)

    def until(self, reached):
        """Wait while they go on."""
        ends = time.monotonic() + PATIENCE
        while not reached():
            assert (self.failed, time.monotonic() < ends) == ([], True)
            time.sleep(0.05)


def copy(folder, to):
    """As rsync would, while files come and parts go."""
    to.mkdir()
    for item in sorted(folder.iterdir()):
        try:
            shutil.copy2(item, to / item.name)
        except FileNotFoundError:
            continue


def more_sealed(count):
    least = SealedFile.objects.count() + count
    return lambda: SealedFile.objects.count() >= least


@pytest.fixture
def backup(transactional_db, settings, tmp_path):
    """A dump of the database under load, with the files as they were before it and after it."""
    private, before, after = (tmp_path / name for name in ("private", "before", "after"))
    settings.STORAGES = s18.storages(settings, private)
    with Load(*rivals.arena()) as load:
        load.until(more_sealed(2))
        assert s18.run()[0] == 0  # also while they write
        copy(private, before)
        load.until(more_sealed(2))  # the first may have had its file before the copy
        events = Event.objects.count()
        dumps.dump(tmp_path / "dump")
        load.until(more_sealed(2))
        copy(private, after)
    assert load.failed == []
    assert Event.objects.count() > events
    return SimpleNamespace(dump=tmp_path / "dump", before=before, after=after)


def test_a_dump_under_load_has_harmless_orphans_or_names_each_missing_file(backup, settings):
    with dumps.restored(backup.dump):
        rows = set(SealedFile.objects.values_list("name", flat=True))

        settings.STORAGES = s18.storages(settings, backup.after)
        code, found = s18.run()
        orphans = {path.name for path in backup.after.glob("*.pdf")} - rows
        assert {(item["code"], item["file"]) for item in found} == {
            ("stray_sealed", name) for name in orphans
        }
        assert (code, len(orphans) >= 1) == (0, True)

        settings.STORAGES = s18.storages(settings, backup.before)
        code, found = s18.run()
        missing = rows - {path.name for path in backup.before.iterdir()}
        assert {(item["code"], item["file"]) for item in found} == {
            ("file_missing", name) for name in missing
        }
        assert (code, len(missing) >= 1) == (1, True)
