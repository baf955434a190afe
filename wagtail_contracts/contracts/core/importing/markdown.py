"""Markdown (CommonMark with tables) as the streams of a template.

What has no place in a template is kept as words and reported; nothing is dropped in silence. The
rules are told in docs/how-to/import-from-markdown.md.
"""

import re
from collections.abc import Iterable

from wagtail_contracts.contracts.core.importing.blocks import place
from wagtail_contracts.contracts.core.importing.drafts import Draft, Imported, Words
from wagtail_contracts.contracts.core.importing.parsing import tree

# Marks of byte order, writing direction and hyphenation: they carry no words.
INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


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
    """The text without invisible marks. Raises Unplaceable for what is no text."""
    text = INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    for number, row in enumerate(text.split("\n"), 1):
        if found := CONTROL.search(row):
            raise draft.refuse(number, "control", character=f"U+{ord(found[0]):04X}")
    if not text.strip():
        raise draft.refuse(1, "no_text")
    return text
