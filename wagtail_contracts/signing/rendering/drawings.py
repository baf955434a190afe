"""A drawn name as a picture of lines: on a page, and as a file of a bundle that is printed."""

from __future__ import annotations

from collections.abc import Iterable

from django.template.loader import render_to_string

from wagtail_contracts.signing.core import drawings
from wagtail_contracts.signing.models import Signature

TEMPLATE = "wagtail_contracts/signing/receipts/drawing.svg"


def path(text: str) -> str:
    """The lines of a kept drawing in the words of an SVG path; "" for none."""
    drawing = drawings.read(text)
    return drawing.path if drawing else ""


def name_of(signature: Signature) -> str:
    """What the picture is called inside a bundle; "" where nothing was drawn."""
    return f"drawing-{signature.participant.public_id}.svg" if signature.drawing else ""


def pictures(signatures: Iterable[Signature]) -> dict[str, bytes]:
    """The pictures of all that is drawn, by name in the bundle."""
    return {
        name: render_to_string(TEMPLATE, {"path": path(item.drawing)}).encode()
        for item in signatures
        if (name := name_of(item))
    }
