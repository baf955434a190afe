"""Pictures, videos and exhibits: what a template needs to show them, on a page and on paper.

Where files lie is the template's `shelf`: the start of an address on a page, the bundle on paper.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from wagtail_contracts.contracts.core import trees
from wagtail_contracts.contracts.core.files.sorts import JPEG, PNG
from wagtail_contracts.contracts.core.kinds.media import SEALED, files
from wagtail_contracts.contracts.rendering.kinds.base import Frame, Part

BESIDE = ("exhibit", "heading", "text", "party_details", "page_break", "signatures")
ENDINGS = {PNG: ".png", JPEG: ".jpg"}


def attached(content: trees.Content) -> Iterator[tuple[str, trees.Node]]:
    """The files that travel inside the PDF, each once, with the name that they have there.

    Pictures, posters, exhibits, and what was filled in; of a video of one's own the digest alone
    is printed.
    """
    told: set[str] = set()
    for place, number, file in _all(content):
        if file["media_type"] in SEALED and file["digest"] not in told:
            told.add(file["digest"])
            yield f"{place}-{number or len(told)} {file['name']}", file


def _all(content: trees.Content) -> Iterator[tuple[str, str | None, trees.Node]]:
    for block in trees.blocks(content["body"]):
        for place, file in placed(block):
            yield place, block["number"], file
    for key, file in trees.answered_files(content).items():
        yield "answer", key, file


def placed(block: trees.Node) -> Iterator[tuple[str, trees.Node]]:
    """The files of a block, with what each is there."""
    for file in files(block):
        yield "poster" if file == block.get("poster") else block["type"], file


def named(file: trees.Node) -> str:
    """The name of a picture in the bundle; "" for what is none."""
    ending = ENDINGS.get(file["media_type"], "")
    return file["digest"] + ending if ending else ""


def _image(parts: Frame, block: trees.Node) -> Part:
    return {**_plain(block), "file": _file(block["file"])}


def _video(parts: Frame, block: trees.Node) -> Part:
    lines = block["transcript"].split("\n")
    places = ("poster", "file", "captions")
    return {
        **_plain(block),
        **{place: _file(block[place]) for place in places},
        "transcript": [line for line in lines if line.strip()],
    }


def _exhibit(parts: Frame, block: trees.Node) -> Part:
    file = block["file"]
    words = parts.words.get(file["digest"]) if file else None
    count = (file["pages"] or 0) if file else 0
    leaves = [{"number": number + 1, "words": _of_leaf(words, number)} for number in range(count)]
    shown = {"heading_level": parts.level(1), "leaves": leaves, "open": is_the_text(parts.content)}
    return {**_plain(block), "file": _file(file), **shown}


def _of_leaf(words: Sequence[str] | None, number: int) -> str | None:
    """The words of a page: "" where it has none, None where they are not at hand."""
    if words is None:
        return None
    return words[number] if number < len(words) else ""


def is_the_text(content: trees.Content) -> bool:
    """Whether the exhibit is what is agreed: nothing but an introduction stands beside it."""
    return all(block["type"] in BESIDE for block in content["body"])


def _plain(block: trees.Node) -> dict[str, Any]:
    return {name: part for name, part in block.items() if name not in ("id", "type")}


def _file(file: trees.Node | None) -> Part | None:
    if file is None:
        return None
    return {**file, "picture": named(file)}


MAKERS = {"image": _image, "video": _video, "exhibit": _exhibit}
