"""S-46: an exhibit is inert. The list of samples grows with every way that somebody finds."""

import pikepdf
import pytest
from pikepdf import Name, String

from tests import uploads
from tests.uploads import OBJECT_STREAMS, action, annotation, pdf
from wagtail_contracts.contracts.core.files import pages, pdfs
from wagtail_contracts.contracts.core.files.refusals import FileRefused

WEB = {"S": Name.URI, "URI": String("https://example.org")}
GOOD = {
    "plain": pdf(),
    "object streams": pdf(**OBJECT_STREAMS),
    "web link": pdf(action(**WEB)),
    "mail link": pdf(action(S=Name.URI, URI=String("mailto:kari@example.org"))),
    "opens at page one": pdf(uploads.opens_at_page_one),
    "plain form": pdf(uploads.plain_form),
    "deep nesting": pdf(uploads.deep),
    "white space at the end": pdf() + b"\r\n",
    "note on screen and paper": pdf(annotation(Subtype=Name.FreeText, F=4)),
    "layer": pdf(uploads.layer()),
    "layer on screen and paper": pdf(uploads.layer(View=Name.ON, Print=Name.ON)),
    "small object stream": uploads.bomb(10),
}
ENCRYPTED = "encrypted"
BAD = {
    "script": (pdf(uploads.script), "/JavaScript"),
    "script in an object stream": (pdf(uploads.script, **OBJECT_STREAMS), "/JavaScript"),
    "script with an escaped name": (uploads.disguised(), "/JavaScript"),
    "named script": (pdf(uploads.named_script), "/JavaScript"),
    "on open": (pdf(uploads.on_open), "/AA, /Launch"),
    "attachment": (pdf(uploads.attachment), "/EF"),
    "attached to a page": (pdf(annotation(Subtype=Name.FileAttachment)), "/FileAttachment"),
    "XFA": (pdf(uploads.form), "/XFA"),
    "submit": (pdf(action(S=Name.SubmitForm, F=String("https://x"))), "/SubmitForm"),
    "import": (pdf(action(S=Name.ImportData, F=String("x"))), "/ImportData"),
    "other file": (pdf(action(S=Name.GoToR, F=String("x.pdf"))), "/GoToR"),
    "file in the file": (pdf(action(S=Name.GoToE)), "/GoToE"),
    "film": (pdf(action(S=Name.Movie)), "/Movie"),
    "sound": (pdf(action(S=Name.Sound)), "/Sound"),
    "rendition": (pdf(action(S=Name.Rendition)), "/Rendition"),
    "rich media": (pdf(annotation(Subtype=Name.RichMedia)), "/RichMedia"),
    "model": (pdf(annotation(Subtype=Name("/3D"))), "/3D"),
    "print proxy": (pdf(uploads.proxied), "/OPI"),
    "script link": (pdf(action(S=Name.URI, URI=String(" JavaScript:alert(1)"))), "/URI"),
    "file link": (pdf(action(S=Name.URI, URI=String("file:///etc/passwd"))), "/URI"),
    "data link": (pdf(action(S=Name.URI, URI=String("data:text/html,x"))), "/URI"),
    "outside content": (pdf(uploads.outside), "/F"),
    "page of another file": (
        pdf(uploads.drawing(Subtype=Name.Form, BBox=[0, 0, 9, 9], Ref=pikepdf.Dictionary(Page=0))),
        "/Ref",
    ),
    "another picture on paper": (
        pdf(uploads.drawing(Subtype=Name.Image, Alternates=pikepdf.Array())),
        "/Alternates",
    ),
    "on the screen alone": (pdf(uploads.layer(View=Name.ON, Print=Name.OFF)), "/PrintState"),
    "not on paper": (pdf(uploads.layer(Print=Name.OFF)), "/PrintState"),
    "note on paper alone": (pdf(annotation(Subtype=Name.FreeText, F=4 + 32)), "/NoView"),
    "layers at a press": (pdf(action(S=Name.SetOCGState)), "/SetOCGState"),
    "notes at a press": (pdf(action(S=Name.Hide)), "/Hide"),
    "password": (pdf(encryption=pikepdf.Encryption(owner="o", user="u")), ENCRYPTED),
    "empty password": (pdf(encryption=pikepdf.Encryption(owner="o", user="")), ENCRYPTED),
    "many pages": (pdf(uploads.many_pages), "pages 500"),
    "cut off": (pdf()[:200], "more_than_pdf"),
    "broken table": (pdf().replace(b"startxref\n", b"startxref\n9"), "pdf"),
    "something before": (uploads.SCRIPT + pdf(), "more_than_pdf"),
    "archive behind": (pdf() + uploads.archive(), "more_than_pdf"),
    "not a PDF": (b"hello", "more_than_pdf"),
}


@pytest.mark.parametrize("content", GOOD.values(), ids=GOOD)
def test_harmless_files_are_taken(content):
    assert pdfs.pages(content) == 1
    assert pages.words(content) == [""]


@pytest.mark.parametrize(("content", "reason"), BAD.values(), ids=BAD)
def test_hostile_files_are_refused_by_name(content, reason):
    with pytest.raises(FileRefused, match=reason):
        pdfs.pages(content)


def test_the_list_is_as_long_as_it_was():
    assert len(BAD) >= 30
    assert len(GOOD) >= 9


@pytest.mark.parametrize("claimed", [b"/Count 1", b"/Count 3"])
def test_a_file_that_claims_other_pages_than_it_has_is_refused(claimed):
    content = uploads.saying("First page", "Second page")
    assert pdfs.pages(content) == 2
    with pytest.raises(FileRefused, match="pdf"):
        pdfs.pages(content.replace(b"/Count 2", claimed))


@pytest.mark.parametrize("kind", [Name.Widget, Name.FreeText])
def test_what_lies_on_a_page_is_read_and_seen_as_what_stands_in_it(kind):
    content = pdf(uploads.lies_on_it(kind, "Price 100000"))
    assert (pdfs.pages(content), pages.words(content)) == (1, ["Price 100000"])
    assert pages.picture(content, 1) != pages.picture(pdf(), 1)


def test_words_and_pictures_of_each_page():
    content = uploads.saying("First page", "Second page")
    assert pages.words(content) == ["First page", "Second page"]
    first, second = (pages.picture(content, number) for number in (1, 2))
    assert first.startswith(b"\xff\xd8\xff")
    assert first != second
    with pytest.raises(FileRefused):
        pages.picture(content, 3)
