"""The first step: a PDF whose signatures a strict reader finds. Failing here is no accusation."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from wagtail_contracts.sealing.core.reports import LARGEST, Fault, Verdict


def opened(data: bytes) -> tuple[PdfFileReader, Sequence[EmbeddedPdfSignature]]:
    """The reader, and the signatures in their order. Raises the fault unreadable."""
    if len(data) > LARGEST:
        raise Fault(Verdict.UNREADABLE, "larger than 25 MB")
    if not data.startswith(b"%PDF-"):
        raise Fault(Verdict.UNREADABLE, "not a PDF")
    with _reading("a strict reader can't read it"):
        reader = PdfFileReader(BytesIO(data), strict=True)
    with _reading("a signature in it can't be read"):
        return reader, reader.embedded_signatures


def words(error: Exception) -> str:
    """What a library said; who made the file may have chosen the words."""
    return f"{type(error).__name__}: {error}".removesuffix(": ")[:200]


@contextmanager
def _reading(problem: str) -> Iterator[None]:
    try:
        yield
    except MemoryError:
        raise
    except Exception as error:
        raise Fault(Verdict.UNREADABLE, f"{problem}: {words(error)}") from error
