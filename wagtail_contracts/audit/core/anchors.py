"""The trail that left the house inside a sealed file, read back."""

from io import BytesIO
from typing import Any

from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader

from wagtail_contracts import canonical

EVIDENCE = "evidence.json"


class NoAnchor(ValueError):
    """The file holds no trail to compare with."""


def read(data: bytes) -> dict[str, Any]:
    """The trail inside a sealed PDF, or inside the evidence.json taken out of one.

    Returns key, length, head and records. Says nothing about the seal. Raises NoAnchor.
    """
    text = _attached(data) if data.startswith(b"%PDF-") else data
    try:
        trail: dict[str, Any] = canonical.decode(text)["trail"]
        found = [type(trail[name]) for name in ("key", "length", "head", "records")]
    except (canonical.NotCanonical, KeyError, TypeError) as error:
        raise NoAnchor("This is no evidence with a trail in it.") from error
    if found != [str, int, str, list]:
        raise NoAnchor("The trail in this evidence has another shape.")
    return trail


def _attached(data: bytes) -> bytes:
    try:
        files = PdfFileReader(BytesIO(data)).root["/Names"]["/EmbeddedFiles"]["/Names"]
        pairs = [files[place] for place in range(1, len(files), 2)]
        content: bytes = next(
            item["/EF"]["/F"].data for item in pairs if str(item["/UF"]) == EVIDENCE
        )
    except (PdfError, KeyError, IndexError, AttributeError, StopIteration) as error:
        raise NoAnchor("This PDF carries no evidence.json.") from error
    return content
