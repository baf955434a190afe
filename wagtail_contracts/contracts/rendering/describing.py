"""What a content holds beside its text, in words: for pages that show it at a glance.

What is sensitive has a mask, whoever asks: who may read it reads the version.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from wagtail_contracts.contracts.core import masking, shown, trees

Content = dict[str, Any]


class Said(NamedTuple):
    """A data field or an exhibit, and what it says; nothing where nothing was filled in.

    Of a file that is no secret also its digest.
    """

    label: str
    words: str
    digest: str = ""


def data(content: Content) -> list[Said]:
    """The data fields in order."""
    masked = masking.masked(content)
    values = trees.values_by_key(masked)
    return [
        Said(field["label"], shown.answer(field, values.get(field["key"]), masked))
        for field in masked["fields"]
    ]


def exhibits(content: Content) -> list[Said]:
    """The files that are part of it: those of the text, then those that were filled in."""
    named = [Said(_called(item), item["name"], item["digest"]) for item in content["exhibits"]]
    return [*named, *_filled_in(content)]


def _called(exhibit: trees.Node) -> str:
    return " ".join(filter(None, [exhibit["label"], exhibit["title"]]))


def _filled_in(content: Content) -> Iterator[Said]:
    fields = trees.fields_by_key(content)
    for key, file in trees.answered_files(content).items():
        if fields[key]["sensitive"]:
            yield Said(fields[key]["label"], masking.MASK)
        else:
            yield Said(fields[key]["label"], file["name"], file["digest"])
