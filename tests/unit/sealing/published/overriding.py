"""CCS 2019: the signature is left without its parts, appended to, or wrapped."""

from io import BytesIO
from typing import Any

import pikepdf
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name as name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import PageObject

from tests.unit.sealing import attacks, forgeries
from tests.unit.sealing.published import forged
from tests.unit.sealing.published.attack import attack, update

USF, ISA, SWA = "universal forgery", "incremental saving", "signature wrapping"
REWRITTEN = "object rewritten"
UNREAD, NO_SIGNATURE = "a strict reader can't read it", "a signature in it can't be read"
NOT_FIRST = "not certified as a seal is|neither the seal nor a document timestamp"


def redraw(writer: IncrementalPdfFileWriter) -> None:
    """The first page says something else."""
    place = attacks.first_page(writer).raw_get("/Contents").reference
    attacks.rewrite(writer, place, generic.StreamObject(stream_data=redrawn(writer)))


def redrawn(source: Any) -> bytes:
    """What drew the first page, and the forged sentence over it."""
    content: bytes = source.root["/Pages"]["/Kids"][0]["/Contents"].data
    return b"q\n" + content + b"\nQ\n" + forged.drawn()


def _universal(label: str, found: str, **values: Any) -> None:
    """Keys of the seal's dictionary are replaced, or left out where the value is None."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        redraw(writer)
        field = writer.root["/AcroForm"]["/Fields"][0]
        overridden = generic.DictionaryObject(field["/V"])
        for key, value in values.items():
            overridden.pop(name(f"/{key}"))
            if value is not None:
                overridden[name(f"/{key}")] = value
        attacks.rewrite(writer, field.raw_get("/V").reference, overridden)

    change.__name__ = label
    update(USF, found)(change)


NULL, EMPTY = generic.NullObject(), generic.ByteStringObject(b"")
ZEROS = generic.ByteStringObject(bytes(2000))
_universal("no_contents", NO_SIGNATURE, Contents=None)
_universal("contents_null", NO_SIGNATURE, Contents=NULL)
_universal("contents_empty", NO_SIGNATURE, Contents=EMPTY)
_universal("contents_of_zeros", NO_SIGNATURE, Contents=ZEROS)
_universal("contents_a_number", NO_SIGNATURE, Contents=generic.NumberObject(0))
_universal("no_byte_range", NO_SIGNATURE, ByteRange=None)
_universal("byte_range_null", NOT_FIRST, ByteRange=NULL)
_universal("byte_range_empty", NOT_FIRST, ByteRange=generic.ArrayObject())
_universal("byte_range_of_zeros", NOT_FIRST, ByteRange=attacks.numbers(0, 0, 0, 0))
_universal("byte_range_negative", NOT_FIRST, ByteRange=attacks.numbers(0, 10, -20, 10))
_universal("byte_range_huge", NOT_FIRST, ByteRange=attacks.numbers(0, 10**9, 10**9, 10**9))
_universal("neither_contents_nor_byte_range", NO_SIGNATURE, Contents=None, ByteRange=None)
_universal("both_null", NO_SIGNATURE, Contents=NULL, ByteRange=NULL)


@update(ISA, REWRITTEN)
def with_a_table(writer: IncrementalPdfFileWriter) -> None:
    redraw(writer)


@update(ISA, REWRITTEN)
def with_a_page_before_the_first(writer: IncrementalPdfFileWriter) -> None:
    content = writer.add_object(generic.StreamObject(stream_data=forged.drawn()))
    writer.insert_page(PageObject(contents=content, media_box=(0, 0, 595, 842)), after=-1)


@update(ISA, NOT_FIRST)
def with_a_copy_of_the_signature(writer: IncrementalPdfFileWriter) -> None:
    redraw(writer)
    forgeries.seal_copied(writer)


def _plain(rendered: bytes) -> bytes:
    """Without object streams: poppler looks into none where it repairs a file."""
    output = BytesIO()
    with pikepdf.open(BytesIO(rendered)) as pdf:
        pdf.save(output, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return output.getvalue()


def _bodies(data: bytes) -> bytes:
    """The content of the first page, anew, as an object that no table names."""
    content = redrawn(PdfFileReader(BytesIO(data)))
    head = b"\n%d 0 obj\n<</Length %d>>\nstream\n" % (forgeries.content_number(data), len(content))
    return head + content + b"\nendstream\nendobj\n"


def _trailer(data: bytes, start: bytes = b"0") -> bytes:
    reader = PdfFileReader(BytesIO(data))
    facts = b"/Size %d/Root %d 0 R" % (reader.trailer["/Size"], reader.root_ref.idnum)
    return b"trailer\n<<" + facts + b">>\nstartxref\n" + start + b"\n%%EOF\n"


@attack(ISA, UNREAD, prepare=_plain, whole=False)
def without_a_table(data: bytes) -> bytes:
    """Readers repair such a file, and take the last object of each number."""
    return data + _bodies(data) + _trailer(data)


@attack(ISA, NO_SIGNATURE, prepare=_plain, whole=False)
def with_an_empty_table(data: bytes) -> bytes:
    body = _bodies(data)
    start = b"%d" % (len(data) + len(body))
    return data + body + b"xref\n0 0\n" + _trailer(data, start)


@attack(ISA, UNREAD, prepare=_plain, whole=False)
def without_a_table_and_with_a_copy_of_the_signature(data: bytes) -> bytes:
    reader = PdfFileReader(BytesIO(data))
    seal = forgeries.seal_of(data).sig_object
    number = reader.root["/AcroForm"]["/Fields"][0].raw_get("/V").idnum
    output = BytesIO()
    seal.write_to_stream(output, None)
    copy = b"%d 0 obj\n" % number + output.getvalue() + b"\nendobj\n"
    return data + _bodies(data) + copy + _trailer(data)


@attack(SWA, f"the seal does not fit the file|{REWRITTEN}")
def around_a_new_table(data: bytes) -> bytes:
    """The second signed part of the last signature moves to the end of the file.

    Where its table was, another one stands. The signature's dictionary is closed before that, with
    another range; what the digest is made of is byte for byte what was signed.
    """
    reader = PdfFileReader(BytesIO(data))
    signature = reader.embedded_signatures[-1].sig_object
    end, following = [int(item) for item in signature["/ByteRange"]][1:3]
    start, table, body = reader.last_startxref, _table(reader, 0), _bodies(data)
    moved = start + len(table) + len(body)
    span = b"/ByteRange [0 %d %d %d]" % (end, moved, len(data) - following)
    tail = _closed(signature, span).ljust(start - following)
    assert len(tail) == start - following
    table = _table(reader, start + len(table) + body.index(b"\n") + 1)
    return data[:following] + tail + table + body + data[following:]


def _closed(signature: generic.DictionaryObject, span: bytes) -> bytes:
    """The rest of the signature's dictionary, up to the end of its object."""
    output = BytesIO()
    for key in signature:
        if key not in ("/Contents", "/ByteRange"):
            output.write(key.encode() + b" ")
            signature.raw_get(key).write_to_stream(output, None)
    return span + output.getvalue() + b">>\nendobj\n"


def _table(reader: PdfFileReader, content: int) -> bytes:
    """The table of the last revision, but for the place of what draws the first page."""
    revision = reader.xrefs.total_revisions - 1
    places = {
        item.idnum: int(reader.xrefs.get_historical_ref(item, revision))  # type: ignore[arg-type]
        for item in reader.xrefs.explicit_refs_in_revision(revision)
    }
    places[reader.root["/Pages"]["/Kids"][0].raw_get("/Contents").idnum] = content
    own, places = int(reader.trailer["/Size"]) - 1, dict(sorted(places.items()))
    entries = b"".join(b"\1" + place.to_bytes(4, "big") + b"\0\0" for place in places.values())
    index = " ".join(f"{number} 1" for number in places)
    info, previous = reader.trailer.raw_get("/Info").idnum, _previous(reader)
    facts = f"/W[1 4 2]/Size {own + 1}/Root {reader.root_ref.idnum} 0 R/Info {info} 0 R"
    facts += f"/Prev {previous}/Index[{index}]/Length {len(entries)}"
    identifier = BytesIO()
    reader.trailer["/ID"].write_to_stream(identifier, None)
    head = b"%d 0 obj\n<</Type/XRef/ID " % own + identifier.getvalue() + facts.encode()
    return head + b">>\nstream\n" + entries + b"\nendstream\nendobj\n"


def _previous(reader: PdfFileReader) -> int:
    return int(reader.xrefs.get_startxref_for_revision(reader.xrefs.total_revisions - 2))
