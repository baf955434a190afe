"""A text from right to left, on the page and on paper, whatever the words around it are."""

import subprocess
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from tests.unit.contracts import arabic, made, papers
from tests.unit.contracts.pages import Page
from wagtail_contracts.contracts.core.fields.languages import direction
from wagtail_contracts.contracts.rendering.around import spoken
from wagtail_contracts.contracts.rendering.html import document
from wagtail_contracts.sealing import flows as sealing

WORD = "{http://www.w3.org/1999/xhtml}word"
NUMBERS = ["1", "2", "3", "4"]


@pytest.mark.parametrize(
    ("language", "way"),
    [
        ("ar", "rtl"),
        ("he", "rtl"),
        ("fa-IR", "rtl"),
        ("nn", "ltr"),
        ("en-GB", "ltr"),
        ("xx", "ltr"),
    ],
)
def test_a_language_says_which_way_it_is_written(language, way):
    assert direction(language) == way


@pytest.mark.parametrize(
    ("text", "around"), [("nn", "nn"), ("nb", "nb"), ("en-GB", "en-GB"), ("ar", "en"), ("de", "en")]
)
def test_the_words_around_a_text_are_of_one_language(text, around):
    assert spoken(text) == around


def test_the_text_has_its_direction_and_what_asks_in_it_has_the_readers():
    page = Page(document(arabic.content(), language="en"))
    (article,) = page.all("article")
    assert (article["lang"], article["dir"]) == ("ar", "rtl")
    assert Page(document(made.content(language="nn"))).all("article")[0]["dir"] == "ltr"
    assert "For Kunde AS" in page.words


def test_each_language_on_paper_comes_with_its_direction():
    page = Page(papers.bundle(arabic.content()).html)
    ways = {"ar": "rtl", "nb": "ltr", "en": "ltr"}
    tongues = [given for _tag, given in page.elements if "lang" in given]
    assert {found["lang"] for found in tongues} == set(ways)
    assert [found for found in tongues if found["dir"] != ways[found["lang"]]] == []
    assert page.all("html")[0]["dir"] == "rtl"


def test_on_paper_a_line_begins_at_the_right_with_its_number(settings, tmp_path):
    fonts = {"FONTS": [arabic.typeface(tmp_path)]}
    ours = settings.WAGTAIL_CONTRACTS
    settings.WAGTAIL_CONTRACTS = {**ours, "SEALING": {**ours["SEALING"], **fonts}}
    words = _laid_out(sealing.render(papers.bundle(arabic.content())), tmp_path)
    first, second = (word[::-1] for word in arabic.WORDS["opening"].split()[:2])
    begins = {text: left for text, left, _end in words}
    assert begins[first] > begins[second]
    headings = {name[::-1] for name, _text in arabic.WORDS["clauses"]}
    pairs = [(one, two) for one, two in pairwise(words) if two[0] in headings]
    assert [one[0] for one, two in pairs if one[0] in NUMBERS and one[1] > two[2]] == NUMBERS


def _laid_out(pdf, folder):
    """Each word of the first page as its letters stand, with where it begins and ends."""
    path = folder / "contract.pdf"
    path.write_bytes(pdf)
    command = ["pdftotext", "-bbox", "-l", "1", str(path), "-"]
    told = subprocess.run(command, capture_output=True, check=True)  # noqa: S603
    words = ET.fromstring(told.stdout).iter(WORD)  # noqa: S314
    return [(one.text, float(one.get("xMin")), float(one.get("xMax"))) for one in words]
