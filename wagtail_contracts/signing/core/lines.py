"""One line of text for mails: nothing in it breaks a line, hides, or turns the text around."""

import re

# Controls, line and paragraph separators, marks of direction, the byte order mark.
HIDDEN = re.compile(
    "[\\x00-\\x1f\\x7f-\\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)
# What makes a name look like an address, or ends the name in a header.
ADDRESS = re.compile('[@\uff20\ufe6b"<>()\\[\\],;:\\\\]')


def plain(text: str) -> str:
    """The text in one line, also to a reader that decodes the words of RFC 2047."""
    return " ".join(HIDDEN.sub(" ", text).replace("=?", "= ?").split())


def display_name(text: str) -> str:
    """The text as a name before an address, which can't pretend to be one."""
    return plain(ADDRESS.sub(" ", text))
