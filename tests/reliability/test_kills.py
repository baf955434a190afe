"""The runner sees every way to write, by the account of others; what escaped it would be found."""

import io
import os
import shutil
import tempfile
import zipfile

import pytest
from django.db import connection

from tests.reliability import account, kills
from wagtail_contracts.outbox.models import Message

IN_A_CHILD = pytest.mark.django_db(transaction=True)
TEXT = "sixteen letters."


def with_os(path):
    handle = os.open(path, os.O_WRONLY | os.O_CREAT)
    os.write(handle, TEXT.encode())
    os.close(handle)


def with_open(path):
    with open(path, "w") as file:
        file.write(TEXT)


def with_io(path):
    with io.open(path, "wb") as file:  # noqa: UP020
        file.write(TEXT.encode())


def with_shutil(path):
    shutil.copyfile(path.with_name("there"), path)


def with_a_temporary_file(path):
    with tempfile.NamedTemporaryFile("w", dir=path.parent, delete=False) as file:
        file.write(TEXT)
    os.replace(file.name, path)


def with_an_archive(path):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("name", TEXT)


WAYS = [
    *(with_os, with_open, with_io, with_shutil, with_a_temporary_file, with_an_archive),
    lambda path: path.write_text(TEXT),
    lambda path: path.write_bytes(TEXT.encode()),
    lambda path: path.touch(),
    lambda path: path.mkdir(),
    lambda path: path.with_name("there").rename(path),
    lambda path: path.with_name("there").unlink(),
    lambda path: path.symlink_to("there"),
    lambda path: path.hardlink_to(path.with_name("there")),
    lambda path: os.truncate(path.with_name("there"), 3),
    lambda path: path.with_name("there").chmod(0o600),
    lambda path: os.makedirs(path / "deep"),
]


@pytest.mark.django_db
@pytest.mark.parametrize("way", WAYS)
def test_each_way_to_write_is_a_step(way, tmp_path):
    (tmp_path / "there").write_text(TEXT)

    with account.account() as told:
        steps = kills.steps_of(lambda: way(tmp_path / "new"))

    assert told.files
    assert account.effects(steps).files == told.files


@IN_A_CHILD
def test_what_is_written_is_killed_half_way(tmp_path):
    for way in (with_os, with_open, with_io, with_a_temporary_file):
        names = [step.name for step in kills.steps_of(lambda way=way: way(tmp_path / "new"))]
        (tmp_path / "new").unlink()

        at = names.index("os.write") + 1
        death = kills.killed(lambda way=way: way(tmp_path / "new"), at)

        assert death.step.name == "os.write"
        (half,) = tmp_path.iterdir()
        assert half.read_text() == TEXT[:8]
        half.unlink()


def escape_by_c(path):
    with io.FileIO(path, "w") as file:
        file.write(b"x")


def escape_by_the_driver(path):
    connection.ensure_connection()
    connection.connection.cursor().execute(f'DELETE FROM "{Message._meta.db_table}"')


@pytest.mark.django_db
@pytest.mark.parametrize("way", [escape_by_c, escape_by_the_driver])
def test_a_write_that_escapes_the_runner_is_found(way, tmp_path):
    with account.account() as told:
        steps = kills.steps_of(lambda: way(tmp_path / "new"))

    assert account.effects(steps) != told
    assert told.files or told.tables == [f"DELETE {Message._meta.db_table}"]


@IN_A_CHILD
def test_a_run_dies_at_each_step_in_turn(tmp_path):
    deaths = list(kills.each_kill(lambda: with_os(tmp_path / "new")))

    assert [str(death) for death in deaths] == ["1: os.open", "2: os.write", "3: os.close"]


@IN_A_CHILD
def test_a_run_that_fails_by_itself_is_no_survivor():
    with pytest.raises(AssertionError, match="failed by itself"):
        kills.killed(lambda: 1 / 0, 5)
