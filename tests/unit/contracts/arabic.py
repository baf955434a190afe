"""A contract that is written from right to left."""

import json
from pathlib import Path

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
        streams.table(
            *(entry if isinstance(entry, str) else tuple(entry) for entry in WORDS["table"])
        ),
        streams.listing(*WORDS["list"], ordered=True),
        streams.signatures(WORDS["signatures"]),
    ]


def content(**more):
    """Its content tree, all of it filled in."""
    told = {"title": WORDS["title"], "language": "ar", **more}
    return made.content(body(), FIELDS, VALUES, **told)
