"""The fonts: bundled ones, and those that the site adds. No other font is ever used.

Places are folders with fonts, or single files.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from xml.sax.saxutils import escape

from wagtail_contracts.sealing.conf import sealing

SANS, SERIF = "Noto Sans", "Noto Serif"
BUNDLED = Path(__file__).with_name("fonts")
KINDS = {".ttf", ".otf", ".ttc"}
LAID_OUT = "\t\n\r"  # white space of HTML, which no font draws
UNDRAWN = {"Cc", "Zl", "Zp"}  # controls and separators of lines: refused although fonts list them


def places() -> tuple[Path, ...]:
    """Where fonts are taken from."""
    return (BUNDLED, *map(Path, sealing().fonts))


def files(places: Sequence[Path]) -> list[Path]:
    """The font files in these places."""
    found = (path for place in places for path in _inside(place))
    return sorted(path for path in found if path.suffix.lower() in KINDS)


def unprintable(text: str) -> str:
    """The characters of `text` that no font has, each once and in order; "" if it has all."""
    known = _characters(places())
    missing = {
        letter
        for letter in set(text) - set(LAID_OUT)
        if ord(letter) not in known or unicodedata.category(letter) in UNDRAWN
    }
    return "".join(sorted(missing))


def configuration(places: Sequence[Path], cache: Path) -> str:
    """A fonts.conf for fontconfig that knows these fonts alone.

    It knows folders only, so they are linked into one, in `cache`.
    """
    folder = cache / "fonts"
    folder.mkdir()
    for number, path in enumerate(files(places)):
        (folder / f"{number}{path.suffix}").symlink_to(path.resolve())
    return (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">'
        f"<fontconfig><dir>{escape(str(folder))}</dir>"
        f"<cachedir>{escape(str(cache))}</cachedir></fontconfig>"
    )


def _inside(place: Path) -> Iterator[Path]:
    return iter([place]) if place.is_file() else place.glob("*")


@lru_cache(maxsize=4)
def _characters(places: tuple[Path, ...]) -> frozenset[int]:
    return frozenset().union(*map(_of_file, files(places)))


@lru_cache(maxsize=64)
def _of_file(path: Path) -> frozenset[int]:
    from fontTools.ttLib import TTCollection, TTFont  # only where somebody types

    fonts = TTCollection(path).fonts if path.suffix.lower() == ".ttc" else [TTFont(path)]
    return frozenset().union(*(font.getBestCmap() or {} for font in fonts))
