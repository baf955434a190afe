"""Sorts of files: what each may be, and that name, declared type and content say the same."""

from pathlib import PurePosixPath

import puremagic

from wagtail_contracts.contracts.core.files.refusals import FileRefused

IMAGE, EXHIBIT, VIDEO, CAPTIONS = "image", "exhibit", "video", "captions"
ANSWER = "answer"  # what is filled in to a data field
LOGO = "logo"  # of a workspace
PDF, PNG, JPEG = "application/pdf", "image/png", "image/jpeg"
MP4, WEBM, VTT = "video/mp4", "video/webm", "text/vtt"
ALLOWED = {
    IMAGE: {PNG, JPEG},
    EXHIBIT: {PDF},
    VIDEO: {MP4, WEBM},
    CAPTIONS: {VTT},
    LOGO: {PNG, JPEG},
    ANSWER: {PDF, PNG, JPEG, MP4, WEBM},
}
ENDINGS = {
    ".pdf": PDF,
    ".png": PNG,
    ".jpg": JPEG,
    ".jpeg": JPEG,
    ".mp4": MP4,
    ".webm": WEBM,
    ".vtt": VTT,
}
LARGEST = 25 << 20  # bytes of one file
LARGEST_CAPTIONS = 1 << 20
LARGEST_LOGO = 512 << 10
STARTS = {PDF: b"%PDF-", PNG: b"\x89PNG\r\n\x1a\n", JPEG: b"\xff\xd8\xff", WEBM: b"\x1aE\xdf\xa3"}
BRANDS = {b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"dash", b"M4V "}


def media_type(sort: str, name: str, declared: str, content: bytes) -> str:
    """The media type, if all three agree and the sort allows it. Raises FileRefused.

    A first gate only: a header proves nothing about what follows it.
    """
    expected = named(name)
    if expected not in ALLOWED[sort]:
        raise FileRefused("sort")
    if len(content) > {CAPTIONS: LARGEST_CAPTIONS, LOGO: LARGEST_LOGO}.get(sort, LARGEST):
        raise FileRefused("size")
    if declared.partition(";")[0].strip().lower() != expected:
        raise FileRefused("declared")
    if not _begins(expected, content):
        raise FileRefused("content")
    return expected


def named(name: str) -> str:
    """The media type that a name promises; "" for none of ours."""
    return ENDINGS.get(PurePosixPath(name).suffix.lower(), "")


def _begins(expected: str, content: bytes) -> bool:
    if expected == VTT:
        return _is_captions(content)
    if expected == MP4:
        return content[4:8] == b"ftyp" and content[8:12] in BRANDS
    if not content.startswith(STARTS[expected]):
        return False
    return b"webm" in content[:64] if expected == WEBM else _sniffed(content) == expected


def _sniffed(content: bytes) -> str:
    try:
        return str(puremagic.from_string(content, mime=True))
    except (puremagic.PureError, ValueError):
        return ""


def _is_captions(content: bytes) -> bool:
    """Text that begins as WebVTT does (https://www.w3.org/TR/webvtt1/#file-structure)."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return text[:6] == "WEBVTT" and text[6:7] in ("", " ", "\t", "\n", "\r") and "\0" not in text
