"""What tests begin with is migrated once for the same code, and is the same afterwards."""

import sqlite3
from pathlib import Path

import pytest

from tests import migrated


@pytest.fixture
def code(tmp_path, monkeypatch):
    """A module of ours that was written long ago."""
    monkeypatch.setattr(migrated, "ROOT", tmp_path)
    monkeypatch.setattr(migrated, "OURS", ("ours",))
    monkeypatch.setattr(migrated, "STILL", -1)
    place = tmp_path / "ours" / "models.py"
    place.parent.mkdir()
    place.write_text("first = 1\n")
    return place


def begun(folder: Path, migrations: list[str], *, edit=lambda: None) -> list[str]:
    """The tables that a run begins with; `migrations` learns what was migrated."""
    database = sqlite3.connect(":memory:")

    def migrate():
        migrations.append("")
        database.execute(f"CREATE TABLE made_{len(migrations)} (id)")
        edit()

    migrated.once(folder, database, migrate)
    return [name for (name,) in database.execute("SELECT name FROM sqlite_master")]


def test_the_second_run_begins_with_what_the_first_one_left(code, tmp_path):
    done = []
    assert begun(tmp_path, done) == begun(tmp_path, done) == ["made_1"]
    assert len(done) == 1


def test_other_code_is_migrated_anew_and_leaves_one_copy(code, tmp_path):
    done = []
    begun(tmp_path, done)
    code.write_text("second = 2\n")
    assert begun(tmp_path, done) == begun(tmp_path, done) == ["made_2"]
    assert len([*tmp_path.glob("*.sqlite3")]) == len([*tmp_path.glob("*.lock")]) == 1


def test_code_that_is_written_meanwhile_leaves_nothing(code, tmp_path):
    done = []
    begun(tmp_path, done, edit=lambda: code.write_text("second = 2\n"))
    assert [*tmp_path.glob("*.sqlite3")] == []
    assert begun(tmp_path, done) == ["made_2"]


def test_code_that_was_written_just_now_leaves_nothing(code, tmp_path, monkeypatch):
    monkeypatch.setattr(migrated, "STILL", 3600)
    done = []
    assert (begun(tmp_path, done), begun(tmp_path, done)) == (["made_1"], ["made_2"])
    assert [*tmp_path.glob("*.sqlite3")] == []


def test_what_is_read_is_all_of_our_code():
    names = {str(path.relative_to(migrated.ROOT)) for path in migrated._sources()}
    assert {"wagtail_contracts/append_only.py", "example_site/settings.py"} <= names
    assert len([name for name in names if "/migrations/" in name]) > 25
