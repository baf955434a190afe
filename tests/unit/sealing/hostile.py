"""Files that want to keep a reader busy: few bytes that mean much, ends that are beginnings."""

import zlib
from collections.abc import Callable
from functools import cache

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name as name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from tests.unit.sealing.attacks import appended, rewrite

CATALOG = b"<</Type/Catalog/Pages 2 0 R/AcroForm 3 0 R>>"
PAGES = b"<</Type/Pages/Kids[]/Count 0>>"
FORM = b"<</Fields[]>>"
TRAILER = b"<</Size %d/Root 1 0 R>>"


def written(*objects: bytes, trailer: bytes = TRAILER) -> bytes:
    """A PDF of these objects, numbered from 1."""
    data, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start, size = len(data), len(objects) + 1
    data += b"xref\n0 %d\n0000000000 65535 f \n" % size
    data += b"".join(b"%010d 00000 n \n" % place for place in places)
    filled = trailer.replace(b"%d", b"%d" % size).replace(b"HERE", b"%d" % start)
    return data + b"trailer\n%s\nstartxref\n%d\n%%%%EOF\n" % (filled, start)


def stream(content: bytes, facts: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (facts, len(content), content)


@cache
def deflated(rounds: int = 1) -> bytes:
    """Half a gigabyte of zeros, deflated again and again."""
    if rounds > 1:
        return zlib.compress(deflated(rounds - 1), 9)
    packer = zlib.compressobj(1)
    return b"".join(packer.compress(bytes(1 << 20)) for _ in range(512)) + packer.flush()


def plain(sealed: bytes) -> bytes:
    """The way these files are made makes no reader give up."""
    return written(CATALOG, PAGES, FORM)


def a_table_that_comes_before_itself(sealed: bytes) -> bytes:
    return written(CATALOG, PAGES, FORM, trailer=b"<</Size %d/Root 1 0 R/Prev HERE>>")


def a_table_of_many_entries(sealed: bytes) -> bytes:
    return plain(sealed).replace(b"xref\n0 4", b"xref\n0 999999999")


def a_size_of_many_objects(sealed: bytes) -> bytes:
    return written(CATALOG, PAGES, FORM, trailer=b"<</Size 999999999999/Root 1 0 R>>")


def a_number_of_many_digits(sealed: bytes) -> bytes:
    digits = b"9" * 2_000_000
    return written(CATALOG, PAGES, b"<</Fields[]/SigFlags %s>>" % digits)


def lists_in_lists(sealed: bytes) -> bytes:
    deep = b"[" * 200_000 + b"]" * 200_000
    return written(CATALOG, PAGES, b"<</Fields %s>>" % deep)


def dictionaries_in_dictionaries(sealed: bytes) -> bytes:
    deep = b"<</A" * 200_000 + b" 1" + b">>" * 200_000
    return written(CATALOG, PAGES, b"<</Fields[]/DR %s>>" % deep)


def brackets_in_a_text(sealed: bytes) -> bytes:
    return written(CATALOG, PAGES, b"<</Fields[]/DA %s>>" % (b"(" * 2_000_000 + b")" * 2_000_000))


def a_remark_of_many_bytes(sealed: bytes) -> bytes:
    return written(CATALOG, PAGES, FORM + b"\n" + b"%" * (20 << 20))


def a_field_that_is_its_own_child(sealed: bytes) -> bytes:
    field = b"<</T(x)/FT/Sig/Kids[4 0 R]>>"
    return written(CATALOG, PAGES, b"<</Fields[4 0 R]>>", field)


def many_fields(sealed: bytes) -> bytes:
    return written(CATALOG, PAGES, b"<</Fields[%s]>>" % (b"3 0 R " * 500_000))


def fields_of_fields(sealed: bytes) -> bytes:
    """Each names the next one ten times."""
    chain = [b"<</T(x)/Kids[%s]>>" % (b"%d 0 R " % (n + 1) * 10) for n in range(4, 24)]
    return written(CATALOG, PAGES, b"<</Fields[4 0 R]>>", *chain, b"<</T(x)/FT/Sig>>")


def an_object_that_is_itself(sealed: bytes) -> bytes:
    return written(CATALOG, PAGES, b"3 0 R")


def a_stream_as_long_as_it_says(sealed: bytes) -> bytes:
    facts = b"<</Length 4 0 R>>\nstream\nx\nendstream"
    return written(CATALOG, PAGES, FORM, facts)


def a_bomb_as_a_table(sealed: bytes) -> bytes:
    """A cross-reference stream of half a gigabyte."""
    facts = b"/Type/XRef/W[1 8 8]/Size 30000000/Root 1 0 R/Filter[/FlateDecode/FlateDecode]"
    head = b"%PDF-1.7\n"
    body = b"1 0 obj\n%s\nendobj\n" % stream(deflated(2), facts)
    return head + body + b"startxref\n%d\n%%%%EOF\n" % len(head)


def _metadata(content: Callable[[], bytes], filters: int = 1) -> Callable[[bytes], bytes]:
    """A sealed file whose description of itself is replaced."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        value = generic.StreamObject(dict_data={}, encoded_data=content())
        value[name("/Type")], value[name("/Subtype")] = name("/Metadata"), name("/XML")
        value[name("/Filter")] = generic.ArrayObject([name("/FlateDecode")] * filters)
        rewrite(writer, writer.root.raw_get("/Metadata").reference, value)

    return lambda sealed: appended(sealed, change)


RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XMP = (
    f'<x:xmpmeta xmlns:x="adobe:ns:meta/" xmlns:rdf="{RDF}"><rdf:RDF>'
    '<rdf:Description rdf:about="">%s</rdf:Description></rdf:RDF></x:xmpmeta>'
)
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))


def xml(text: str) -> Callable[[bytes], bytes]:
    return _metadata(lambda: zlib.compress(text.encode(), 9))


def data_of_many_certificates(sealed: bytes) -> bytes:
    """Each of them the same bomb."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        bomb = generic.StreamObject(dict_data={}, encoded_data=deflated())
        bomb[name("/Filter")] = name("/FlateDecode")
        place = writer.add_object(bomb)
        store = {name("/Certs"): generic.ArrayObject([place] * 50)}
        writer.root[name("/DSS")] = writer.add_object(generic.DictionaryObject(store))
        writer.update_root()

    return appended(sealed, change)


def sequences_in_sequences(sealed: bytes) -> bytes:
    """A container that holds itself, a thousand times."""
    start = sealed.index(b"/Contents <") + len(b"/Contents <")
    end = sealed.index(b">", start)
    value = b""
    while len(value) < (end - start) // 2 - 8:
        size = len(value)
        head = bytes((0x30, size)) if size < 128 else b"\x30\x82" + size.to_bytes(2, "big")
        value = head + value
    return sealed[:start] + value.hex().upper().encode().ljust(end - start, b"0") + sealed[end:]


def tables_that_name_each_other(sealed: bytes) -> bytes:
    """Two tables in a circle, which no single step shows."""
    data = plain(sealed)
    size = data[data.rindex(b"startxref\n") + 10 :].split(b"\n")[0]
    first = b"xref\n0 0\ntrailer\n<</Size 4/Root 1 0 R/Prev %010d>>\n"
    start = len(data)
    second = start + len(first % 0)
    both = first % second + first % start
    assert int(size) < start
    return data + both + b"startxref\n%d\n%%%%EOF\n" % start


def pages_in_a_circle(sealed: bytes) -> bytes:
    return written(CATALOG, b"<</Type/Pages/Kids[2 0 R]/Count 1/Parent 2 0 R>>", FORM)


def an_object_stream_inside_itself(sealed: bytes) -> bytes:
    """The catalog is in a stream that extends itself, and whose length is in it."""
    return _in_a_stream(b"1 0 2 60 " + CATALOG.ljust(60) + PAGES, b"/Extends 3 0 R", b"/N 2")


def a_bomb_as_an_object_stream(sealed: bytes) -> bytes:
    return _in_a_stream(deflated(), b"/Filter/FlateDecode", b"/N 30000000")


def _in_a_stream(content: bytes, facts: bytes, count: bytes) -> bytes:
    """A file whose objects 1 and 2 are in the object stream 3."""
    data = b"%PDF-1.7\n"
    place = len(data)
    data += b"3 0 obj\n%s\nendobj\n" % stream(content, b"/Type/ObjStm/First 9" + count + facts)
    entries = b"\0\0\0\0\0\xff\xff" + b"\2\0\0\0\3\0\0" + b"\2\0\0\0\3\0\1"
    start = len(data)
    entries += (
        b"\1" + place.to_bytes(4, "big") + b"\0\0" + b"\1" + start.to_bytes(4, "big") + b"\0\0"
    )
    table = stream(entries, b"/Type/XRef/W[1 4 2]/Size 5/Root 1 0 R")
    return data + b"4 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n" % (table, start)


def a_range_of_many_parts(sealed: bytes) -> bytes:
    return _overridden(sealed, "/ByteRange", generic.ArrayObject(MANY))


def a_range_of_more_bytes_than_there_are(sealed: bytes) -> bytes:
    huge = [generic.NumberObject(number) for number in (0, 1 << 40, 1 << 41, 1 << 50)]
    return _overridden(sealed, "/ByteRange", generic.ArrayObject(huge))


MANY = [generic.NumberObject(0)] * 300_000


def _overridden(sealed: bytes, key: str, value: generic.PdfObject) -> bytes:
    """Another value in the dictionary of the seal."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        place = writer.root["/AcroForm"]["/Fields"][0].raw_get("/V").reference
        seal = generic.DictionaryObject(place.get_object())
        seal[name(key)] = value
        rewrite(writer, place, seal)

    return appended(sealed, change)


def a_secret_file(sealed: bytes) -> bytes:
    """Encrypted, with a key that takes long to derive."""
    facts = b"/Filter/Standard/V 5/R 6/Length 256/O(%s)/U(%s)/OE(%s)/UE(%s)/P -4/Perms(%s)"
    parts = (b"o" * 48, b"u" * 48, b"o" * 32, b"u" * 32, b"p" * 16)
    secret = b"<</Size %d/Root 1 0 R/ID[<00><00>]/Encrypt 4 0 R>>"
    return written(CATALOG, PAGES, FORM, b"<<" + facts % parts + b">>", trailer=secret)


def filters_upon_filters(sealed: bytes) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        value = generic.StreamObject(dict_data={}, encoded_data=b"3e>")
        value[name("/Type")], value[name("/Subtype")] = name("/Metadata"), name("/XML")
        value[name("/Filter")] = generic.ArrayObject([name("/ASCIIHexDecode")] * 200_000)
        rewrite(writer, writer.root.raw_get("/Metadata").reference, value)

    return appended(sealed, change)


def a_row_of_many_columns(sealed: bytes) -> bytes:
    """A predictor asks for rows of two gigabytes."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        value = generic.StreamObject(dict_data={}, encoded_data=zlib.compress(bytes(1000)))
        value[name("/Type")], value[name("/Subtype")] = name("/Metadata"), name("/XML")
        value[name("/Filter")] = name("/FlateDecode")
        asked = {"/Predictor": 12, "/Columns": (1 << 31) - 1, "/Colors": 32}
        value[name("/DecodeParms")] = generic.DictionaryObject(
            {name(key): generic.NumberObject(number) for key, number in asked.items()}
        )
        rewrite(writer, writer.root.raw_get("/Metadata").reference, value)

    return appended(sealed, change)


FILES: dict[str, Callable[[bytes], bytes]] = {
    function.__name__: function
    for function in (
        a_table_that_comes_before_itself,
        a_table_of_many_entries,
        a_size_of_many_objects,
        a_number_of_many_digits,
        lists_in_lists,
        dictionaries_in_dictionaries,
        brackets_in_a_text,
        a_remark_of_many_bytes,
        a_field_that_is_its_own_child,
        many_fields,
        fields_of_fields,
        an_object_that_is_itself,
        a_stream_as_long_as_it_says,
        a_bomb_as_a_table,
        data_of_many_certificates,
        sequences_in_sequences,
        tables_that_name_each_other,
        pages_in_a_circle,
        an_object_stream_inside_itself,
        a_bomb_as_an_object_stream,
        a_range_of_many_parts,
        a_range_of_more_bytes_than_there_are,
        a_secret_file,
        filters_upon_filters,
        a_row_of_many_columns,
    )
}
FILES["a_bomb_as_metadata"] = _metadata(deflated)
FILES["a_bomb_in_a_bomb"] = _metadata(lambda: deflated(3), 3)
FILES["laughing_metadata"] = xml(f"<!DOCTYPE x [<!ENTITY l0 'ha'>{LAUGHS}]>" + XMP % "&l11;")
FILES["deep_metadata"] = xml(XMP % ("<a>" * 300_000 + "</a>" * 300_000))
FILES["wide_metadata"] = xml(XMP % ("<a/>" * 400_000))
