"""Pages, paper and mails know no left and no right; a language comes with its direction."""

import re

import pytest

from tests.house.laws import HOUSE

STYLES = sorted(
    path
    for path in HOUSE.glob("**/*.css")
    if path.name in {"public.css", "document.css", "chips.css"} or path.parent.name == "print"
)
OUTSIDE = ("/public/", "/mail/", "/html/", "/print/", "/changes/", "/factor_mail/")
TEMPLATES = sorted(
    path
    for path in HOUSE.glob("*/templates/**/*.html")
    if any(room in str(path) for room in OUTSIDE)
)
PHYSICAL = re.compile(
    r"(?<![\w@-])(?:[a-z]+-)*(?:left|right)(?:-[a-z]+)*\s*:"
    r"|(?:float|clear|text-align|caption-side)\s*:\s*(?:left|right)\b"
)
SIDES = re.compile(r"(?:margin|padding|inset|border-width)\s*:\s*([^;}\"]+)")
CALL = re.compile(r"[\w-]+\([^()]*\)")
TONGUE = re.compile(r'(?<![a-z])lang="\{\{ ([\w.]+) \}\}"(?! dir="\{\{ \1\|direction \}\}")')


def found(styles):
    """Declarations that mean another side where one writes from right to left."""
    bare = re.sub(r"/\*.*?\*/", "", styles, flags=re.DOTALL)
    while CALL.search(bare):
        bare = CALL.sub("0", bare)
    uneven = [
        said
        for said in SIDES.findall(bare)
        if len(parts := said.split()) == 4 and parts[1] != parts[3]
    ]
    return [*PHYSICAL.findall(bare), *uneven]


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_styles_name_no_side(path):
    assert found(path.read_text()) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_markup_names_no_side_and_each_language_has_its_direction(path):
    markup = path.read_text()
    assert found(" ".join(re.findall(r'style="([^"]*)"', markup))) == []
    assert TONGUE.findall(markup) == []


def test_there_are_styles_and_templates():
    assert len(STYLES) >= 6
    assert len(TEMPLATES) > 80


@pytest.mark.parametrize(
    ("styles", "count"),
    [
        ("a { margin-left: 1px }", 1),
        ("a{left:0}", 1),
        ("a { border-top-right-radius: 1px; float: right }", 2),
        ("a { padding: 1px 2px 1px 0 }", 1),
        ("a { padding: 1px 2px calc(1px + env(x)); margin-inline-start: 1px }", 0),
        ("@page { @bottom-right { content: none } } /* left: 0 */ a { text-align: start }", 0),
    ],
)
def test_a_side_is_found(styles, count):
    assert len(found(styles)) == count
