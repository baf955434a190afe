"""References to objects that a file doesn't have: whoever adds such an object changes a page.

No table names them, and nothing is rewritten when they come. So what stands before a revision is
searched for the numbers that it adds. Whole bytes are searched, streams and texts too, since a
parser that is led past a reference would miss it: a mention in the wrong place is refused as well.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader

# A remark counts as space (ISO 32000-1, 7.2.4); some readers pass over signs inside a number.
SPACE = rb"(?:[\x00\t\n\f\r ]|%[^\r\n]*[\r\n])+"
REST = SPACE + rb"[0-9]+" + SPACE + b"R"
SIGNS, ZEROS = b"+-", 64  # as many as may stand before a number


def supplied(reader: PdfFileReader, number: int) -> bool:
    """Tell whether a revision brings an object that those before it refer to and don't have."""
    old = reader.get_historical_resolver(number - 1)
    new = [
        reference.idnum
        for reference in reader.xrefs.explicit_refs_in_revision(number)
        if old.is_ref_unassignable(reference)
    ]
    return bool(new) and _mentioned(reader, number - 1, new)


def points_ahead(reader: PdfFileReader, revision: int) -> bool:
    """Tell whether a table names a place behind itself, where a later revision may put anything."""
    table = reader.xrefs.get_startxref_for_revision(revision)
    places = (
        reader.xrefs.get_historical_ref(reference, revision)
        for reference in reader.xrefs.explicit_refs_in_revision(revision)
    )
    return any(isinstance(place, int) and place > table for place in places)


def _mentioned(reader: PdfFileReader, revision: int, numbers: Iterable[int]) -> bool:
    """Tell whether anything up to that revision refers to an object of one of these numbers."""
    parts = [part.translate(None, SIGNS) for part in _parts(reader, revision)]
    words = [b"%d" % number for number in numbers]
    return any(_refers(part, word) for part in parts for word in words if word in part)


def _refers(part: bytes, word: bytes) -> bool:
    for match in re.finditer(word + REST, part):
        before = part[max(match.start() - ZEROS, 0) : match.start()].rstrip(b"0")
        if not before[-1:].isdigit():  # else it ends a longer number
            return True
    return False


def _parts(reader: PdfFileReader, revision: int) -> Iterator[bytes]:
    """The bytes before the table of that revision, its trailer, and what object streams hold."""
    reader.stream.seek(0)
    yield reader.stream.read(reader.xrefs.get_startxref_for_revision(revision))
    yield _written(reader.get_historical_resolver(revision).trailer_view)
    for number in range(revision + 1):
        for reference in reader.xrefs.object_streams_used_in(number):
            yield reader.get_historical_resolver(number)(reference).data


def _written(trailer: Any) -> bytes:
    return b" ".join(
        b"%d %d R" % (value.idnum, value.generation)
        for value in map(trailer.raw_get, trailer)
        if isinstance(value, generic.IndirectObject)
    )
