"""Where a text uses the terms that it defines.

Whole words count, as the definition writes them or with a capital at the beginning.
"""

import re
from collections.abc import Iterator

from wagtail_contracts.contracts.core import shown, trees

MOST, LONGEST = 500, 100  # terms, and characters of one: nobody waits for more
QUOTES = " \"'“”„«»‘’‚‹›"  # noqa: RUF001 - the marks themselves
WORD = re.compile(r"\w+")
END = re.compile(r"(?!\w)|(?<!\w)")


class Terms:
    """The terms that a content tree defines. Of two definitions of one term the first counts."""

    def __init__(self, content: trees.Content) -> None:
        self._ids: dict[str, str] = {}
        self._lengths: dict[str, list[int]] = {}  # of the terms by their first word, longest first
        for term, id in _defined(content):
            if (first := WORD.match(term)) and len(self._ids) < MOST:
                self._ids.setdefault(term, id)
                lengths = self._lengths.setdefault(first[0], [])
                lengths[:] = sorted({*lengths, len(term)}, reverse=True)

    def __bool__(self) -> bool:
        return bool(self._ids)

    @property
    def ids(self) -> set[str]:
        """The ids of the definitions."""
        return set(self._ids.values())

    def split(self, text: str, said: set[str]) -> Iterator[tuple[str, str]]:
        """The text in pieces: (words, id of the definition, or "" where they are no term).

        Definitions in `said` are not pointed at; those that are join them, so that each is once.
        """
        given = passed = 0
        for word in WORD.finditer(text) if self._ids else ():
            term, id = self._at(text, word) if word.start() >= passed else ("", "")
            if id:
                passed = word.start() + len(term)
            if id and id not in said:
                said.add(id)
                yield from [(text[given : word.start()], "")] if word.start() > given else ()
                yield term, id
                given = passed
        if text[given:]:
            yield text[given:], ""

    def _at(self, text: str, word: re.Match[str]) -> tuple[str, str]:
        """The longest term that begins with this word."""
        for length in self._lengths.get(word[0], ()):
            term = text[word.start() : word.start() + length]
            if term in self._ids and END.match(text, word.start() + length):
                return term, self._ids[term]
        return "", ""


def _defined(content: trees.Content) -> Iterator[tuple[str, str]]:
    for block in trees.blocks(content["body"]):
        if block["type"] == "definition":
            term = " ".join(shown.words(block["term"], content).split()).strip(QUOTES)
            if 0 < len(term) <= LONGEST:
                yield from ((term, block["id"]), (term[0].upper() + term[1:], block["id"]))
