"""S-45: extension, declared type and content agree; pictures are made anew; names are plain."""

import io

import pytest
from PIL import Image, PngImagePlugin

from tests import uploads
from tests.uploads import SCRIPT, huge, pdf, picture
from wagtail_contracts.contracts.core.files import images, names, sorts
from wagtail_contracts.contracts.core.files.refusals import FileRefused

PDF, PNG, JPEG, MP4 = sorts.PDF, sorts.PNG, sorts.JPEG, sorts.MP4
GOOD = [
    ("exhibit", "a.pdf", PDF, pdf()),
    ("exhibit", "A.PDF", PDF, pdf()),
    ("image", "a.png", PNG, picture()),
    ("image", "a.jpg", JPEG, picture("JPEG")),
    ("image", "a.jpeg", f"{JPEG}; charset=x", picture("JPEG")),
    ("video", "a.mp4", MP4, uploads.MP4),
    ("video", "a.webm", sorts.WEBM, uploads.WEBM),
    ("captions", "a.vtt", sorts.VTT, uploads.VTT),
    ("captions", "a.vtt", sorts.VTT, b"\xef\xbb\xbf" + uploads.VTT),
]
BAD = [
    ("image", "a.html", "text/html", SCRIPT, "sort"),
    ("image", "a.svg", "image/svg+xml", b"<svg/>", "sort"),
    ("image", "a.gif", "image/gif", b"GIF89a", "sort"),
    ("exhibit", "a.docx", "application/zip", uploads.archive(), "sort"),
    ("exhibit", "a.exe", PDF, pdf(), "sort"),
    ("exhibit", "a", PDF, pdf(), "sort"),
    ("exhibit", "a.pdf.html", PDF, pdf(), "sort"),
    ("image", "a.pdf", PDF, pdf(), "sort"),
    ("exhibit", "a.png", PNG, picture(), "sort"),
    ("exhibit", "a.pdf", PNG, pdf(), "declared"),
    ("exhibit", "a.pdf", "", pdf(), "declared"),
    ("image", "a.png", PNG, picture("JPEG"), "content"),
    ("image", "a.jpg", JPEG, picture(), "content"),
    ("exhibit", "a.pdf", PDF, SCRIPT, "content"),
    ("exhibit", "a.pdf", PDF, SCRIPT + pdf(), "content"),
    ("exhibit", "a.pdf", PDF, b"", "content"),
    ("image", "a.png", PNG, b"MZ" + bytes(99), "content"),
    ("video", "a.mp4", MP4, b"MZ" + bytes(99), "content"),
    ("video", "a.webm", sorts.WEBM, uploads.WEBM.replace(b"webm", b"xxxx"), "content"),
    ("captions", "a.vtt", sorts.VTT, SCRIPT, "content"),
    ("captions", "a.vtt", sorts.VTT, b"WEBVTTX", "content"),
    ("captions", "a.vtt", sorts.VTT, uploads.VTT + b"\xff", "content"),
    ("captions", "a.vtt", sorts.VTT, b"WEBVTT\n".ljust((1 << 20) + 1, b"x"), "size"),
    ("exhibit", "a.pdf", PDF, pdf().ljust((25 << 20) + 1), "size"),
]


@pytest.mark.parametrize(("sort", "name", "declared", "content"), GOOD)
def test_three_that_agree_are_taken(sort, name, declared, content):
    assert sorts.media_type(sort, name, declared, content) == declared.partition(";")[0]


@pytest.mark.parametrize(("sort", "name", "declared", "content", "code"), BAD)
def test_three_that_do_not_agree_are_refused(sort, name, declared, content, code):
    with pytest.raises(FileRefused, match=f"^{code}"):
        sorts.media_type(sort, name, declared, content)


def opened(content):
    return Image.open(io.BytesIO(content))


@pytest.mark.parametrize(("kind", "form"), [(PNG, "PNG"), (JPEG, "JPEG")])
def test_the_picture_stays_and_the_rest_goes(kind, form):
    again, width, height = images.remade(picture(form) + SCRIPT + pdf(), kind)
    assert b"script" not in again
    assert b"%PDF" not in again
    red = opened(again).convert("RGB").getpixel((0, 0))
    assert (opened(again).size, (width, height)) == ((8, 4), (8, 4))
    assert red[0] > 250
    assert max(red[1:]) < 5


def test_places_and_texts_go_and_the_turn_is_kept():
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, "at home"  # turned a quarter; a description
    again, width, height = images.remade(picture("JPEG", exif=exif), JPEG)
    assert b"at home" not in again
    assert not opened(again).getexif()
    assert (width, height) == opened(again).size == (4, 8)

    text = PngImagePlugin.PngInfo()
    text.add_text("comment", "at home")
    assert b"at home" not in images.remade(picture("PNG", pnginfo=text), PNG)[0]


def test_transparency_and_palettes_survive():
    out = io.BytesIO()
    Image.new("RGBA", (4, 4), (255, 0, 0, 0)).save(out, "PNG")
    again = images.remade(out.getvalue(), PNG)[0]
    assert opened(again).convert("RGBA").getpixel((0, 0))[3] == 0
    out = io.BytesIO()
    Image.new("P", (4, 4)).save(out, "PNG")
    assert opened(images.remade(out.getvalue(), PNG)[0]).size == (4, 4)


BROKEN = [
    (huge(50_000, 50_000), PNG, "pixels"),
    (huge(8_000, 5_001), PNG, "pixels"),
    (picture()[:40], PNG, "picture"),
    (picture("JPEG")[:200], JPEG, "picture"),
    (picture()[:16] + SCRIPT, PNG, "picture"),
    (picture(), JPEG, "picture"),
    (picture("GIF"), PNG, "picture"),
    (b"", PNG, "picture"),
]


@pytest.mark.parametrize(("content", "kind", "code"), BROKEN)
def test_what_is_no_picture_or_too_large_is_refused(content, kind, code):
    with pytest.raises(FileRefused, match=code):
        images.remade(content, kind)


NAMES = {
    "plan.pdf": "plan.pdf",
    "../../etc/passwd": "passwd.pdf",
    "C:\\Users\\kari\\plan.pdf": "plan.pdf",
    "plan\r\nSet-Cookie: a=b.pdf": "plan Set-Cookie a b.pdf",
    "\u202efdp.exe": "fdp.pdf",
    "plan.html": "plan.pdf",
    ".htaccess": "htaccess.pdf",
    "": "file.pdf",
    "///": "file.pdf",
    "Vedlegg æøå 2.pdf": "Vedlegg æøå 2.pdf",
    '"; rm -rf ".pdf': "rm -rf.pdf",
    "x" * 300: "x" * 76 + ".pdf",
}


@pytest.mark.parametrize(("given", "plain"), NAMES.items())
def test_names_are_one_plain_line(given, plain):
    assert names.cleaned(given, ".pdf") == plain


def test_a_name_is_offered_in_both_forms():
    said = names.disposition("Vedlegg æ 2.pdf")
    assert said == (
        "attachment; filename=\"Vedlegg _ 2.pdf\"; filename*=UTF-8''Vedlegg%20%C3%A6%202.pdf"
    )
    assert names.disposition('a"\r\nb.pdf').isprintable()
