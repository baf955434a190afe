"""What an attacker with a sealed file, and with an authority for timestamps, can append to it."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name as name
from pyhanko.pdf_utils.generic import pdf_string as text
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.writer import PageObject
from pyhanko.sign import fields
from pyhanko.sign.signers import PdfTimeStamper

from tests.unit.sealing.pki import HeldStamper, Lab

Change = Callable[[IncrementalPdfFileWriter], None]
Attack = Any  # a function from bytes to bytes, with its name and what it is found as
RDF = b"http://www.w3.org/1999/02/22-rdf-syntax-ns#"
HOLD = "XMP metadata hold"
ANY: list[Attack] = []  # on a file of any level
WITH_DATA: list[Attack] = []  # on one that holds validation data


def stamped(data: bytes, lab: Lab, stamper: HeldStamper | None = None) -> bytes:
    """A genuine document timestamp: the last signature covers the whole file again."""
    output = BytesIO()
    authority = PdfTimeStamper(stamper or lab.stamper)
    authority.timestamp_pdf(quiet_writer(data), "sha256", output=output)
    return output.getvalue()


def quiet_writer(data: bytes) -> IncrementalPdfFileWriter:
    """An ordinary one of pyHanko would rewrite the XMP packet, and so undo some attacks."""
    writer = IncrementalPdfFileWriter(BytesIO(data), strict=False)
    writer._update_meta = lambda: None
    return writer


def appended(data: bytes, change: Change) -> bytes:
    """The file with one more revision."""
    writer, output = quiet_writer(data), BytesIO()
    change(writer)
    writer.write(output)
    return output.getvalue()


def attack(among: list[Attack], found: str) -> Callable[[Change], Change]:
    """Lists a change as an attack of its name, with the words in which it is found."""

    def listed(change: Change) -> Change:
        def run(data: bytes) -> bytes:
            return appended(data, change)

        run.__name__, run.found = change.__name__, found
        among.append(run)
        return change

    return listed


def numbers(*values: int) -> generic.ArrayObject:
    return generic.ArrayObject([generic.NumberObject(value) for value in values])


def first_page(writer: IncrementalPdfFileWriter) -> Any:
    return writer.find_page_for_modification(0)[0].get_object()


def rewrite(writer: IncrementalPdfFileWriter, reference: Any, value: Any) -> None:
    """Another object under the number of an old one."""
    writer.objects[(reference.generation, reference.idnum)] = value
    writer._force_write_when_empty = True


@attack(ANY, "object rewritten")
def page_added(writer: IncrementalPdfFileWriter) -> None:
    content = writer.add_object(generic.StreamObject(stream_data=b"BT ET"))
    writer.insert_page(PageObject(contents=content, media_box=(0, 0, 595, 842)))


@attack(ANY, "page annotations")
def note_added(writer: IncrementalPdfFileWriter) -> None:
    note = generic.DictionaryObject(
        {
            name("/Type"): name("/Annot"),
            name("/Subtype"): name("/FreeText"),
            name("/Rect"): numbers(100, 100, 300, 200),
            name("/Contents"): text("paid"),
        }
    )
    page = first_page(writer)
    page["/Annots"].append(writer.add_object(note))
    writer.update_container(page["/Annots"])


@attack(ANY, "list of references expected")
def note_without_a_number(writer: IncrementalPdfFileWriter) -> None:
    """Inside the list, as an object of no number."""
    page = first_page(writer)
    page["/Annots"].append(generic.DictionaryObject({name("/Subtype"): name("/FreeText")}))
    writer.update_container(page["/Annots"])


@attack(ANY, "page: /Contents")
def page_replaced(writer: IncrementalPdfFileWriter) -> None:
    page = first_page(writer)
    page[name("/Contents")] = writer.add_object(generic.StreamObject(stream_data=b"q Q"))
    writer.update_container(page)


@attack(ANY, "object rewritten")
def page_content_rewritten(writer: IncrementalPdfFileWriter) -> None:
    content = first_page(writer).raw_get("/Contents").reference
    rewrite(writer, content, generic.StreamObject(stream_data=b"q Q"))


@attack(ANY, "page: /Rotate")
def page_turned(writer: IncrementalPdfFileWriter) -> None:
    page = first_page(writer)
    page[name("/Rotate")] = generic.NumberObject(180)
    writer.update_container(page)


@attack(ANY, "object rewritten")
def attachment_replaced(writer: IncrementalPdfFileWriter) -> None:
    files = writer.root["/Names"]["/EmbeddedFiles"]["/Names"][1]["/EF"]
    stream = generic.StreamObject(stream_data=b'{"contract":"other"}')
    stream[name("/Type")] = name("/EmbeddedFile")
    files[name("/F")] = writer.add_object(stream)
    writer.update_container(files)


@attack(ANY, "new field is not a document timestamp")
def field_added(writer: IncrementalPdfFileWriter) -> None:
    fields.append_signature_field(writer, fields.SigFieldSpec("X", box=(10, 10, 200, 200)))


@attack(ANY, "new field is not a document timestamp")
def empty_field_added(writer: IncrementalPdfFileWriter) -> None:
    """Invisible, but no timestamp: somebody may sign in it later."""
    fields.append_signature_field(writer, fields.SigFieldSpec("X"))


@attack(ANY, "object rewritten")
def seal_made_visible(writer: IncrementalPdfFileWriter) -> None:
    widget = writer.root["/AcroForm"]["/Fields"][0]
    widget[name("/Rect")] = numbers(0, 0, 500, 700)
    writer.update_container(widget)


def _catalog(label: str, key: str, value: Any) -> None:
    def change(writer: IncrementalPdfFileWriter) -> None:
        writer.root[name(key)] = value
        writer.update_root()

    change.__name__ = label
    attack(ANY, f"catalog: {key}")(change)


ACTION = generic.DictionaryObject(
    {name("/S"): name("/URI"), name("/URI"): text("http://x.invalid")}
)
_catalog("open_action", "/OpenAction", ACTION)
_catalog("action_among_the_extensions", "/Extensions", ACTION)
_catalog("type_written_as_a_text", "/Type", text("/Catalog"))  # a name never equals a string


@attack(ANY, "catalog: /Names")
def script_added(writer: IncrementalPdfFileWriter) -> None:
    empty = generic.DictionaryObject({name("/Names"): generic.ArrayObject()})
    writer.root["/Names"][name("/JavaScript")] = empty
    writer.update_container(writer.root["/Names"])


@attack(ANY, "form: /NeedAppearances")
def need_appearances(writer: IncrementalPdfFileWriter) -> None:
    writer.root["/AcroForm"][name("/NeedAppearances")] = generic.BooleanObject(value=True)
    writer.update_container(writer.root["/AcroForm"])


@attack(ANY, "document information: /Title")
def info_title(writer: IncrementalPdfFileWriter) -> None:
    writer.trailer["/Info"][name("/Title")] = text("Other")
    writer.update_container(writer.trailer["/Info"])


@attack(ANY, "trailer: /Info")
def info_moved(writer: IncrementalPdfFileWriter) -> None:
    other = generic.DictionaryObject({name("/Title"): text("Other")})
    writer._info = writer.add_object(other)


@attack(ANY, "/Fields moved")
def form_fields_moved_onto_page_content(writer: IncrementalPdfFileWriter) -> None:
    """Fields and seal are as before; the page is blank."""
    form, reference = writer.root["/AcroForm"], first_page(writer).raw_get("/Contents").reference
    rewrite(writer, reference, generic.ArrayObject(form["/Fields"]))
    place = generic.IndirectObject(reference.idnum, reference.generation, writer)
    form[name("/Fields")] = place
    writer.update_container(form)


@attack(ANY, "/Annots moved")
def annotations_moved(writer: IncrementalPdfFileWriter) -> None:
    page = first_page(writer)
    page[name("/Annots")] = writer.add_object(generic.ArrayObject(page["/Annots"]))
    writer.update_container(page)


@attack(ANY, "page annotations")
def annotation_listed_twice(writer: IncrementalPdfFileWriter) -> None:
    page = first_page(writer)
    page["/Annots"].append(page["/Annots"].raw_get(0))
    writer.update_container(page["/Annots"])


@attack(ANY, "trailer: /Root")
def root_replaced(writer: IncrementalPdfFileWriter) -> None:
    writer._root = writer.add_object(generic.DictionaryObject(writer.root))


@attack(ANY, "trailer")
def identifier_changed(writer: IncrementalPdfFileWriter) -> None:
    halves = [generic.ByteStringObject(b"0" * 32), generic.ByteStringObject(b"1" * 16)]
    writer._document_id = generic.ArrayObject(halves)
    writer._force_write_when_empty = True


@attack(ANY, "XMP metadata")
def xmp_for_nobody(writer: IncrementalPdfFileWriter) -> None:
    stream = writer.root["/Metadata"]
    stream[name("/Subtype")] = name("/Octets")
    writer.update_container(stream)


@attack(ANY, "object has another type")
def information_of_another_type(writer: IncrementalPdfFileWriter) -> None:
    rewrite(writer, writer.trailer.raw_get("/Info").reference, generic.ArrayObject())


def _xmp(label: str, old: bytes, new: bytes, found: str = "XMP metadata") -> None:
    def change(writer: IncrementalPdfFileWriter) -> None:
        stream = writer.root["/Metadata"]
        changed = stream.data.replace(old, new, 1)
        assert changed != stream.data
        stream._data, stream._encoded_data = changed, None
        writer.update_container(stream)

    change.__name__ = label
    attack(ANY, found)(change)


_xmp("xmp_title", b"Rammeavtale 2026-0001", b"Kjoepsavtale 2026-01")
_xmp("xmp_declaration", b"<x:xmp", b"<!DOCTYPE x [<!ENTITY t 'O'>]><x:xmp", f"{HOLD} a declaration")
_xmp("xmp_second_packet", b"</x:xmpmeta>", b"<r:RDF xmlns:r='" + RDF + b"'/></x:xmpmeta>")
_xmp("xmp_foreign_element", b"</rdf:RDF>", b"<b xmlns='x'/></rdf:RDF>")
_xmp("xmp_fact_as_an_attribute", b'rdf:about=""', b'rdf:about="" xmlns:q="q:" q:paid="yes"')


@attack(WITH_DATA, "validation data removed")
def validation_data_removed(writer: IncrementalPdfFileWriter) -> None:
    del writer.root["/DSS"]
    writer.update_root()


@attack(ANY, "validation data moved")
def validation_data_point_at_the_pages(writer: IncrementalPdfFileWriter) -> None:
    """First of two steps: a review with roles of the newer state would let them be rewritten."""
    writer.root[name("/DSS")] = writer.root.raw_get("/Pages")
    writer.update_root()


@attack(ANY, "validation data moved")
def validation_data_inside_the_catalog(writer: IncrementalPdfFileWriter) -> None:
    lists = {name(f"/{key}"): generic.ArrayObject() for key in ("Certs", "CRLs", "OCSPs")}
    writer.root[name("/DSS")] = generic.DictionaryObject(lists)
    writer.update_root()


@attack(WITH_DATA, "validation data")
def validation_data_with_another_key(writer: IncrementalPdfFileWriter) -> None:
    writer.root["/DSS"][name("/Extra")] = text("x")
    writer.update_container(writer.root["/DSS"])


@attack(WITH_DATA, "/Certs moved")
def validation_list_moved_onto_page_content(writer: IncrementalPdfFileWriter) -> None:
    store, reference = writer.root["/DSS"], first_page(writer).raw_get("/Contents").reference
    rewrite(writer, reference, generic.ArrayObject(store["/Certs"]))
    place = generic.IndirectObject(reference.idnum, reference.generation, writer)
    store[name("/Certs")] = place
    writer.update_container(store)


@attack(WITH_DATA, "object rewritten")
def certificate_rewritten(writer: IncrementalPdfFileWriter) -> None:
    certificates = writer.root["/DSS"]["/Certs"]
    other = generic.StreamObject(stream_data=certificates[1].data)
    rewrite(writer, certificates.raw_get(0).reference, other)
