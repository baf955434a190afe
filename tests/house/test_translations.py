"""Every string for people is in the catalogue of its app, translated, and compiled."""

import gettext
import os
import re
import shutil
import subprocess
import sys
from collections import defaultdict

import pytest
from babel.messages.pofile import read_po

from tests.house.laws import HOUSE

ROOT = HOUSE.parent
CATALOGUES = sorted([*HOUSE.glob("*/locale/*/LC_MESSAGES/*.po")])
CATALOGUES += sorted((ROOT / "example_site").glob("locale/*/LC_MESSAGES/*.po"))


SAME = (ROOT / "tests" / "house" / "same_words.txt").read_text().splitlines()
PLACE = re.compile(r"%%|%\(\w+\)[sd]|%[sd]|\{\w+\}|</?\w+[^>]*>")


def ids(messages):
    """What a catalogue translates: context, and text or texts."""
    return {(message.context, message.id) for message in messages if message.id}


@pytest.fixture(params=CATALOGUES, ids=lambda path: str(path.relative_to(ROOT)))
def catalogue(request):
    return request.param


def test_each_app_has_a_catalogue_of_both_languages():
    found = {(path.parents[3].name, path.parents[1].name) for path in CATALOGUES}
    apps = {app for app, _language in found}
    assert len(apps) >= 6
    assert found == {(app, language) for app in apps for language in ("nb", "nn")}


def test_every_entry_is_translated(catalogue):
    messages = [message for message in read_po(catalogue.open("rb")) if message.id]
    empty = [message.id for message in messages if not all(_strings(message))]
    assert (empty, [message.id for message in messages if message.fuzzy]) == ([], [])


def test_no_translation_is_the_english_one_unless_it_is_said_why(catalogue):
    same = [line.rpartition(" | ")[0] for line in SAME if not line.startswith("#")]
    assert all(line.rpartition(" | ")[2].strip() for line in SAME)
    messages = [message for message in read_po(catalogue.open("rb")) if message.id]
    found = [source for message in messages for source in _strings(message, "id")]
    said = [words for message in messages for words in _strings(message)]
    equal = [source for source, words in zip(found, said, strict=True) if source == words]
    assert [source for source in equal if source not in same] == []


def test_a_button_says_what_it_does_where_english_has_one_word_for_that_and_for_what_comes_of_it():
    for language in ("nb", "nn"):
        place = HOUSE / f"signing/locale/{language}/LC_MESSAGES/django.po"
        assert read_po(place.open("rb")).get("Comment", "button").string == "Kommenter"


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_apps_that_say_the_same_say_it_alike(language):
    """Django shows the words of the app that is installed first, whoever asks for them."""
    told = defaultdict(set)
    for path in HOUSE.glob(f"*/locale/{language}/LC_MESSAGES/*.po"):
        for message in read_po(path.open("rb")):
            told[message.context, str(message.id)].add(tuple(_strings(message)))
    assert len(told) > 2000
    assert [key for key, words in told.items() if key[1] and len(words) > 1] == []


def test_what_is_put_into_a_string_is_put_into_its_translation(catalogue):
    messages = [message for message in read_po(catalogue.open("rb")) if message.id]
    wrong = [
        source
        for message in messages
        for source, words in zip(_strings(message, "id"), _strings(message), strict=True)
        if sorted(PLACE.findall(source)) != sorted(PLACE.findall(words))
    ]
    assert wrong == []


def test_each_of_the_same_words_is_a_string_of_ours():
    known = {
        source
        for path in CATALOGUES
        for message in read_po(path.open("rb"))
        if message.id and message.id == message.string
        for source in _strings(message, "id")
    }
    assert [
        line for line in SAME if not line.startswith("#") and line.rpartition(" | ")[0] not in known
    ] == []


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


def _strings(message, which="string"):
    found = getattr(message, which)
    return found if message.pluralizable else [found]
