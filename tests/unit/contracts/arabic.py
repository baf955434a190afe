"""A contract that is written from right to left."""

import json
from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from example_site import contents as streams
from tests.unit.contracts import made

WORDS = json.loads(Path("tests/data/arabic.json").read_text())
LABELS = WORDS["labels"]
FIELDS = [
    streams.field("money", "price", LABELS["price"], "supplier", currency="NOK"),
    streams.field("date", "start", LABELS["start"], "supplier"),
    streams.field(
        "choice",
        "support",
        LABELS["support"],
        "customer",
        options=[
            streams.option("office", LABELS["office"]),
            streams.option("always", LABELS["always"]),
        ],
    ),
    streams.field("text", "until", LABELS["until"], "customer"),
    streams.field("email", "invoice", LABELS["invoice"], "customer"),
]
VALUES = {
    "price": {"amount": "5300.00", "currency": "NOK"},
    "start": "2027-01-15",
    "support": "office",
    "until": "16",
    "invoice": "faktura@kunde.example",
}


def body():
    """Headings, numbered clauses with values, a table, a list, a choice, places to sign."""
    chips = {key: streams.chip(key) for key in ("price", "start")}
    return [
        streams.heading(WORDS["parties"]),
        streams.text(WORDS["opening"]),
        *(streams.clause(name, text.format(**chips)) for name, text in WORDS["clauses"]),
        streams.place("support"),
        streams.text(f"{LABELS['until']}: {streams.chip('until')}"),
        streams.text(f"{LABELS['invoice']}: {streams.chip('invoice')}"),
        streams.table(WORDS["table"]["title"], *map(tuple, WORDS["table"]["rows"])),
        streams.listing(*WORDS["list"], ordered=True),
        streams.signatures(WORDS["signatures"]),
    ]


def content(**more):
    """Its content tree, all of it filled in."""
    told = {"title": WORDS["title"], "language": "ar", **more}
    return made.content(body(), FIELDS, VALUES, **told)


def typeface(folder):
    """Put a font in a folder in which every Arabic letter is a box; the package has none."""
    letters = {code: f"box{code:04x}" for code in (0x20, *range(0x0600, 0x06FF))}
    order = [".notdef", *letters.values()]
    pen = TTGlyphPen(None)
    for step, at in enumerate([(60, 0), (60, 500), (440, 500), (440, 0)]):
        (pen.lineTo if step else pen.moveTo)(at)
    pen.closePath()
    made = FontBuilder(1000, isTTF=True)
    made.setupGlyphOrder(order)
    made.setupCharacterMap(letters)
    made.setupGlyf(dict.fromkeys(order, pen.glyph()))
    made.setupHorizontalMetrics(dict.fromkeys(order, (500, 60)))
    made.setupHorizontalHeader(ascent=800, descent=-200)
    made.setupNameTable({"familyName": "Boxes", "styleName": "Regular"})
    made.setupOS2(sTypoAscender=800, sTypoDescender=-200)
    made.setupPost()
    made.save(folder / "boxes.ttf")
    return folder
