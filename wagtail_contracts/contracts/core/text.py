"""The one normal form of text: NFC, line ends as newline."""

import re
import unicodedata
from html import unescape

LONGEST = 5000  # characters of what somebody says: a comment, a reason, an answer
IN_A_ROW = 30  # marks on one letter; no language has as many
BETWEEN = "\u034f"  # keeps marks apart, and is not seen
ABOVE_LATIN = re.compile(f"[\u0300-\U0010ffff]{{{IN_A_ROW + 1},}}")  # no mark stands before it
TAG = re.compile(r"<[^>]*>")
# What nobody sees: marks of direction and joining, fillers, variants, tags.
UNSEEN = re.compile(
    "[\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
JOINERS = "\u200c\u200d"  # Persian and Indic scripts need them within words


def normal(value: object) -> str:
    """Text as it enters the canonical form.

    Marks in a row are put in order; for a hundred thousand that takes minutes, so that after each
    IN_A_ROW another row begins (UAX #15, Stream-Safe Text Format).
    """
    text = "" if value is None else str(value)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", ABOVE_LATIN.sub(_in_rows, text))


def _in_rows(found: re.Match[str]) -> str:
    made, marks = [], 0
    for character in found[0]:
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks > IN_A_ROW:
            made.append(BETWEEN)
            marks = 1
        made.append(character)
    return "".join(made)


def words(html: str) -> str:
    """The words of stored rich text in one line, for names and lists; never for the contract."""
    return " ".join(unescape(TAG.sub(" ", html)).split())


def is_blank(text: str) -> bool:
    """Say whether nothing of a text is seen."""
    return not UNSEEN.sub("", text).strip()


def unseen(name: str) -> bool:
    """Say whether a name has something that nobody sees, or nothing else."""
    told = name.translate(dict.fromkeys(map(ord, JOINERS)))
    return bool(name) and (is_blank(name) or UNSEEN.search(told) is not None)
