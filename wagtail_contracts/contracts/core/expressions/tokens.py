"""The words of an expression, and the one thing that can be wrong with it."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

LONGEST = 4000  # characters
TOKEN = re.compile(
    r"""
      (?P<date> \d{4}-\d{2}-\d{2} (?!\d) )
    | (?P<number> \d{1,15} (?: \.\d{1,12} )? (?![\d.]) )
    | (?P<text> "(?: [^"] | "" )*" | “[^”]*” )
    | (?P<key> \{ [^{}\s"]{1,64} \} )
    | (?P<word> [a-z][a-z0-9_]{0,63} (?![A-Za-z0-9_]) )
    | (?P<currency> [A-Z]{3} (?![A-Za-z0-9_]) )
    | (?P<sign> [<>]= | != | [-+*/()=<>,×÷≤≥≠\u2212] )
    """,
    re.VERBOSE,
)
SPACE = re.compile(r"\s*")
SAME = {"×": "*", "÷": "/", "≤": "<=", "≥": ">=", "≠": "!=", "\u2212": "-"}


class Invalid(ValueError):
    """An expression that can't be used: `code` says why, `at` is where, `words` fill the sentence.

    `at` counts characters from nought.
    """

    def __init__(self, code: str, at: int, **words: Any) -> None:
        super().__init__(code, at)
        self.code, self.at, self.words = code, at, words


class Token(NamedTuple):
    """One word: its kind (a group of TOKEN, or "end"), what it says, and where it stands."""

    kind: str
    said: str
    at: int


def tokens(text: str) -> Iterator[Token]:
    """The words in order, and "end" after the last. Raises Invalid."""
    if len(text) > LONGEST:
        raise Invalid("too_long", LONGEST, most=LONGEST)
    at = _after_space(text, 0)
    while at < len(text):
        found = TOKEN.match(text, at)
        if not found:
            raise Invalid("open_text" if text[at] in '"“' else "character", at, said=text[at])
        said = found[0]
        yield Token(str(found.lastgroup), SAME.get(said, said), at)
        at = _after_space(text, found.end())
    yield Token("end", "", len(text))


def _after_space(text: str, at: int) -> int:
    found = SPACE.match(text, at)
    return found.end() if found else at
