"""Names as they are kept, and whether two are those of one person, as far as names can tell.

One person has the same words in any order: registers put the family name first or last, write
hyphens or not, letters whole or as a letter and its mark. A word more or less is another name, and
so is another letter: o is not ø, and whoever sent the contract decides what they make of it.
"""

from __future__ import annotations

import unicodedata

# What joins or follows words in names and is no part of them.
HYPHENS, APOSTROPHES = "-\u2010\u2011\u2013", "\u2019\u02bc\u0060"
AROUND = str.maketrans(dict.fromkeys(f",.{HYPHENS}", " ") | dict.fromkeys(APOSTROPHES, "'"))


def one_line(words: str) -> str:
    """The words in one form of each letter, a space between two."""
    return " ".join(unicodedata.normalize("NFC", words).split())


def same_name(first: str, second: str) -> bool:
    """Whether both consist of the same words; two empty ones are nobody's."""
    words = _words(first)
    return bool(words) and words == _words(second)


def _words(name: str) -> list[str]:
    """The words in an order of their own, small, in one form of each letter."""
    plain = unicodedata.normalize("NFKC", name).translate(AROUND).casefold()
    return sorted(unicodedata.normalize("NFKC", plain).split())
