"""docs/reference/screens.md shows each picture that `make pictures` takes, and no other."""

import re

from tests.pictures import desk, means, outside, several
from tests.pictures.photographer import FOLDER, ROOT, WIDTHS

PAGE = ROOT / "docs" / "reference" / "screens.md"


def expected():
    """The files that a run writes."""
    tables = (*desk.TABLES, outside.STANDING, *several.TABLES)
    names = [
        *desk.WALKED,
        *outside.WALKED,
        *several.WALKED,
        *means.WALKED,
        *(name for table in tables for name in table),
    ]
    return {f"{name}-{width}.png" for name in names for width in WIDTHS}


def test_each_is_committed():
    assert {path.name for path in FOLDER.glob("*.png")} == expected()


def test_each_is_shown_once_with_words():
    shown = re.findall(r"!\[[^\]]+\]\(\.\./pictures/([^)]+)\)", PAGE.read_text())
    assert sorted(shown) == sorted(expected())
