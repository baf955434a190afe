"""NDSS 2021 and S&P 2021: what was signed is uncovered, drawn anew, or covered."""

from io import BytesIO
from typing import Any

import pikepdf
from pyhanko.pdf_utils import generic, layout
from pyhanko.pdf_utils.generic import pdf_name as name
from pyhanko.pdf_utils.generic import pdf_string as text
from pyhanko.pdf_utils.images import PdfImage
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields
from pyhanko.sign.signers import PdfSignatureMetadata, PdfTimeStamper
from pyhanko.stamp import StaticStampStyle

from tests.unit.sealing import attacks, forgeries
from tests.unit.sealing.pki import Entity, HeldStamper
from tests.unit.sealing.published import forged
from tests.unit.sealing.published.attack import attack, update
from tests.unit.sealing.published.overriding import NOT_FIRST, REWRITTEN
from wagtail_contracts.sealing.flows import pades

HIDE, REPLACE, BOTH = "shadow: hide", "shadow: replace", "shadow: hide and replace"
EAA, SSA = "evil annotation", "sneaky signature"
BOX = (forged.LEFT, forged.BOTTOM, forged.LEFT + forged.WIDTH, forged.BOTTOM + forged.HEIGHT)
WHITE = b"1 g %d %d %d %d re f" % (*BOX[:2], forged.WIDTH, forged.HEIGHT)
DRAWN = b"%d 0 0 0 %d %d d1 " % (forged.WIDTH, forged.WIDTH, forged.HEIGHT)
FILLED = layout.SimpleBoxLayoutRule(
    x_align=layout.AxisAlignment.ALIGN_MID, y_align=layout.AxisAlignment.ALIGN_MID
)
STRANGER = Entity("Eksempel AS seal")
STRANGER_TIME = Entity("Lab Time", kind="stamps", rsa_key=True)
NEW_FIELD = "new field is not a document timestamp"


# prepared before the seal


def _prepared(change: Any) -> Any:
    def prepare(rendered: bytes) -> bytes:
        output = BytesIO()
        with pikepdf.open(BytesIO(rendered)) as pdf:
            change(pdf)
            pdf.save(output)
        return output.getvalue()

    return prepare


def _covered(pdf: pikepdf.Pdf) -> None:
    """The forged sentence is on the page, under a picture that looks like paper."""
    page = pdf.pages[0]
    box = pikepdf.Array(BOX)
    form = pikepdf.Dictionary(Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=box)
    page.Resources.XObject = pikepdf.Dictionary(Cover=pdf.make_stream(WHITE, form))
    content = b"q\n" + page.Contents.read_bytes() + b"\nQ\n"
    page.Contents = pdf.make_stream(content + forged.drawn() + b"/Cover Do\n")


def _lettered(pdf: pikepdf.Pdf) -> None:
    """A sentence is written in a typeface that draws its letter as nothing."""
    page = pdf.pages[0]
    glyphs = pikepdf.Dictionary(a=pdf.make_stream(DRAWN + WHITE))
    page.Resources.Font["/Own"] = pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type3,
            FontBBox=pikepdf.Array([0, 0, forged.WIDTH, forged.HEIGHT]),
            FontMatrix=pikepdf.Array([1, 0, 0, 1, 0, 0]),
            CharProcs=glyphs,
            Encoding=pikepdf.Dictionary(Differences=pikepdf.Array([97, pikepdf.Name.a])),
            FirstChar=97,
            LastChar=97,
            Widths=pikepdf.Array([forged.WIDTH]),
        )
    )
    line = b"\nBT /Own 1 Tf 1 0 0 1 %d %d Tm (a) Tj ET\n" % BOX[:2]
    content = b"q\n" + page.Contents.read_bytes() + b"\nQ\n"
    page.Contents = pdf.make_stream(content + line)


def _filled(pdf: pikepdf.Pdf) -> None:
    """A text field stands in the file, with the value that was agreed on."""
    look = pikepdf.Dictionary(
        Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=pikepdf.Array(BOX)
    )
    field = pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Widget,
            FT=pikepdf.Name.Tx,
            T=pikepdf.String("Sum"),
            V=pikepdf.String("9 900"),
            F=4,
            Rect=pikepdf.Array(BOX),
            AP=pikepdf.Dictionary(N=pdf.make_stream(WHITE, look)),
        )
    )
    pdf.pages[0].Annots = pikepdf.Array([field])
    pdf.Root.AcroForm = pdf.make_indirect(pikepdf.Dictionary(Fields=pikepdf.Array([field])))


def _page(writer: IncrementalPdfFileWriter) -> Any:
    return writer.root["/Pages"]["/Kids"][0]


@update(HIDE, REWRITTEN, prepare=_prepared(_covered))
def cover_made_empty(writer: IncrementalPdfFileWriter) -> None:
    cover = _page(writer)["/Resources"]["/XObject"].raw_get("/Cover").reference
    empty = generic.StreamObject(stream_data=b"")
    empty[name("/Type")], empty[name("/Subtype")] = name("/XObject"), name("/Form")
    empty[name("/BBox")] = attacks.numbers(*BOX)
    attacks.rewrite(writer, cover, empty)


@update(REPLACE, REWRITTEN, prepare=_prepared(_lettered))
def typeface_drawn_anew(writer: IncrementalPdfFileWriter) -> None:
    glyph = _page(writer)["/Resources"]["/Font"]["/Own"]["/CharProcs"].raw_get("/a").reference
    width = b"%d 0 d0 " % forged.WIDTH
    attacks.rewrite(writer, glyph, generic.StreamObject(stream_data=width + forged.drawn(0, 0)))


@update(REPLACE, REWRITTEN, prepare=_prepared(_filled))
def field_filled_anew(writer: IncrementalPdfFileWriter) -> None:
    field = writer.root["/AcroForm"]["/Fields"][0]
    field[name("/V")] = text(forged.TEXT)
    field[name("/AP")] = _look(writer)
    writer.update_container(field)


HIDDEN = b"\n%s 0 obj\n<</Length %d>>\nstream\n%s\nendstream\nendobj\n"


def _with_another_page_inside(rendered: bytes) -> bytes:
    """A signed stream holds, as its content, an object that draws the first page otherwise."""
    with pikepdf.open(BytesIO(rendered)) as pdf:
        content = b"q\n" + pdf.pages[0].Contents.read_bytes() + b"\nQ\n" + forged.drawn()
        inside = HIDDEN % (b"####", len(content), content)
        pdf.Root.PieceInfo = pikepdf.Dictionary(Hidden=pdf.make_stream(inside))
        output = BytesIO()
        plain = pikepdf.ObjectStreamMode.disable
        pdf.save(output, compress_streams=False, object_stream_mode=plain)
    data = output.getvalue()
    return data.replace(b"####", b"%4d" % forgeries.content_number(data))


@attack(BOTH, REWRITTEN, prepare=_with_another_page_inside)
def another_page_by_a_table_alone(data: bytes) -> bytes:
    """Nothing is appended but a table whose entry points at what was signed all the time."""
    number = forgeries.content_number(data)
    place = data.index(b"\n%4d 0 obj\n<</Length" % number) + 5 - len(str(number))
    return forgeries.xref(data, b"%d 1\n%010d 00000 n \n" % (number, place))


# covered afterwards


def _look(writer: IncrementalPdfFileWriter) -> generic.DictionaryObject:
    """An appearance that shows the forged sentence."""
    form = generic.StreamObject(stream_data=forged.drawn())
    form[name("/Type")], form[name("/Subtype")] = name("/XObject"), name("/Form")
    form[name("/BBox")] = attacks.numbers(*BOX)
    return generic.DictionaryObject({name("/N"): writer.add_object(form)})


def _annotation(writer: IncrementalPdfFileWriter, kind: str) -> Any:
    return generic.DictionaryObject(
        {
            name("/Type"): name("/Annot"),
            name("/Subtype"): name(f"/{kind}"),
            name("/Rect"): attacks.numbers(*BOX),
            name("/F"): generic.NumberObject(4),
            name("/Contents"): text(forged.TEXT),
            name("/AP"): _look(writer),
        }
    )


def _note(kind: str) -> None:
    def change(writer: IncrementalPdfFileWriter) -> None:
        page = attacks.first_page(writer)
        page["/Annots"].append(writer.add_object(_annotation(writer, kind)))
        writer.update_container(page["/Annots"])

    change.__name__ = f"{kind.lower()}_over_the_text"
    update(EAA, "page annotations")(change)


for _kind in ("FreeText", "Stamp", "Redact", "Square"):
    _note(_kind)


@update(EAA, REWRITTEN)
def field_of_the_seal_made_visible(writer: IncrementalPdfFileWriter) -> None:
    widget = writer.root["/AcroForm"]["/Fields"][0]
    widget[name("/Rect")], widget[name("/AP")] = attacks.numbers(*BOX), _look(writer)
    widget[name("/F")] = generic.NumberObject(4)
    writer.update_container(widget)


@update(EAA, NOT_FIRST)
def permission_widened_for_a_note(writer: IncrementalPdfFileWriter) -> None:
    """The certification is rewritten to let notes through."""
    field = writer.root["/AcroForm"]["/Fields"][0]
    seal = generic.DictionaryObject(field["/V"])
    wide = generic.DictionaryObject(seal["/Reference"][0])
    wide[name("/TransformParams")] = generic.DictionaryObject(
        {name("/P"): generic.NumberObject(3), name("/V"): name("/1.2")}
    )
    seal[name("/Reference")] = generic.ArrayObject([wide])
    attacks.rewrite(writer, field.raw_get("/V").reference, seal)
    page = attacks.first_page(writer)
    page["/Annots"].append(writer.add_object(_annotation(writer, "Stamp")))
    writer.update_container(page["/Annots"])


@update(SSA, NEW_FIELD)
def field_to_be_signed_over_the_text(writer: IncrementalPdfFileWriter) -> None:
    _visible_field(writer)


def _visible_field(writer: IncrementalPdfFileWriter) -> None:
    fields.append_signature_field(writer, fields.SigFieldSpec("Other", box=BOX))
    writer.root["/AcroForm"]["/Fields"][-1][name("/AP")] = _look(writer)


@attack(SSA, "a signature that is neither the seal nor a document timestamp")
def signature_of_a_stranger_over_the_text(data: bytes) -> bytes:
    """The picture of a signature that is valid in itself."""
    output = BytesIO()
    metadata = PdfSignatureMetadata(field_name="Other", md_algorithm="sha256")
    signer = forgeries.Careless(
        metadata,
        signer=pades.BackendSigner(STRANGER),
        stamp_style=StaticStampStyle(
            border_width=0,
            background=PdfImage(forged.strip()),
            background_opacity=1.0,
            background_layout=FILLED,
        ),
        new_field_spec=fields.SigFieldSpec("Other", box=BOX),
    )
    signer.sign_pdf(attacks.quiet_writer(data), output=output)
    return output.getvalue()


@attack(SSA, NEW_FIELD)
def timestamp_over_the_text(data: bytes) -> bytes:
    """The picture of a genuine document timestamp."""
    writer, output = attacks.quiet_writer(data), BytesIO()
    _visible_field(writer)
    authority = PdfTimeStamper(HeldStamper(STRANGER_TIME), field_name="Other")
    authority.timestamp_pdf(writer, "sha256", output=output)
    return output.getvalue()
