"""Keys of definitions, made from what people call them; and what the id of a block looks like."""

import re
import unicodedata
from collections.abc import Collection

LONGEST = 40
# Of blocks and of their parts: UUIDs, as Wagtail makes them.
IDENTITY = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# Letters that lose no accent when they are taken apart, and å, as Norwegians spell them out.
SPELT = str.maketrans(
    {"æ": "ae", "ø": "oe", "å": "aa", "œ": "oe", "ß": "ss", "ð": "d", "þ": "th", "ł": "l", "đ": "d"}
)


def made(label: str, taken: Collection[str] = (), *, fallback: str = "field") -> str:
    """A key for a label: `[a-z][a-z0-9_]*`, at most 63 characters, none of `taken`.

    The same label gives the same key as long as nothing else has it. Without a letter that can be
    spelt in ASCII it is `fallback`.
    """
    spelt = unicodedata.normalize("NFC", label).lower().translate(SPELT)
    plain = unicodedata.normalize("NFKD", spelt).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:LONGEST].rstrip("_")
    if not words or not words[0].isalpha() or words.startswith("system_"):
        words = f"{fallback}_{words}".rstrip("_")
    found, number = words, 1
    while found in taken:
        number += 1
        found = f"{words}_{number}"
    return found
