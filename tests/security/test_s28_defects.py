"""S-28: a PDF with a defect is not made; the refusal names the character or the file."""

import re
from io import BytesIO

import pikepdf
import pytest

from tests import bundles
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.sealing.errors import RenderingRefused
from wagtail_contracts.sealing.rendering import unprintable

DEFECTS = {
    "a missing picture": ('<img src="bundle:/logo.png" alt="">', "logo.png"),
    "a picture that is none": ('<img src="bundle:/bad.png" alt="">', "bad.png"),
    "a style that is none": ("<style>p { colour: red }</style>", "colour"),
    "a selector that is none": ("<style>p::::x { color: red }</style>", "selector"),
    "a rule that is none": ("<style>@page { size: enormous }</style>", "enormous"),
    "a dead anchor": ('<a href="#nowhere">x</a>', "nowhere"),
    "a character": ("<p>\u7532 a</p>", "\u7532"),
    "a flag": ("<p>\U0001f1f3\U0001f1f4</p>", "\U0001f1f3"),
}
BAD = {"bad.png": b"no picture at all"}


@pytest.mark.parametrize("defect", DEFECTS)
def test_a_defect_refuses_the_file_and_is_named(defect):
    markup, named = DEFECTS[defect]
    with pytest.raises(RenderingRefused) as refused:
        sealing.render(bundles.bundle(extra=markup, resources=BAD))
    assert named in str(refused.value)


def test_the_same_without_defects_is_made():
    markup = '<style>p { color: #444 }</style><p id="here">a</p><a href="#here">x</a>'
    assert sealing.render(bundles.bundle(extra=markup)).startswith(b"%PDF-1.7")


@pytest.mark.parametrize("word", ["<title>Rammeavtale 2026-0001</title>", ' lang="nb"'])
def test_without_title_or_language_a_screen_reader_could_not_read_it(word):
    assert word in bundles.html()
    with pytest.raises(RenderingRefused, match="title or a language"):
        sealing.render(bundles.bundle(text=bundles.html().replace(word, "")))


def test_every_missing_character_is_told_once_and_in_order():
    with pytest.raises(RenderingRefused) as refused:
        sealing.render(bundles.bundle(extra="<p>\u4e59\u7532 \u4e59 \u65e5</p>"))
    assert refused.value.characters == "\u4e59\u65e5\u7532"
    assert unprintable("\u4e59\u7532 \u4e59 \u65e5 abc") == "\u4e59\u65e5\u7532"


def test_a_refusal_seals_nothing():
    with pytest.raises(RenderingRefused):
        sealing.seal(bundles.bundle(extra="<p>\u7532</p>"))
    assert sealing.seal(bundles.bundle()).level == "B-B"


FAMILIES = ["Noto Sans", "Noto Serif", "Helvetica", "DejaVu Sans", "monospace", "No Such Family"]


@pytest.mark.parametrize("family", FAMILIES)
def test_no_font_of_the_machine_gets_into_the_file(family):
    """A missing family gives no warning, and the machine's font would be taken without a word."""
    style = f"<style>body, h1, td {{ font-family: '{family}', {family} }}</style>"
    with pikepdf.open(BytesIO(sealing.render(bundles.bundle(extra=style)))) as pdf:
        fonts = {str(item.BaseFont) for item in objects(pdf) if "/BaseFont" in item}
        descriptors = [item for item in objects(pdf) if "/FontName" in item]
        assert descriptors
        assert all("/FontFile2" in item or "/FontFile3" in item for item in descriptors)
    assert fonts
    assert {re.sub(r"^/[A-Z]{6}\+|-.*", "", name) for name in fonts} <= {"Noto", "NotoSans"} | {
        "Noto-Sans",
        "Noto-Serif",
        "NotoSerif",
    }


def objects(pdf):
    return [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary)]


def test_what_is_called_printable_is_printed():
    """All that a field may hold, in both families: the last signatory must not learn it."""
    known = "".join(filter(lambda letter: not unprintable(letter), map(chr, range(32, 0x2FFFF))))
    assert len(known) > 2500
    text = "".join(f"&#{ord(letter)}; " for letter in known)
    markup = f"<p>{text}</p><p style=\"font-family: 'Noto Serif'\">{text}</p>"
    assert sealing.render(bundles.bundle(extra=markup))
    assert unprintable("a\x00\x07\x7f\u2028\u7532") == "\x00\x07\x7f\u2028\u7532"
