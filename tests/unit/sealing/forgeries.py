"""Forgeries that are no plain incremental update: by hand, by rewriting, by another's tools."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pikepdf
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name as name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, PdfTimeStamper

from tests.unit.sealing.attacks import Change, appended, quiet_writer, rewrite
from tests.unit.sealing.pki import Entity, Lab
from wagtail_contracts.sealing.flows import pades

HIDDEN = b"\n%s 0 obj\n<</Length 3>>\nstream\nq Q\nendstream\nendobj\n"


def seal_of(data: bytes) -> Any:
    return PdfFileReader(BytesIO(data)).embedded_signatures[0]


def gap(data: bytes) -> tuple[int, int]:
    """Where the container of the seal begins and ends, angle brackets included."""
    covered = [int(item) for item in seal_of(data).sig_object["/ByteRange"]]
    return covered[1], covered[2]


# by hand


def xref(data: bytes, entry: bytes, **more: object) -> bytes:
    """One more cross-reference section, of one entry, without any new object."""
    reader = PdfFileReader(BytesIO(data))
    halves = [
        item if isinstance(item, bytes) else str(item).encode() for item in reader.trailer["/ID"]
    ]
    facts: dict[bytes, object] = {
        b"Size": int(reader.trailer["/Size"]),
        b"Root": f"{reader.root_ref.idnum} 0 R",
        b"Prev": reader.last_startxref,
        b"Info": f"{reader.trailer.raw_get('/Info').idnum} 0 R",
        b"ID": f"[<{halves[0].hex()}><{halves[1].hex()}>]",
    }
    facts |= {key.encode(): value for key, value in more.items()}
    said = b"".join(b"/" + key + b" " + str(value).encode() for key, value in facts.items())
    start = len(data) + 1
    return (
        data + b"\nxref\n" + entry + b"trailer\n<<" + said + b">>\nstartxref\n%d\n%%%%EOF\n" % start
    )


def second_table_beside(data: bytes) -> bytes:
    """A hybrid file: readers that know it follow a second table, others do not."""
    number, place = int(PdfFileReader(BytesIO(data)).trailer["/Size"]), len(data) + 1
    facts = b"<</Type/XRef/Size %d/W[1 4 2]/Index[%d 1]/Length 7>>" % (number + 1, number)
    entry = b"\x01" + place.to_bytes(4, "big") + b"\0\0"
    more = b"\n%d 0 obj\n%s\nstream\n%s\nendstream\nendobj\n" % (number, facts, entry)
    line = b"%d 1\n%010d 00000 n \n" % (number, place)
    return xref(data + more, line, Size=number + 1, XRefStm=place)


def content_number(data: bytes) -> int:
    """The number of the object that draws the first page."""
    pages = PdfFileReader(BytesIO(data)).root["/Pages"]
    return int(pages["/Kids"][0].raw_get("/Contents").idnum)


def object_freed(data: bytes) -> bytes:
    """An entry of generation 0 that frees the first page's content."""
    return xref(data, b"%d 1\n0000000000 00000 f \n" % content_number(data))


def object_freed_as_writers_do(data: bytes) -> bytes:
    return xref(data, b"%d 1\n0000000000 00001 f \n" % content_number(data))


def with_a_hidden_page(rendered: bytes) -> bytes:
    """Shadow attack, prepared: a signed stream holds another drawing, as an object."""
    with pikepdf.open(BytesIO(rendered)) as pdf:
        pdf.Root.PieceInfo = pikepdf.Dictionary(Hidden=pdf.make_stream(HIDDEN % b"####"))
        output = BytesIO()
        pdf.save(
            output,
            compress_streams=False,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
    data = output.getvalue()
    return data.replace(b"####", b"%4d" % content_number(data))


def hidden_page_shown(sealed: bytes) -> bytes:
    """Shadow attack, sprung: a new entry points at what was signed all the time."""
    number = content_number(sealed)
    place = sealed.index(HIDDEN % (b"%4d" % number)) + 5 - len(str(number))
    return xref(sealed, b"%d 1\n%010d 00000 n \n" % (number, place))


def signature_of_another_file(data: bytes, other: bytes) -> bytes:
    """The container of another genuine seal, by the same key."""
    (start, end), (first, last) = gap(data), gap(other)
    size = end - start
    theirs = other[first:last]
    return data[:start] + theirs[: size - 1].rstrip(b">").ljust(size - 1, b"0") + b">" + data[end:]


def wrapped(data: bytes) -> bytes:
    """Signature wrapping: the second signed part moves on to make room, its range is patched."""
    end = gap(data)[1]
    room = b"\n999 0 obj\n<</Paid true>>\nendobj\n"
    old, new = (b"%d" % place for place in (end, end + len(room)))
    tail = data[end:]
    place = tail.index(b"/ByteRange")
    patched = tail[:place] + tail[place:].replace(old, new, 1)
    assert patched != tail
    return data[:end] + room + patched


# by rewriting the file


def rewritten(data: bytes, change: Callable[[pikepdf.Pdf], None]) -> bytes:
    output = BytesIO()
    with pikepdf.open(BytesIO(data)) as pdf:
        change(pdf)
        pdf.save(output)
    return output.getvalue()


def attachment_replaced(pdf: pikepdf.Pdf) -> None:
    key = next(iter(pdf.attachments))
    pdf.attachments[key] = pikepdf.AttachedFileSpec(pdf, b"{}", filename=key)


def nothing(pdf: pikepdf.Pdf) -> None:
    """The same facts in other bytes."""


def seal_removed(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.AcroForm
    del pdf.Root.Perms
    for page in pdf.pages:
        if "/Annots" in page:
            del page.Annots


# by tools that ask no questions


class Careless(PdfSigner):
    def _enforce_certification_constraints(self, reader: PdfFileReader) -> None:
        """An attacker's tool signs what is certified against changes."""


def signed(data: bytes, entity: Entity, field: str = "Other", **options: Any) -> bytes:
    """An ordinary signature, or whatever the options make of it."""
    output = BytesIO()
    usual = {"md_algorithm": "sha256", "subfilter": fields.SigSeedSubFilter.PADES}
    metadata = PdfSignatureMetadata(field_name=field, **{**usual, **options})
    signer = Careless(metadata, signer=pades.BackendSigner(entity))
    signer.sign_pdf(quiet_writer(data), output=output)
    return output.getvalue()


def stamped_in_own_field(
    data: bytes, lab: Lab, change: Change = lambda writer: None, **options: Any
) -> bytes:
    """A genuine timestamp in a field of the attacker's making, all in one revision."""
    writer, output = quiet_writer(data), BytesIO()
    fields.append_signature_field(writer, fields.SigFieldSpec("Other", **options))
    change(writer)
    PdfTimeStamper(lab.stamper, field_name="Other").timestamp_pdf(writer, "sha256", output=output)
    return output.getvalue()


# the signature dictionary is overridden: "universal signature forgery"


def seal_dictionary(key: str, value: Any) -> Callable[[bytes], bytes]:
    """A revision in which `key` of the seal's dictionary is something else; None removes it."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        field = writer.root["/AcroForm"]["/Fields"][0]
        overridden = generic.DictionaryObject(field["/V"])
        overridden.pop(name(key))
        if value is not None:
            overridden[name(key)] = value
        rewrite(writer, field.raw_get("/V").reference, overridden)

    return lambda data: appended(data, change)


def seal_copied(writer: IncrementalPdfFileWriter) -> None:
    """A second field with the very seal as its value, so that it looks newest."""
    form = writer.root["/AcroForm"]
    copy = generic.DictionaryObject(form["/Fields"][0])
    copy[name("/T")] = generic.pdf_string("Other")
    form["/Fields"].append(writer.add_object(copy))
    writer.update_container(form)
