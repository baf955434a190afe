"""Every string for people is in the catalogue of its app, translated, and compiled."""

import gettext
import os
import shutil
import subprocess
import sys

import pytest
from babel.messages.pofile import read_po

from tests.house.laws import HOUSE

ROOT = HOUSE.parent
CATALOGUES = sorted([*HOUSE.glob("*/locale/*/LC_MESSAGES/*.po")])
CATALOGUES += sorted((ROOT / "example_site").glob("locale/*/LC_MESSAGES/*.po"))


def ids(messages):
    """What a catalogue translates: context, and text or texts."""
    return {(message.context, message.id) for message in messages if message.id}


@pytest.fixture(params=CATALOGUES, ids=lambda path: str(path.relative_to(ROOT)))
def catalogue(request):
    return request.param


def test_there_are_catalogues():
    assert len(CATALOGUES) >= 6


def test_every_entry_is_translated(catalogue):
    messages = [message for message in read_po(catalogue.open("rb")) if message.id]
    empty = [message.id for message in messages if not all(_strings(message))]
    assert (empty, [message.id for message in messages if message.fuzzy]) == ([], [])


def test_the_compiled_catalogue_is_made_from_it(catalogue):
    with catalogue.with_suffix(".mo").open("rb") as compiled:
        found = gettext.GNUTranslations(compiled)._catalog
    for message in read_po(catalogue.open("rb")):
        singular = message.id[0] if isinstance(message.id, tuple | list) else message.id
        key = f"{message.context}\x04{singular}" if message.context else singular
        if message.id and message.pluralizable:
            assert [found[key, n] for n in range(len(message.string))] == list(message.string)
        elif message.id:
            assert found[key] == message.string


def test_every_string_of_the_source_is_in_it(catalogue, tmp_path):
    app, language = catalogue.parents[3], catalogue.parents[1].name
    ignored = shutil.ignore_patterns("__pycache__", "fonts", "var", "locale")
    copy = shutil.copytree(app, tmp_path / app.name, ignore=ignored)
    (copy / "locale").mkdir()
    words = ["-m", "django", "makemessages", "--locale", language, "--no-location"]
    place = {name: os.environ[name] for name in ("HOME", "PATH") if name in os.environ}
    done = subprocess.run(  # noqa: S603
        [sys.executable, *words], cwd=copy, env=place, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    in_source = ids(read_po((copy / catalogue.relative_to(app)).open("rb")))
    known = ids(read_po(catalogue.open("rb")))
    assert in_source - known == set()


def _strings(message):
    return message.string if message.pluralizable else [message.string]
