"""Blocks with pictures, videos and exhibits, and the files that they name, without a database."""

import hashlib
from typing import Any

from tests import uploads
from wagtail_contracts.contracts.core.files import sorts
from wagtail_contracts.contracts.rendering.kinds.media import attached, named
from wagtail_contracts.contracts.rendering.print import Enclosed

FILES = {
    "red.png": (sorts.PNG, uploads.picture("PNG", (640, 360)), None),
    "film.jpg": (sorts.JPEG, uploads.picture("JPEG", (640, 360)), None),
    "film.mp4": (sorts.MP4, uploads.MP4, None),
    "film.vtt": (sorts.VTT, uploads.VTT, None),
    "plan.pdf": (sorts.PDF, uploads.saying("Ground floor", "First floor"), 2),
    "rules.pdf": (sorts.PDF, uploads.saying("House rules"), 1),
}
SOURCE = {
    "address": uploads.Embeds.ADDRESS,
    "provider": "Example Video",
    "player": "https://player.video.example/embed/1",
    "title": "How it works",
}


def file(name: str) -> dict[str, Any]:
    """A file as a block holds it."""
    kind, content, pages = FILES[name]
    return {
        "id": "00000000-0000-4000-8000-000000000000",
        "sort": "image",
        "name": name,
        "digest": hashlib.sha256(content).hexdigest(),
        "size": len(content),
        "media_type": kind,
        "pages": pages,
        "source": SOURCE if name == "film.jpg" else {},
    }


def blocks() -> list[dict[str, Any]]:
    """One of each, and a second exhibit."""
    return [
        uploads.image(file("red.png")),
        uploads.image(file("red.png"), decorative=True),
        uploads.video(embed=file("film.jpg")),
        uploads.video(file=file("film.mp4"), captions=file("film.vtt"), transcript=""),
        uploads.video(file=file("film.mp4"), transcript="", without="Nobody speaks."),
        uploads.exhibit(file("plan.pdf")),
        uploads.exhibit(file("rules.pdf"), "House rules"),
    ]


def enclosed(content: Any) -> Enclosed:
    """The files of a content, from memory."""
    found = [(name, item, FILES[item["name"]][1]) for name, item in attached(content)]
    pictures = {named(item): data for _name, item, data in found if named(item)}
    return Enclosed(pictures, [(name, data) for name, _item, data in found])
