"""Files that belong to the example's lease: a drawing of the floor, the rules, the ways out."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw, ImageFont
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
FILES = Path(__file__).parent / "files"
ROOMS = (  # left, top, right, bottom, colour, name
    (20, 60, 300, 500, "#f2f0ea", "Naboens kontor"),
    (300, 60, 380, 500, "#dddddd", "Gang"),
    (380, 60, 780, 280, "#cfe3d4", "Lokalet, rom 1"),
    (380, 280, 780, 500, "#cfe3d4", "Lokalet, rom 2"),
)
STAIRS = ((30, "Baktrapp"), (530, "Hovedtrapp"))
DOORS = ((380, 170, 380, 210), (380, 350, 380, 390), (322, 60, 358, 60), (322, 500, 358, 500))
INK = "#333333"


def kept() -> dict[str, Any]:
    """What blocks hold of them, once they were taken in as uploads are."""
    return {
        "plan": _kept("image", _plan(), "plantegning.png", "image/png"),
        "rules": _kept("exhibit", _rules(), "husregler.pdf", "application/pdf"),
        "escape": _kept("video", _read("romningsvei.mp4"), "romningsvei.mp4", "video/mp4"),
        "captions": _kept("captions", _read("romningsvei.vtt"), "romningsvei.vtt", "text/vtt"),
    }


def _kept(sort: str, content: bytes, name: str, kind: str) -> dict[str, Any]:
    upload = SimpleUploadedFile(name, content, kind)
    return contracts.keep_file(upload, sort=sort, by=SYSTEM).facts()


def _rules() -> bytes:
    made: bytes = HTML(string=RULES).write_pdf()
    return made


def _read(name: str) -> bytes:
    return (FILES / name).read_bytes()


def _plan() -> bytes:
    plan, out = Image.new("RGB", (800, 560), "white"), io.BytesIO()
    draw, letters = ImageDraw.Draw(plan), ImageFont.load_default(26)
    for *box, colour, name in ROOMS:
        left, top, right, bottom = box
        draw.rectangle((left, top, right, bottom), fill=colour, outline=INK, width=4)
        draw.text(((left + right) / 2, top + 45), name, INK, letters, "mm")
    for door in DOORS:
        draw.line(door, fill="white", width=8)
    for y, name in STAIRS:
        draw.text((340, y), name, INK, letters, "mm")
    plan.save(out, "PNG")
    return out.getvalue()
