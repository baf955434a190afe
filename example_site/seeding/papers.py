"""Files that belong to the example's contracts: a drawing of a floor, and rules of a house."""

from __future__ import annotations

import io
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw
from weasyprint import HTML

from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.contracts import flows as contracts

RULES = """
<html lang="nb"><head><title>Husregler</title>
<style>@page { size: A4; margin: 25mm } body { font: 12pt sans-serif }</style></head><body>
<h1>Husregler</h1>
<ol>
  <li>Ytterdøren er låst mellom klokka 17 og 8. Den som går sist, slår på alarmen.</li>
  <li>Fellesrom ryddes etter bruk. Ganger og trapper er rømningsveier og skal være tomme.</li>
  <li>Avfall sorteres i papir, matavfall, plast og restavfall i rommet ved bakdøren.</li>
  <li>Det er stille i bygningen etter klokka 22.</li>
  <li>Røyking er bare tillatt i bakgården.</li>
</ol>
</body></html>
"""
ROOMS = (  # left, top, right, bottom, colour
    (20, 20, 300, 460, "#f2f0ea"),
    (300, 20, 380, 460, "#dddddd"),
    (380, 20, 780, 240, "#cfe3d4"),
    (380, 240, 780, 460, "#cfe3d4"),
)


def kept() -> dict[str, Any]:
    """What blocks hold of them, once they were taken in as uploads are."""
    return {
        "plan": _kept("image", _plan(), "plantegning.png", "image/png"),
        "rules": _kept("exhibit", _rules(), "husregler.pdf", "application/pdf"),
    }


def _kept(sort: str, content: bytes, name: str, kind: str) -> dict[str, Any]:
    upload = SimpleUploadedFile(name, content, kind)
    return contracts.keep_file(upload, sort=sort, by=SYSTEM).facts()


def _rules() -> bytes:
    made: bytes = HTML(string=RULES).write_pdf()
    return made


def _plan() -> bytes:
    plan, out = Image.new("RGB", (800, 480), "white"), io.BytesIO()
    draw = ImageDraw.Draw(plan)
    for *box, colour in ROOMS:
        draw.rectangle(tuple(box), fill=colour, outline="#333333", width=4)
    plan.save(out, "PNG")
    return out.getvalue()
