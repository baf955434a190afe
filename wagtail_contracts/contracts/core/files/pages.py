"""Pages of an inert PDF as pictures, and their words for readers who don't see them.

A browser's own viewer would need a frame without the policy that keeps files harmless, and phones
have none.
"""

import io
from collections.abc import Sequence

import pypdfium2
from pypdfium2 import raw

from wagtail_contracts.contracts.core.files.refusals import FileRefused

WIDTH = 1240  # pixels: 150 a inch on A4, sharp on a phone and at full width
TALLEST = 4 * WIDTH
MOST_WORDS = 20_000  # characters of one page
QUALITY = 82


def words(content: bytes) -> list[str]:
    """The words of each page, "" where it has none, as a scan. Raises FileRefused."""
    try:
        with pypdfium2.PdfDocument(content) as document:
            document.init_forms()
            return [_words(_whole(document, number)) for number in range(len(document))]
    except pypdfium2.PdfiumError as error:
        raise FileRefused("pdf") from error


def picture(content: bytes, number: int) -> bytes:
    """Page `number`, from 1, as JPEG. Raises FileRefused."""
    try:
        with pypdfium2.PdfDocument(content) as document:
            document.init_forms()
            page = _whole(document, number - 1)
            width, height = page.get_size()
            scale = min(WIDTH / width, TALLEST / height)
            image = page.render(scale=scale).to_pil().convert("RGB")
    except (pypdfium2.PdfiumError, IndexError, ZeroDivisionError) as error:
        raise FileRefused("pdf") from error
    out = io.BytesIO()
    image.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


def _whole(document: pypdfium2.PdfDocument, number: int) -> pypdfium2.PdfPage:
    """A page with what lies on it: viewers show fields that are filled in, and notes. From 0."""
    if raw.FPDFPage_Flatten(document[number], raw.FLAT_NORMALDISPLAY) == raw.FLATTEN_FAIL:
        raise FileRefused("pdf")
    return document[number]


def _words(page: pypdfium2.PdfPage) -> str:
    said = page.get_textpage().get_text_bounded()[:MOST_WORDS]
    return "\n".join(_lines(said.replace("\r\n", "\n").replace("\r", "\n").split("\n")))


def _lines(lines: Sequence[str]) -> list[str]:
    plain = ("".join(c for c in line if c.isprintable()) for line in lines)
    return [line for line in (" ".join(text.split()) for text in plain) if line]
