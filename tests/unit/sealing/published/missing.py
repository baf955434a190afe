"""Shadow attacks whose hidden part isn't in the file yet when it is sealed: it is supplied later.

Nothing is rewritten, and no old object changes: one that was always referred to comes to exist.
"""

import re
from io import BytesIO

import pikepdf
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from tests.unit.sealing import attacks
from tests.unit.sealing.published import forged
from tests.unit.sealing.published.attack import attack, update
from tests.unit.sealing.published.covering import HIDE

NUMBER, PLACE = 9999, 150_000
SUPPLIED = "an object that was missing is supplied"
CONTENTS = re.compile(rb"/Contents \[ (\d+) 0 R (\d+) 0 R \]")


def _in_two(rendered: bytes) -> bytes:
    """The first page is drawn by two streams, of which the second does nothing."""
    output = BytesIO()
    with pikepdf.open(BytesIO(rendered)) as pdf:
        page = pdf.pages[0]
        drawn = pdf.make_stream(b"q\n" + page.Contents.read_bytes() + b"\nQ\n")
        page.Contents = pikepdf.Array([drawn, pdf.make_stream(b"% nothing")])
        plain = pikepdf.ObjectStreamMode.disable
        pdf.save(output, object_stream_mode=plain, compress_streams=False)
    return output.getvalue()


def _found(data: bytes) -> re.Match[bytes]:
    found = CONTENTS.search(data)
    assert found
    return found


def _without_an_object(rendered: bytes) -> bytes:
    """Its second stream has a number that no object has."""
    data = _in_two(rendered)
    found = _found(data)
    other = b"/Contents [%s 0 R %d 0 R]" % (found[1], NUMBER)
    return data.replace(found[0], other.ljust(len(found[0])))


def _with_an_empty_place(rendered: bytes) -> bytes:
    """Its second stream stands, by the table, behind the end of the file."""
    data = _in_two(rendered)
    number = int(_found(data)[2])
    line = b"%010d 00000 n" % (data.index(b"\n%d 0 obj" % number) + 1)
    assert data.count(line) == 1
    return data.replace(line, b"%010d 00000 n" % PLACE)


@update(HIDE, SUPPLIED, prepare=_without_an_object)
def missing_object_supplied(writer: IncrementalPdfFileWriter) -> None:
    writer._lastobj_id = NUMBER
    place = generic.Reference(NUMBER, 0, writer)
    attacks.rewrite(writer, place, generic.StreamObject(stream_data=forged.drawn()))


@attack(HIDE, SUPPLIED, prepare=_with_an_empty_place, lasting=False)
def empty_place_filled(data: bytes) -> bytes:
    """What the old table points at is put there, inside another object's stream."""
    content = forged.drawn()
    facts = b"%d 0 obj\n<</Length %d>>\nstream\n" % (int(_found(data)[2]), len(content))
    body = facts + content + b"\nendstream\nendobj\n"
    once = attacks.appended(data, lambda writer: _filled(writer, body))
    room = PLACE - once.index(body)
    return attacks.appended(data, lambda writer: _filled(writer, b" " * room + body))


def _filled(writer: IncrementalPdfFileWriter, content: bytes) -> None:
    writer.add_object(generic.StreamObject(stream_data=content))
