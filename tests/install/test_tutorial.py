"""The tutorial is read and followed, in an empty environment with the wheel."""

from __future__ import annotations

import shutil
import zipfile

import pytest

from tests.install.reading import acts

LEAST = {"sh": 12, "python": 6, "markdown": 0, "browser": 9}


def test_it_ends_with_a_file_that_is_intact(followed):
    place = followed.terminal.place
    [kept] = (place / "private").glob("**/*.pdf")
    assert (place / "contract.pdf").read_bytes() == kept.read_bytes()
    said = {act.text: act.expected for _seconds, act in followed.took if "verify" in act.text}
    assert [words.partition("(")[0].strip() for words in said.values()] == [
        "contract.pdf: intact",
        "changed.pdf: altered…\n…",
    ]


def test_every_kind_of_step_was_taken(followed):
    kinds = [act.kind for _seconds, act in followed.took]
    assert {kind: kinds.count(kind) > least for kind, least in LEAST.items()} == dict.fromkeys(
        LEAST, True
    )


def test_what_was_followed_was_the_wheel(followed, built):
    [package] = followed.terminal.folder.glob("env/lib/python*/site-packages/wagtail_contracts")
    with zipfile.ZipFile(built) as archive:
        names = [name for name in archive.namelist() if name.startswith("wagtail_contracts/")]
        assert len(names) > 300
        for name in names:
            assert (package.parent / name).read_bytes() == archive.read(name), name


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        ("INSTALLED_APPS", ["isn't in an application in INSTALLED_APPS"]),
        ("urlpatterns", ["E030", 'path("", include("wagtail_contracts.urls"))']),
        ("WAGTAIL_CONTRACTS", ["E002", "E010", "E020", "E023"]),
        ("STORAGES", ["E025"]),
        ("DATA_UPLOAD", ["W011", "E003", "W002"]),
    ],
)
def test_without_one_of_the_five_edits_the_site_says_which(followed, tmp_path, edit, told):
    terminal = followed.terminal
    [block] = [
        act
        for act in acts(followed.path.read_text())
        if act.where.startswith("At the end of") and f"\n{edit}" in f"\n{act.text}"
    ]
    site = shutil.copytree(terminal.place, tmp_path / "site")
    changed = site / block.where.split()[-1]
    text = changed.read_text()
    without = text.replace(block.text.replace("8000", str(followed.port)), "")
    assert without != text
    if edit == "DATA_UPLOAD":  # new Wagtail sites have this line already
        without = without.replace("\nDATA_UPLOAD", "\nNOTHING")
    changed.write_text(without)

    _status, said = terminal.run(f"cd {site} && python manage.py check --deploy; cd -")

    assert [word for word in told if word not in said] == []
