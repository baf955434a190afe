"""An exhibit is inert: no script, no attachment, no way out but plain links (S-46).

It says the same to everybody: nothing of a page comes from elsewhere, is there on the screen or on
paper alone, or comes and goes at a press.

The walk begins at the root and reaches what a viewer reaches; earlier revisions inside the file
are shown by none that reads its last table, and one that would repair a broken table never sees
the file: it is refused.
"""

import io
import re
from collections.abc import Iterator

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader

from wagtail_contracts.contracts.core.files.refusals import FileRefused

MOST_PAGES, MOST_OBJECTS = 500, 200_000
KEYS = {
    "/JavaScript",
    "/JS",
    "/AA",
    "/Launch",
    "/EF",
    "/EmbeddedFiles",
    "/XFA",
    "/RichMedia",
    "/OPI",
}
KINDS = KEYS | {
    "/SubmitForm",
    "/ImportData",
    "/GoToR",
    "/GoToE",
    "/Movie",
    "/Sound",
    "/Rendition",
    "/3D",
    "/FileAttachment",
    "/SetOCGState",
    "/Hide",
}
# Of a stream: its bytes, the page that it shows, or the picture that is printed are elsewhere.
ELSEWHERE = ("/F", "/Ref", "/Alternates")
NO_VIEW = 1 << 5  # of the flags of what lies on a page: printed, and not shown
LAYERS = {"/View": "/ViewState", "/Print": "/PrintState"}
SCHEMES = ("http:", "https:", "mailto:", "tel:")
END = re.compile(rb"startxref\s+\d+\s+%%EOF\s*\Z")


def pages(content: bytes) -> int:
    """How many pages an inert PDF has. Raises FileRefused.

    Run it under limits of time and memory: it reads hostile bytes.
    """
    if not content.startswith(b"%PDF-") or not END.search(content[-1024:]):
        raise FileRefused("more_than_pdf")
    try:
        number, found = _looked_through(content)
    except (FileRefused, MemoryError):
        raise
    except Exception as error:  # the parser raises whatever the file makes it raise
        raise FileRefused("pdf") from error
    if found:
        raise FileRefused("live", ", ".join(sorted(found)))
    return number


def _looked_through(content: bytes) -> tuple[int, set[str]]:
    reader = PdfFileReader(io.BytesIO(content), strict=True)
    if reader.encrypted:
        raise FileRefused("encrypted")
    found = {reason for item in _dictionaries(reader) for reason in _reasons(item)}
    number = int(reader.root["/Pages"]["/Count"])
    if not 0 < number <= MOST_PAGES:
        raise FileRefused("pages", str(MOST_PAGES))
    if _leaves(reader.root["/Pages"]) != number:  # some viewers believe one, some the other
        raise FileRefused("pdf")
    return number, found


def _leaves(top: generic.PdfObject) -> int:
    """How many pages the tree of pages has."""
    number, waiting, seen = 0, [top], 0
    while waiting:
        node = waiting.pop()
        seen += 1
        if seen > MOST_OBJECTS:
            raise FileRefused("objects")
        if isinstance(node, generic.DictionaryObject) and "/Kids" in node:
            waiting += list(node["/Kids"])
        else:
            number += 1
    return number


def _dictionaries(reader: PdfFileReader) -> Iterator[generic.DictionaryObject]:
    """Every dictionary that the root leads to, each object once, without recursion."""
    seen: set[int] = set()
    waiting: list[generic.PdfObject] = [reader.root_ref.get_object()]
    while waiting:
        found = waiting.pop()
        if isinstance(found, generic.IndirectObject):
            if found.idnum in seen:
                continue
            seen.add(found.idnum)
            if len(seen) > MOST_OBJECTS:
                raise FileRefused("objects")
            found = found.get_object()  # type: ignore[no-untyped-call]  # pyHanko
        if isinstance(found, generic.DictionaryObject):
            yield found
            waiting += [found.raw_get(key) for key in found]
        elif isinstance(found, generic.ArrayObject):
            waiting += [found.raw_get(index) for index in range(len(found))]


def _reasons(found: generic.DictionaryObject) -> Iterator[str]:
    yield from (str(key) for key in found if key in KEYS)
    yield from (
        str(found[key]) for key in ("/S", "/Subtype") if key in found and str(found[key]) in KINDS
    )
    if str(found.get("/S")) == "/URI" and not _is_web(str(found.get("/URI"))):
        yield "/URI"
    if isinstance(found, generic.StreamObject):
        yield from (key for key in ELSEWHERE if key in found)
    if _differs_on_paper(found):
        yield "/PrintState"
    flags = found["/F"] if "/Rect" in found and "/F" in found else 0
    if isinstance(flags, int) and flags & NO_VIEW:
        yield "/NoView"


def _differs_on_paper(found: generic.DictionaryObject) -> bool:
    """Whether it makes a layer one for the screen, or for paper (ISO 32000-2, 8.11.4.4)."""
    parts = [(found[kind], state) for kind, state in LAYERS.items() if kind in found]
    states = [
        str(part[state])
        for part, state in parts
        if isinstance(part, generic.DictionaryObject) and state in part
    ]
    return len(states) == 1 or len(set(states)) > 1


def _is_web(address: str) -> bool:
    return address.strip().lower().startswith(SCHEMES)
