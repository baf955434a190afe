"""Files as people upload them, hostile and harmless, made on the spot."""

from __future__ import annotations

import io
import struct
import uuid
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from pikepdf import Array, Dictionary, Name, Pdf, String
from PIL import Image

from wagtail_contracts.actors import Actor
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.backends.base import Found, NotFound
from wagtail_contracts.contracts.models import StoredFile

SCRIPT = b"<script>alert(1)</script>"
# What scanners call infected by agreement, put together so that no scanner finds this file.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
OBJECT_STREAMS = {"object_stream_mode": pikepdf.ObjectStreamMode.generate, "compress_streams": True}
VTT = b"WEBVTT\n\n00:00.000 --> 00:02.000\nGood morning.\n"
MP4 = b"\0\0\0\x18ftypisom\0\0\2\0isomiso2" + b"\0\0\0\x08free" * 40
WEBM = (
    b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\xf7\x81\x01B\xf2\x81\x04B\xf3\x81\x08B\x82\x84webm"
    + bytes(99)
)


def pdf(change: Callable[[Pdf], object] = lambda made: None, **options: Any) -> bytes:
    """A PDF with one empty page."""
    made, out = pikepdf.new(), io.BytesIO()
    made.add_blank_page()
    change(made)
    made.save(out, **options)
    return out.getvalue()


def saying(*pages: str) -> bytes:
    """A PDF with a line of text on each page."""

    def change(made: Pdf) -> None:
        del made.pages[0]
        font = made.make_indirect(
            Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        )
        for words in pages:
            page = made.add_blank_page(page_size=(595, 842))
            page.obj.Resources = Dictionary(Font=Dictionary(F1=font))
            drawn = f"BT /F1 24 Tf 72 700 Td ({words}) Tj ET".encode()
            page.obj.Contents = made.make_stream(drawn)

    return pdf(change)


def annotation(**entries: Any) -> Callable[[Pdf], object]:
    """Something on the page."""

    def change(made: Pdf) -> None:
        box = Array([0, 0, 9, 9])
        made.pages[0].obj.Annots = Array(
            [made.make_indirect(Dictionary(Type=Name.Annot, Rect=box, **entries))]
        )

    return change


def action(**entries: Any) -> Callable[[Pdf], object]:
    """A link that does something."""
    return annotation(Subtype=Name.Link, A=Dictionary(**entries))


def layer(**states: Name) -> Callable[[Pdf], object]:
    """Something that is there on the screen, or on paper: View=Name.ON, Print=Name.OFF."""

    def change(made: Pdf) -> None:
        usage = {kind: Dictionary({f"/{kind}State": state}) for kind, state in states.items()}
        group = Dictionary(Type=Name.OCG, Name=String("Price"), Usage=Dictionary(**usage))
        groups = Array([made.make_indirect(group)])
        made.Root.OCProperties = Dictionary(OCGs=groups, D=Dictionary(Order=groups))

    return change


def drawing(**entries: Any) -> Callable[[Pdf], object]:
    """Something that the page shows."""

    def change(made: Pdf) -> None:
        shown = made.make_stream(b"", Type=Name.XObject, **entries)
        made.pages[0].obj.Resources = Dictionary(XObject=Dictionary(X=shown))

    return change


def lies_on_it(kind: Name, words: str) -> Callable[[Pdf], object]:
    """Words in a field that was filled in, or in a note."""

    def change(made: Pdf) -> None:
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        fonts, box = Dictionary(Font=Dictionary(Helv=font)), Array([0, 0, 300, 60])
        drawn = f"/Tx BMC q BT /Helv 24 Tf 10 20 Td ({words}) Tj ET Q EMC".encode()
        look = made.make_stream(drawn, Type=Name.XObject, Subtype=Name.Form, Resources=fonts)
        look.BBox = box
        annotation(
            Subtype=kind, AP=Dictionary(N=look), F=4, FT=Name.Tx, T=String("a"), V=String(words)
        )(made)
        lying = made.pages[0].obj.Annots
        lying[0].Rect = box
        if kind == Name.Widget:
            made.Root.AcroForm = Dictionary(Fields=lying, DR=fonts)

    return change


def script(made: Pdf) -> None:
    made.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def opens_at_page_one(made: Pdf) -> None:
    made.Root.OpenAction = Dictionary(S=Name.GoTo, D=Array([made.pages[0].obj, Name.Fit]))


def named_script(made: Pdf) -> None:
    entry = Dictionary(S=Name.JavaScript, JS=String("x"))
    made.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), entry])))


def on_open(made: Pdf) -> None:
    made.pages[0].obj.AA = Dictionary(O=Dictionary(S=Name.Launch, F=String("cmd.exe")))


def attachment(made: Pdf) -> None:
    made.attachments["evil.exe"] = b"MZ"


def form(made: Pdf) -> None:
    made.Root.AcroForm = Dictionary(XFA=String("x"), Fields=Array([]))


def plain_form(made: Pdf) -> None:
    made.Root.AcroForm = Dictionary(Fields=Array([]))


def outside(made: Pdf) -> None:
    made.pages[0].obj.Contents = made.make_stream(b"", F=String("/etc/passwd"))


def proxied(made: Pdf) -> None:
    made.pages[0].obj.Resources = Dictionary(
        XObject=Dictionary(X=made.make_stream(b"", OPI=Dictionary()))
    )


def deep(made: Pdf) -> None:
    nested = Array([])
    for _ in range(400):
        nested = Array([nested])
    made.Root.Deep = nested


def many_pages(made: Pdf) -> None:
    for _ in range(500):
        made.add_blank_page()


def disguised() -> bytes:
    """The name JavaScript written with an escape; same length, so that all offsets stay right."""
    return (
        pdf(script)
        .replace(b"/JavaScript", b"/Java#53cript")
        .replace(rb"(app.alert\(1\))", b"(app.alert123)")
    )


def bomb(size: int) -> bytes:
    """A root object in an object stream that swells to `size`: a few kilobytes on disk."""
    body = b"1 0 " + b"<</Type/Catalog/Pages 2 0 R>>" + b" " * size
    packed = zlib.compress(body, 9)
    stream = b"<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (
        len(packed),
        packed,
    )
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"
    objects = ((2, b"<</Type/Pages/Kids[5 0 R]/Count 1>>"), (3, stream), (5, page))
    parts, offsets = [b"%PDF-1.5\n"], {}
    for number, content in objects:
        offsets[number] = sum(map(len, parts))
        parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    start = sum(map(len, parts))
    rows = [(0, 0, 65535), (2, 3, 0), (1, offsets[2], 0), (1, offsets[3], 0), (1, start, 0)]
    rows.append((1, offsets[5], 0))
    table = b"".join(
        bytes([kind]) + where.to_bytes(4, "big") + more.to_bytes(2, "big")
        for kind, where, more in rows
    )
    xref = b"<</Type/XRef/Size 6/Root 1 0 R/W[1 4 2]/Length %d>>stream\n%s\nendstream" % (
        len(table),
        table,
    )
    return b"".join(parts) + b"4 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n" % (xref, start)


def picture(form: str = "PNG", size: tuple[int, int] = (8, 4), **options: Any) -> bytes:
    """A red picture."""
    out = io.BytesIO()
    Image.new("RGB", size, "red").save(out, form, **options)
    return out.getvalue()


def huge(width: int, height: int) -> bytes:
    """A header that promises many pixels; few follow."""
    body = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    head = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + body
    return head + struct.pack(">I", zlib.crc32(body)) + picture()[33:]


def archive() -> bytes:
    """A zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("word/document.xml", "<x/>")
    return out.getvalue()


def upload(content: bytes, name: str = "plan.pdf", declared: str = "") -> SimpleUploadedFile:
    """What a browser sends of a file."""
    kinds = {
        ".pdf": "application/pdf",
        ".png": "image/png",
        ".jpg": "image/jpeg",
        ".mp4": "video/mp4",
        ".vtt": "text/vtt",
    }
    return SimpleUploadedFile(name, content, declared or kinds[name[-4:]])


class Embeds:
    """Knows one video elsewhere; stands for Wagtail's finders, which ask the provider."""

    ADDRESS = "https://video.example/watch?v=1"

    def find(self, address: str) -> Found:
        """That one and no other."""
        if address != self.ADDRESS:
            raise NotFound(address)
        player = "https://player.video.example/embed/1"
        return Found("How it works", "Example Video", player, picture("JPEG", (64, 36)))


VIDEOS = f"{Embeds.__module__}.{Embeds.__name__}"


def stored(sort: str, content: bytes, name: str, by: Actor) -> StoredFile:
    """A file that somebody has uploaded."""
    return contracts.keep_file(upload(content, name), sort=sort, by=by)


def kept(sort: str, content: bytes, name: str, by: Actor) -> dict[str, Any]:
    """What a block holds of it."""
    return stored(sort, content, name, by).facts()


def image(file: Any, **more: Any) -> dict[str, Any]:
    """A block with a picture."""
    return _block("image", file=file, alt="A red field", caption="Red", width="half", **more)


def exhibit(file: Any, title: str = "Floor plan", **more: Any) -> dict[str, Any]:
    """A block with an exhibit."""
    return _block("exhibit", title=title, file=file, **more)


def video(**parts: Any) -> dict[str, Any]:
    """A block with a video."""
    return _block("video", **{"title": "How it works", "transcript": "It works.", **parts})


def _block(kind: str, **value: Any) -> dict[str, Any]:
    value = {"policy": "locked", **value}
    return {"type": kind, "id": str(uuid.uuid4()), "value": value}
