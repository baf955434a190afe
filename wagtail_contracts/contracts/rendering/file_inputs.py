"""The input for a data field that is a file: what may be chosen, and what was chosen before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wagtail_contracts.contracts.core.fields import files
from wagtail_contracts.contracts.core.files.sorts import ENDINGS, JPEG, MP4, PDF, PNG, WEBM

FILE, REMOVE = ".file", ".remove"  # behind the name of the input; keys of fields have no dot
SORTS = [
    ((PDF,), gettext_lazy("PDF")),
    ((PNG, JPEG), gettext_lazy("picture (PNG, JPEG)")),
    ((MP4, WEBM), gettext_lazy("video (MP4, WebM)")),
]


@dataclass(frozen=True)
class FileInput:
    """`accept` is for the browser, `largest` in bytes; `kept` is the name and size of a file."""

    accept: str
    largest: int
    limits: str
    too_large: str
    kept: str = ""


def file_input(field: Mapping[str, Any], value: str, language: str) -> FileInput | None:
    """What the input of a field shows in the reader's language; None for other kinds."""
    if field["kind"] != "file":
        return None
    most = files.sized(field["largest"], language)
    with translation.override(language):
        limits = _("%(sorts)s, at most %(most)s.") % {
            "sorts": ", ".join(named(field["accepts"])),
            "most": most,
        }
        too_large = _("The file is too large: at most %s.") % most
    return FileInput(
        accept(field["accepts"]), field["largest"], limits, too_large, kept(value, language)
    )


def accept(media_types: Iterable[str]) -> str:
    """What a browser offers: types, which phones know, and endings."""
    endings = [ending for ending, kind in ENDINGS.items() if kind in media_types]
    return ",".join([*media_types, *endings])


def named(media_types: Iterable[str]) -> list[str]:
    """What may be chosen, for people."""
    return [str(words) for types, words in SORTS if set(types) <= set(media_types)]


def kept(value: str, language: str) -> str:
    """The name and the size of the file that a value tells of; "" for none."""
    told = files.told(value)
    return f"{told['name']} ({files.sized(told['size'], language)})" if told else ""
