"""What the number that a line begins with may mean: 3.2, (a), iv., § 4, Article II."""

import re
from typing import NamedTuple

from wagtail_contracts.contracts.core.numbering import PATH, roman

# Words that a numbered heading begins with, in the languages of the agreements that we know.
WORDS = (
    *("§", "Article", "Artikkel", "Artikel", "Art.", "Articolo", "Artículo", "Section", "Clause"),
    *("Klausul", "Klausel", "Punkt", "Pkt.", "Ziffer", "Abschnitt", "Paragraf"),
)
DIGITS, ROMAN, LETTER = r"[1-9]\d{0,2}", r"[ivxl]{1,7}|[IVXL]{1,7}", r"[A-Za-z]"
PLAIN = rf"{DIGITS}|{ROMAN}|{LETTER}"
PATHS = r"[1-9]\d{0,2}(?:\.[1-9]\d{0,2}){1,3}"
# At the beginning of a line; digits before one point or parenthesis are Markdown's own.
LINE = re.compile(rf"({PATHS}\.?|\((?:{PLAIN})\)|(?:{ROMAN}|{LETTER})[.)])(?=[ \t\u00a0]+\S)")
MARK = rf"{PATHS}\.?|\((?:{PLAIN})\)|(?:{PLAIN})[.)]"
HEADING = re.compile(
    rf"((?:(?:{'|'.join(map(re.escape, WORDS))})[ \u00a0])?)"
    rf"({PATHS}\.?|\((?:{PLAIN})\)|(?:{PLAIN})[.):]?)(?:[ \u00a0]+[-–—:][ \u00a0]|[ \u00a0]+|$)",
    re.IGNORECASE,
)
# Headings of parts with numbers of their own, in the languages of the agreements that we know.
ANNEX = re.compile(
    r"(annex|annexe|appendix|schedule|exhibit|attachment|vedlegg|bilag|tillegg|anlage|anhang)\b",
    re.IGNORECASE,
)
PARTS = re.compile(rf"(?:(\S+) )?(\(?)({PATHS}|\d+|{PLAIN})([.)]?)")
ROMANS = {roman(count): count for count in range(1, 90)}


class Reading(NamedTuple):
    """One meaning of a mark: its style and its number; `path` are all numbers where it has them."""

    style: str
    number: int
    path: tuple[int, ...] = ()


def readings(mark: str) -> list[Reading]:
    """What a mark may mean; a small or capital i may be a letter or a Roman number."""
    found = PARTS.fullmatch(mark)
    if not found:
        return []
    word, before, said, after = found.groups()
    if "." in said:
        path = tuple(map(int, said.split(".")))
        return [Reading(PATH, path[-1], path)]
    around = f"{word} {before}%s{after}" if word else f"{before}%s{after}"
    return [Reading(around % kind, count) for kind, count in _counts(said)]


def _counts(said: str) -> list[tuple[str, int]]:
    if said.isdecimal():
        return [("1", int(said))] if int(said) else []
    small, found = said.lower(), []
    if small in ROMANS:
        found.append(("i" if said.islower() else "I", ROMANS[small]))
    if len(said) == 1:
        found.append(("a" if said.islower() else "A", ord(small) - ord("a") + 1))
    return found
