"""S-18: nothing that lies in the storage stops the check, holds it up, or is read without end."""

import os
import resource
import signal
from pathlib import Path

import pytest
from django.conf import settings as configured

from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.sealing.errors import FileAltered
from wagtail_contracts.sealing.flows import storing
from wagtail_contracts.sealing.models import SealedFile

NAME = f"{'a' * 64}.pdf"
PART = f"{'a' * 64}.pdf.01234567.part"
LAST = "z.txt"  # what stands after the hostile file is told, too


def pipe(folder):
    os.mkfifo(folder / NAME)


def endless(folder):
    (folder / NAME).symlink_to("/dev/zero")


def loop(folder):
    (folder / NAME).symlink_to(NAME)


def dangling(folder):
    (folder / NAME).symlink_to("nowhere")


def folder_behind_a_link(folder):
    (folder / NAME).symlink_to(folder)


def no_text(folder):
    (folder / os.fsdecode(b"\xe6rlig.pdf")).write_bytes(b"x")


def two_lines(folder):
    (folder / "a\nDAMAGE.pdf").write_bytes(b"x")


HOSTILE = [pipe, endless, loop, dangling, folder_behind_a_link, no_text, two_lines]


@pytest.fixture
def folder(tmp_path, settings):
    where = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    where["OPTIONS"] = {"location": str(tmp_path)}
    settings.STORAGES = {**configured.STORAGES, "wagtail_contracts": where}
    return tmp_path


@pytest.fixture
def in_time():
    """Let a read that waits or goes on for ever fail at once, and take little memory."""
    before = resource.getrlimit(resource.RLIMIT_AS)

    def late(*_args):
        raise AssertionError("held up")

    old = signal.signal(signal.SIGALRM, late)
    with Path("/proc/self/statm").open() as told:
        used = int(told.read().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + (512 << 20), before[1]))
    signal.alarm(20)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, old)
    resource.setrlimit(resource.RLIMIT_AS, before)


@pytest.mark.parametrize("plant", HOSTILE, ids=lambda plant: plant.__name__)
def test_a_hostile_file_is_told_or_passed_over_and_the_rest_is_judged(db, folder, in_time, plant):
    (folder / LAST).write_text("x")
    assert [(stray.name, stray.kind) for stray in sealing.strays()] == [(LAST, "foreign")]
    plant(folder)

    told = {stray.name: stray.kind for stray in sealing.strays()}

    assert told.pop(LAST) == "foreign"
    assert set(told.values()) <= {"foreign"}
    assert sealing.remove_parts(by=SYSTEM) == []


def test_of_a_part_that_is_a_link_nothing_but_the_link_can_go(db, folder, in_time):
    (folder / "kept.txt").write_text("x")
    old = folder / PART
    old.write_text("half")
    os.utime(old, (0, 0))
    (folder / PART.replace("01", "02")).symlink_to("nowhere")
    (folder / PART.replace("01", "03")).symlink_to(PART.replace("01", "03"))

    assert sealing.remove_parts(by=SYSTEM) == [PART]

    assert not old.exists()
    assert (folder / "kept.txt").read_text() == "x"


@pytest.mark.parametrize("plant", [pipe, endless, loop, dangling], ids=lambda p: p.__name__)
def test_a_kept_file_that_became_no_file_is_altered(db, folder, in_time, plant):
    kept = SealedFile(name=NAME, digest=NAME[:64], size=1)
    plant(folder)

    with pytest.raises(FileAltered):
        storing.content(kept)
    assert sealing.inspect(kept).fault in ("altered", "missing")
