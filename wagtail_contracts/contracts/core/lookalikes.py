"""Names that a reader could take for others: what look-alikes share, and mixed alphabets.

The pairs are those that names of teams are forged with in practice; the idea of a skeleton is that
of Unicode Technical Standard 39, section 4.
"""

from __future__ import annotations

import re
import unicodedata

# Letters of other alphabets, and digits, that look like a Latin letter; i is a capital that is l.
SEEN = "аеорсухіјѕԁһԛԝьтмнквӏαοντρκιυχγ0|1i"  # noqa: RUF001 - that is the point
LIKE = dict(zip(SEEN, "aeopcyxljsdhqwbtmhkblaovtpkluxyolll", strict=True))
PAIRS = (("rn", "m"), ("vv", "w"))
ALPHABETS = frozenset({"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE"})


def skeleton(name: str) -> str:
    """What names that look alike have in common: a letter for each look, no spaces and marks."""
    apart = unicodedata.normalize("NFKD", name).casefold()
    letters = "".join(LIKE.get(one, one) for one in apart if one.isalnum() or one in LIKE)
    for two, one in PAIRS:
        letters = letters.replace(two, one)
    return letters


def is_mixed(name: str) -> bool:
    """Say whether a word has letters of alphabets that look alike."""
    return any(len(_alphabets(word)) > 1 for word in re.findall(r"\w+", name))


def is_turned(name: str) -> bool:
    """Say whether a name holds characters that nobody sees: controls, or marks of direction."""
    return any(unicodedata.category(one) in ("Cc", "Cf", "Zl", "Zp") for one in name)


def _alphabets(word: str) -> set[str]:
    named = {unicodedata.name(one, "").partition(" ")[0] for one in word if one.isalpha()}
    return named & ALPHABETS
