"""The entrances for the child process: a line of JSON and a file in, the same out."""

import json
from typing import Any

from wagtail_contracts.contracts.core.files import images, pages, pdfs, sorts
from wagtail_contracts.contracts.core.files.refusals import FileRefused


def framed(head: dict[str, Any], content: bytes = b"") -> bytes:
    """A head and a file in one piece."""
    return json.dumps(head).encode() + b"\n" + content


def opened(message: bytes) -> tuple[dict[str, Any], bytes]:
    """The head and the file."""
    head, _, content = message.partition(b"\n")
    return json.loads(head), content


def job(request: bytes) -> bytes:
    """Judge a file, or draw one page of an exhibit; a refusal is an answer."""
    asked, content = opened(request)
    try:
        if "page" in asked:
            return framed({}, pages.picture(content, asked["page"]))
        return framed(*judged(asked["sort"], asked["name"], asked["declared"], content))
    except FileRefused as refused:
        return framed({"refused": refused.code, "detail": refused.detail})


def judged(sort: str, name: str, declared: str, content: bytes) -> tuple[dict[str, Any], bytes]:
    """The facts about a file, and the bytes that are kept of it. Raises FileRefused.

    A picture is made anew; all else is kept byte for byte.
    """
    kind = sorts.media_type(sort, name, declared, content)
    facts: dict[str, Any] = {"media_type": kind, "width": None, "height": None, "words": []}
    if kind in images.FORMATS:
        content, facts["width"], facts["height"] = images.remade(content, kind)
    elif kind == sorts.PDF:
        facts["words"] = pages.words(content) if pdfs.pages(content) else []
    return facts, content
