"""What is no text: pictures, videos, exhibits. The tree holds what each file was, never the file.

A stored file is a mapping that the server made: id, name, digest, size, media_type, pages, source.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from wagtail_contracts.contracts.core.files.sorts import JPEG, PDF, PNG
from wagtail_contracts.contracts.core.kinds.base import Kind, Node, Say, Tree, joined
from wagtail_contracts.contracts.core.text import normal

FACTS = ("name", "digest", "size", "media_type", "pages")
PLACES = ("file", "poster", "captions")
SEALED = (PDF, PNG, JPEG)  # these travel inside the sealed file
LINKS = ("address", "provider", "player")


def files(block: Node) -> Iterator[Node]:
    """The files that a block of the tree names."""
    for place in PLACES if block["type"] in KINDS else ():
        if block.get(place):
            yield block[place]


def stored_files(value: Any) -> Iterator[Mapping[str, Any]]:
    """Every file in stored streams, however deep."""
    if isinstance(value, Mapping):
        if {"id", *FACTS} <= value.keys():
            yield value
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from stored_files(part)


def _image(value: Mapping[str, Any]) -> Tree:
    return {
        "file": _file(value.get("file")),
        "alt": "" if value.get("decorative") else _line(value.get("alt")),
        "caption": _line(value.get("caption")),
        "width": value.get("width") or "full",
    }


def _video(value: Mapping[str, Any]) -> Tree:
    poster = value.get("embed")
    source = poster["source"] if poster else {}
    return {
        "title": _line(value.get("title")),
        **{name: source.get(name) for name in LINKS},
        "poster": _file(poster),
        "file": _file(value.get("file")),
        "captions": _file(value.get("captions")),
        "transcript": normal(value.get("transcript")).strip(),
        "without": _line(value.get("without")),
    }


def _exhibit(value: Mapping[str, Any]) -> Tree:
    return {"title": _line(value.get("title")), "file": _file(value.get("file"))}


def _file(stored: Mapping[str, Any] | None) -> Tree | None:
    return {name: stored[name] for name in FACTS} if stored else None


def _line(value: Any) -> str:
    return " ".join(normal(value).split())


def _image_text(block: Node, say: Say) -> str:
    return joined(block["caption"], block["alt"], _called(block["file"]))


def _video_text(block: Node, say: Say) -> str:
    told = [block["title"], block["address"] or "", *map(_called, files(block))]
    return joined(*told, block["transcript"], block["without"])


def _exhibit_text(block: Node, say: Say) -> str:
    return joined(block["title"], _called(block["file"]))


def _called(file: Node | None) -> str:
    """A file as a comparison names it: another one of the same name has another fingerprint."""
    if file is None:
        return ""
    return f"{file['name']} ({file['size']} B, SHA-256 {file['digest'][:12]})"


def _image_strings(block: Node) -> Iterable[str]:
    return (block["caption"],)


def _video_strings(block: Node) -> Iterable[str]:
    named = [file["name"] for file in files(block)]
    said = [block[name] or "" for name in ("title", "address", "provider", "transcript", "without")]
    return [*said, *named]


def _exhibit_strings(block: Node) -> Iterable[str]:
    return [block["title"], *(file["name"] for file in files(block))]


def _told(block: Node) -> Iterable[tuple[str, Tree]]:
    if file := block["file"]:
        named = {"block": block["id"], "label": block["number"], "title": block["title"]}
        yield "exhibits", {**named, **file}


KINDS = {
    "image": Kind(_image, _image_text, printed=_image_strings),
    "video": Kind(_video, _video_text, printed=_video_strings),
    "exhibit": Kind(_exhibit, _exhibit_text, printed=_exhibit_strings, told=_told),
}
