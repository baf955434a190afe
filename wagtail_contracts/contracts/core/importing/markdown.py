"""Markdown (CommonMark with tables) as the streams of a template.

What has no place in a template is kept as words and reported; nothing is dropped in silence. The
rules are told in docs/how-to/import-from-markdown.md.
"""

import re
import unicodedata
from collections.abc import Iterable

from wagtail_contracts.contracts.core.importing.blocks import place
from wagtail_contracts.contracts.core.importing.drafts import Draft, Imported, Words
from wagtail_contracts.contracts.core.importing.marks import MARK
from wagtail_contracts.contracts.core.importing.parsing import tree

# Marks of byte order, hyphenation and where a line may end: they carry no words.
INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# They change the order of letters, and a contract with them would not be sent.
TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
OVERRIDING = ("\u202d", "\u202e")
BEGINNING = re.compile(rf"^([\s>]*){DIRECTION.pattern}+")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
BOLD = re.compile(rf"^([\s>]*)\*\*({MARK})(?:\*\*(?=[ \t])|(?=[ \t]+\S.*\*\*))[ \t]+(\*\*)?")
NOTE = re.compile(r"\[\^([^\[\]\s]{1,20})\](:?)")


def read(sources: Iterable[tuple[str, str]], words: Words | None = None) -> Imported:
    """Read (name, text) pairs, which make one agreement, in their order. Raises Unplaceable."""
    draft = Draft(words or Words())
    for name, text in sources:
        with draft.reading(name):
            place(tree(_plain(text, draft), draft).children, draft)
    if not draft.title:
        raise draft.refuse(1, "no_title")
    return draft.finish()


def _plain(text: str, draft: Draft) -> str:
    """The text as Markdown takes it, line by line. Raises Unplaceable for what is no text."""
    text = INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if not DIRECTION.sub("", text).strip():
        raise draft.refuse(1, "no_text")
    rows = enumerate(text.split("\n"), 1)
    return "\n".join(_row(row, number, draft) for number, row in rows)


def _row(row: str, number: int, draft: Draft) -> str:
    if found := CONTROL.search(row):
        raise draft.refuse(number, "control", character=f"U+{ord(found[0]):04X}")
    row = _directed(row, number, draft)
    row = BOLD.sub(_with_number_first, row)
    return row if "`" in row else NOTE.sub(_footnote, row)


def _directed(row: str, number: int, draft: Draft) -> str:
    """Keep marks of direction beside letters that run from right to left; elsewhere drop them."""
    if not DIRECTION.search(row):
        return row
    turned = any(
        unicodedata.bidirectional(letter) in ("R", "AL")
        for letter in row
        if letter > "\u0590" and not DIRECTION.match(letter)
    )
    if any(letter in row for letter in OVERRIDING) or (turned and TURNING.search(row)):
        draft.note(number, "direction", words=DIRECTION.sub("", row).strip())
    row = BEGINNING.sub(r"\1", row)
    return (TURNING if turned else DIRECTION).sub("", row)


def _with_number_first(found: re.Match[str]) -> str:
    """A number that is bold with the words after it stands before them."""
    alone = found[0].rstrip("* \t").endswith(found[2]) and f"{found[2]}**" in found[0]
    return f"{found[1]}{found[2]} " + (found[3] or "" if alone else "**")


def _footnote(found: re.Match[str]) -> str:
    """A footnote keeps its mark in brackets, where it is called and where it stands."""
    return f"\\[{found[1]}\\]"
