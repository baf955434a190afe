"""Why a file is not taken, as sentences."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from wagtail_contracts.contracts.core.files import sorts

WANTED = {
    sorts.IMAGE: gettext_lazy("Choose a picture in the format PNG or JPEG."),
    sorts.EXHIBIT: gettext_lazy("Choose a PDF."),
    sorts.VIDEO: gettext_lazy("Choose a video in the format MP4 or WebM."),
    sorts.CAPTIONS: gettext_lazy("Choose captions in the format WebVTT."),
    sorts.LOGO: gettext_lazy("Choose a picture in the format PNG or JPEG."),
    sorts.ANSWER: gettext_lazy("Choose a PDF, a picture (PNG, JPEG) or a video (MP4, WebM)."),
}
SENTENCES = {
    "nothing": gettext_lazy("Choose a file."),
    "size": gettext_lazy("The file is too large: 25 MB at most, captions 1 MB."),
    "declared": gettext_lazy("The name says another kind of file than the browser."),
    "content": gettext_lazy("The file is not what its name says."),
    "picture": gettext_lazy("The picture can't be read."),
    "pixels": gettext_lazy("The picture has more than %s million pixels."),
    "more_than_pdf": gettext_lazy("The file is more than a PDF, or only part of one."),
    "pdf": gettext_lazy("The PDF can't be read. Print it to a new PDF and try again."),
    "encrypted": gettext_lazy("The PDF is encrypted. Save it without a password."),
    "live": gettext_lazy(
        "The PDF holds what a contract may not: %s. Print it to a new PDF and try again."
    ),
    "pages": gettext_lazy("The PDF has no pages, or more than %s."),
    "objects": gettext_lazy("The PDF is put together of too many parts."),
    "limits": gettext_lazy("The file takes too long or too much memory to read."),
    "infected": gettext_lazy("A virus was found in the file. It was not kept."),
    "video": gettext_lazy(
        "There is no video with a picture at this address, or its provider did not answer."
    ),
}


def sentence(code: str, sort: str = "", detail: str = "") -> str:
    """The sentence for a code of FileRefused, and for what else can stand in the way."""
    if code == "sort":
        return str(WANTED[sort])
    said = str(SENTENCES[code])
    return said % detail if "%s" in said else said
