"""Changes of what stands beside the pages, and of the whole: the rest of our own table."""

from io import BytesIO
from typing import Any

import pikepdf
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name as name
from pyhanko.pdf_utils.generic import pdf_string as text
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader

from tests.unit.sealing import attacks, forgeries
from tests.unit.sealing.levels import Sealer
from tests.unit.sealing.pki import Lab
from tests.unit.sealing.published import forged
from tests.unit.sealing.published.attack import attack, update
from tests.unit.sealing.published.overriding import NOT_FIRST, redraw

BESIDE, WHOLE = "beside the pages", "the whole file"


@update(BESIDE, "object rewritten", shown=forged.attachment)
def attachment_replaced(writer: IncrementalPdfFileWriter) -> None:
    files = writer.root["/Names"]["/EmbeddedFiles"]["/Names"][1]["/EF"]
    stream = generic.StreamObject(stream_data=b'{"sum":"990000"}')
    stream[name("/Type")] = name("/EmbeddedFile")
    files[name("/F")] = writer.add_object(stream)
    writer.update_container(files)


@update(BESIDE, "catalog: /Names", shown=forged.script)
def script_added(writer: IncrementalPdfFileWriter) -> None:
    action = generic.DictionaryObject(
        {name("/S"): name("/JavaScript"), name("/JS"): text("app.alert('990 000')")}
    )
    scripts = generic.ArrayObject([text("x"), writer.add_object(action)])
    writer.root["/Names"][name("/JavaScript")] = generic.DictionaryObject({name("/Names"): scripts})
    writer.update_container(writer.root["/Names"])


@update(BESIDE, "document information: /Title", shown=forged.title)
def title_changed(writer: IncrementalPdfFileWriter) -> None:
    writer.trailer["/Info"][name("/Title")] = text("Kjoepsavtale 2026-01")
    writer.update_container(writer.trailer["/Info"])


@update(BESIDE, "XMP metadata", shown=forged.description)
def description_changed(writer: IncrementalPdfFileWriter) -> None:
    stream = writer.root["/Metadata"]
    changed = stream.data.replace(b"Rammeavtale 2026-0001", b"Kjoepsavtale 2026-01", 1)
    assert changed != stream.data
    stream._data, stream._encoded_data = changed, None
    writer.update_container(stream)


@attack(WHOLE, NOT_FIRST)
def rewritten_by_another_tool(data: bytes) -> bytes:
    def change(pdf: pikepdf.Pdf) -> None:
        _say(pdf.pages[0], pdf)

    return forgeries.rewritten(data, change)


@attack(WHOLE, "no seal")
def seal_taken_off(data: bytes) -> bytes:
    def change(pdf: pikepdf.Pdf) -> None:
        _say(pdf.pages[0], pdf)
        forgeries.seal_removed(pdf)

    return forgeries.rewritten(data, change)


@attack(WHOLE, "leads to no root that you trust")
def sealed_again_by_a_look_alike(data: bytes) -> bytes:
    return Sealer(LOOK_ALIKE, "B-B").seal(seal_taken_off(data))


@attack(WHOLE, "does not fit")
def seal_pasted_onto_another_text(data: bytes) -> bytes:
    """The container, byte for byte, in a file that was sealed for that purpose."""
    theirs = Sealer(LOOK_ALIKE, "B-LT").seal(seal_taken_off(data))
    return forgeries.signature_of_another_file(theirs, data)


@attack(WHOLE, "object rewritten")
def changed_and_last_byte_cut(data: bytes) -> bytes:
    return attacks.appended(data, redraw)[:-1]


LOOK_ALIKE = Lab()


def _say(page: Any, pdf: pikepdf.Pdf) -> None:
    content = b"q\n" + page.Contents.read_bytes() + b"\nQ\n"
    page.Contents = pdf.make_stream(content + forged.drawn())


# What shows nothing new, and is another file all the same


def bytes_after_the_end(data: bytes) -> bytes:
    """A remark that no object holds."""
    return data + b"\n% 990 000 kroner\n"


def last_byte_cut(data: bytes) -> bytes:
    """The end of the line that ends the file."""
    return data[:-1]


def last_timestamp_cut_off(data: bytes) -> bytes:
    """An earlier state, which is genuine."""
    signature = PdfFileReader(BytesIO(data)).embedded_signatures[-2].sig_object
    *_, start, size = (int(item) for item in signature["/ByteRange"])
    return data[: start + size]


SILENT = {
    bytes_after_the_end: "bytes after the last signature",
    last_byte_cut: "bytes after the last signature|does not fit",
    last_timestamp_cut_off: "",
}
