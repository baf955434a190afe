"""Which agreements the variable CONTRACT_TEXTS means."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.texts import agreements


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two agreements, one of them in two files."""
    for name in ("a.md", "b-coverpage.md", "b.md", "notes.txt"):
        (tmp_path / name).write_text("# Agreement\n")
    return tmp_path


def names(places: str) -> list[list[str]]:
    found = agreements.together(agreements.files(places))
    return [[path.name for path in agreement] for agreement in found]


def test_a_folder_means_its_agreements_and_a_cover_page_comes_first(folder):
    assert names(str(folder)) == [["a.md"], ["b-coverpage.md", "b.md"]]


def test_files_mean_themselves_in_their_order(folder):
    assert names(f"{folder / 'b.md'} {folder / 'a.md'}") == [["b.md"], ["a.md"]]
    assert names(f"{folder / 'b.md'} {folder / 'b-coverpage.md'}") == [["b-coverpage.md", "b.md"]]


def test_a_file_that_is_named_twice_is_read_once(folder):
    assert names(f"{folder / 'a.md'} '{folder}' ")[0] == ["a.md"]


@pytest.mark.parametrize(
    ("places", "sentence"),
    [
        ("", "CONTRACT_TEXTS is empty"),
        ("{}/none", "none, which does not exist"),
        ("{}/a.md {}/none.md", "none.md, which does not exist"),
        ("{}/empty", "which holds no agreement"),
    ],
)
def test_nothing_to_read_is_said_in_a_sentence(folder, places, sentence):
    (folder / "empty").mkdir()
    with pytest.raises(agreements.NoTexts, match=sentence):
        names(places.replace("{}", str(folder)))


def test_there_are_agreements():
    assert agreements.given()


def test_a_run_without_agreements_fails(tmp_path):
    test = f"{__file__}::{test_there_are_agreements.__name__}"
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "pytest", "-q", test],
        env={**os.environ, agreements.VARIABLE: str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert f"CONTRACT_TEXTS names the folder {tmp_path}, which holds no agreement" in done.stdout
