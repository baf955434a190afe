"""Files that somebody gives: the value says what the file is, never where it lies."""

import re
from collections.abc import Mapping
from typing import Any

from babel.numbers import format_decimal

from wagtail_contracts.contracts.core.fields.kind import Field, Kind, Wrong
from wagtail_contracts.contracts.core.fields.languages import local
from wagtail_contracts.contracts.core.files.sorts import JPEG, LARGEST, MP4, PDF, PNG, WEBM

PICTURES, VIDEOS = (JPEG, PNG), (MP4, WEBM)
# What a definition may ask for, and the media types of that.
ACCEPTED = {
    "pdf": (PDF,),
    "picture": PICTURES,
    "pdf_picture": (PDF, *PICTURES),
    "any": (PDF, *PICTURES, *VIDEOS),
}
MEGABYTE = 1 << 20
FACTS = ("digest", "size", "media_type", "pages", "name")
LINE = re.compile(r"([0-9a-f]{64}) ([1-9]\d{0,8}) ([a-z]+/[a-z0-9]+) ([1-9]\d{0,2}|-) (\S.{0,79})")
SHORT = 12  # characters of a digest that people are shown


def accepts(definition: Mapping[str, Any]) -> list[str]:
    """The media types that a definition takes; none for other kinds than files."""
    if definition["kind"] != "file":
        return []
    return sorted(ACCEPTED[definition.get("accepts") or "any"])


def largest(definition: Mapping[str, Any]) -> int | None:
    """The most bytes that a definition takes; None for other kinds than files."""
    if definition["kind"] != "file":
        return None
    return min((definition.get("largest") or LARGEST // MEGABYTE) * MEGABYTE, LARGEST)


def line(file: Mapping[str, Any]) -> str:
    """A file in one line, as it stands in an input."""
    return " ".join(str(file.get(fact) or "-") for fact in FACTS)


def told(text: str) -> dict[str, Any] | None:
    """What a line of `line` says; None for any other text. It proves nothing."""
    found = LINE.fullmatch(text)
    if found is None:
        return None
    digest, size, media_type, pages, name = found.groups()
    return {
        "name": name,
        "digest": digest,
        "size": int(size),
        "media_type": media_type,
        "pages": None if pages == "-" else int(pages),
    }


def insist_on_fit(field: Field, media_type: str, size: int) -> None:
    """Raise Wrong for a sort of file that the field does not take, and for one too large."""
    if media_type not in field["accepts"]:
        raise Wrong("file_sort", accepts=field["accepts"])
    if size > field["largest"]:
        raise Wrong("file_size", largest=field["largest"])


def sized(size: int, language: str) -> str:
    """A number of bytes as people say it: 640 kB, 1.2 MB."""
    unit, of = ("MB", MEGABYTE) if size >= MEGABYTE else ("kB", 1 << 10)
    number = max(size / of, 0.1)
    shown = local(lambda locale: format_decimal(number, "#,##0.#", locale=locale), language)
    return f"{shown}\u00a0{unit}"


def _file(field: Field, text: str) -> dict[str, Any]:
    found = told(text)
    if found is None:
        raise Wrong("unreadable")
    insist_on_fit(field, found["media_type"], found["size"])
    return found


def _raw_file(field: Field, value: Mapping[str, Any]) -> str:
    return line(value)


def _shown_file(field: Field, stored: Mapping[str, Any], language: str) -> str:
    digest = stored["digest"][:SHORT]
    return f"{stored['name']} ({sized(stored['size'], language)}, SHA-256 {digest})"


KINDS = {"file": Kind(_file, raw=_raw_file, show=_shown_file, retyped=line)}
