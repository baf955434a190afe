"""The words by which a contract is found, and what somebody types to find it.

Both are taken apart in the same way, here and nowhere else, so that SQLite and PostgreSQL compare
plain words and can't differ: letters and digits without accents and case, cut at everything else.
What is typed finds words that begin so; several must all be there.
"""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice, product

LONGEST = 64  # characters of a word; the rest of it is not compared
MOST = 200_000  # characters of words of one contract; a tsvector holds a megabyte
MOST_TYPED = 12  # words of a question, and as many ways to read it
# Letters that Unicode does not take apart, as people type them without the key for them.
BARE = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ł": "l"})
Digests = Callable[[str], Iterable[str]]
Ways = list[list[str]]


def words(text: str) -> Iterator[str]:
    """The words of a text, in order."""
    plain = unicodedata.normalize("NFKD", text).casefold().translate(BARE)
    bare = (sign for sign in plain if not unicodedata.category(sign).startswith("M"))
    kept = "".join(sign if sign.isalnum() else " " for sign in bare)
    return (word[:LONGEST] for word in kept.split())


def stored(texts: Iterable[str]) -> str:
    """Every word of some texts once, as a column keeps them."""
    kept, left = dict.fromkeys(word for text in texts for word in words(text)), MOST
    made = []
    for word in kept:
        if (left := left - len(word) - 1) < 0:
            break
        made.append(word)
    return " ".join(made)


def compact(number: str) -> str:
    """A number without what is put in for the eye: “923 609 016” and “923609016” are one."""
    return "".join(words(number))


def identifiers(number: str) -> list[str]:
    """What an organisation number is found by: as it is written, in one piece, its digits alone."""
    whole = compact(number)
    return [number, whole, "".join(sign for sign in whole if sign.isdigit())]


def address(email: str) -> str:
    """An e-mail address as it is compared."""
    return unicodedata.normalize("NFKC", email).strip().casefold()


def ways(typed: str, digests: Digests) -> Ways:
    """The ways to read what somebody typed, each a list of beginnings of words; none for nothing.

    An address stands for its `digests`, too, digits in groups for the number in one piece.
    """
    parts = list(islice(typed.split(), MOST_TYPED))
    read = [_readings(part, digests) for part in parts]
    all_ways = islice(product(*read), MOST_TYPED)
    found = [[word for reading in way for word in reading] for way in all_ways]
    if (whole := compact(typed)[:LONGEST]).isdigit():
        found.append([whole])
    return [way for way in found if way]


def _readings(part: str, digests: Digests) -> Sequence[Sequence[str]]:
    plain = list(words(part))
    if "@" not in part.strip("@"):
        return [plain]
    return [plain, *([digest] for digest in digests(address(part)))]


def sqlite(ways: Ways) -> str:
    """The question in the words of FTS5; a word has letters and digits alone, so none is special.

    Source: SQLite FTS5 Extension, section 3, full-text query syntax.
    """
    return " OR ".join("({})".format(" AND ".join(f'"{word}"*' for word in way)) for way in ways)


def postgresql(ways: Ways) -> str:
    """The question as a tsquery. Source: PostgreSQL documentation, section 8.11.2."""
    return " | ".join("({})".format(" & ".join(f"'{word}':*" for word in way)) for way in ways)
