"""The fonts: bundled ones, and those that the site adds. No other font is ever used."""

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from xml.sax.saxutils import escape

from wagtail_contracts.sealing.conf import sealing

SANS, SERIF = "Noto Sans", "Noto Serif"
BUNDLED = Path(__file__).with_name("fonts")
KINDS = {".ttf", ".otf", ".ttc"}
LAID_OUT = "\t\n\r"  # white space of HTML, which no font draws
UNDRAWN = {"Cc", "Zl", "Zp"}  # controls and separators of lines: refused although fonts list them


def folders() -> tuple[Path, ...]:
    """Where fonts are taken from."""
    return (BUNDLED, *(Path(folder) for folder in sealing().fonts))


def files(places: Sequence[Path]) -> list[Path]:
    """The font files in these folders."""
    return sorted(
        path for place in places for path in place.glob("*") if path.suffix.lower() in KINDS
    )


def unprintable(text: str) -> str:
    """The characters of `text` that no font has, each once and in order; "" if it has all."""
    known = _characters(folders())
    missing = {
        letter
        for letter in set(text) - set(LAID_OUT)
        if ord(letter) not in known or unicodedata.category(letter) in UNDRAWN
    }
    return "".join(sorted(missing))


def configuration(places: Sequence[Path], cache: Path) -> str:
    """A fonts.conf for fontconfig that lists these folders alone."""
    listed = "".join(f"<dir>{escape(str(place.resolve()))}</dir>" for place in places)
    return (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">'
        f"<fontconfig>{listed}<cachedir>{escape(str(cache))}</cachedir></fontconfig>"
    )


@lru_cache(maxsize=4)
def _characters(places: tuple[Path, ...]) -> frozenset[int]:
    from fontTools.ttLib import TTCollection, TTFont  # only where somebody types

    found: set[int] = set()
    for path in files(places):
        fonts = TTCollection(path).fonts if path.suffix.lower() == ".ttc" else [TTFont(path)]
        for font in fonts:
            found.update(font.getBestCmap() or {})
    return frozenset(found)
