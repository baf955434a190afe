"""The one normal form of text: NFC, line ends as newline."""

import re
import unicodedata
from html import unescape

TAG = re.compile(r"<[^>]*>")


def normal(value: object) -> str:
    """Text as it enters the canonical form."""
    text = "" if value is None else str(value)
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def words(html: str) -> str:
    """The words of stored rich text in one line, for names and lists; never for the contract."""
    return " ".join(unescape(TAG.sub(" ", html)).split())
