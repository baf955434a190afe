"""What fits into one SMS. Pure.

Source: GSM 03.38 (3GPP TS 23.038): 160 characters of seven bits, some of which take two places; a
text with any other character is sent in UCS-2, of which 70 units fit.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENDED = frozenset("^{}\\[~]|€\f")  # each takes two places
GSM7, UCS2 = 160, 70
# What people type without thinking, as the alphabet has it.
PLAIN = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u2032`\u00b4", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u00ab\u00bb", '"'),
        **dict.fromkeys("\u2010\u2011\u2013\u2014\u2212", "-"),
        "…": "...",
        "\u00a0": " ",
        "\u202f": " ",
    }
)


def is_gsm7(text: str) -> bool:
    """Whether each character is one of the seven-bit alphabet."""
    return all(character in BASIC or character in EXTENDED for character in text)


def length(text: str) -> int:
    """How many places a text takes: of 160 in the seven-bit alphabet, else of 70."""
    if is_gsm7(text):
        return len(text) + sum(character in EXTENDED for character in text)
    return len(text.encode("utf-16-be")) // 2


def fits(text: str) -> bool:
    """Whether a text is one SMS."""
    return length(text) <= (GSM7 if is_gsm7(text) else UCS2)


def folded(text: str) -> str:
    """The text in the seven-bit alphabet; empty where too little of it would be left."""
    text = " ".join(text.translate(PLAIN).split())
    kept = "".join(map(_folded, text))
    letters = sum(character.isalnum() for character in text)
    lost = letters - sum(character.isalnum() for character in kept)
    return " ".join(kept.split()) if lost * 4 <= letters else ""


def shortened(text: str, room: int) -> str:
    """The text in no more places than `room`, with three dots for what is left out."""
    if length(text) <= room:
        return text
    while text and length(f"{text}...") > room:
        text = text[:-1]
    return f"{text.rstrip()}..." if text else ""


def first_that_fits(texts: Iterable[str]) -> str:
    """The first that is one SMS; the last where none is: it is sent in parts."""
    text = ""
    for text in texts:
        if fits(text):
            break
    return text


def _folded(character: str) -> str:
    if character in BASIC or character in EXTENDED:
        return character
    bare = unicodedata.normalize("NFKD", character)[0]
    return bare if bare in BASIC else ""
