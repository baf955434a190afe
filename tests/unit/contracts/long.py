"""A long contract in Norwegian: every kind of block, deep lists, long tables."""

from example_site import contents as streams
from tests.unit.contracts import made

CHIP = streams.chip
SENTENCE = (
    "Leverandøren skal utføre oppdraget i samsvar med avtalen og med den aktsomhet som kreves "
    "av en faglig dyktig yter, og varsle Kunden uten ugrunnet opphold når noe hindrer det. "
)
TOPICS = (
    "Oppdraget",
    "Gjennomføring og medvirkning",
    "Vederlag og fakturering",
    "Endringer underveis",
    "Taushetsplikt, også etter avtalens utløp",
    "Behandling av personopplysninger",
    "Mislighold og heving",
    "Overføring av rettigheter og plikter",
    "Ansvar og erstatning for økonomisk tap",
    "Tvister, lovvalg og verneting",
)


def nested():
    """A list that goes four levels down and up again."""
    levels = "1223341"
    items = [
        streams.item({"level": level, "text": f"punkt på nivå {level}, æøå ÆØÅ"})
        for level in levels
    ]
    return streams.entry("list", policy="locked", ordered=True, items=items)


def topic(number: int, heading: str):
    """Five blocks about one thing."""
    return [
        streams.clause(heading, SENTENCE * 2, SENTENCE),
        streams.clause("", f"{SENTENCE}Fristen er <b>{number} uker</b>.", level=2),
        streams.clause("Særlig om dette", SENTENCE, level=2),
        streams.listing("det som følger av loven,", "det som er avtalt, og", SENTENCE),
        streams.text(f"<i>Merk:</i> {SENTENCE}"),
    ]


def body():
    """Some sixty blocks."""
    topics = [block for number, heading in enumerate(TOPICS) for block in topic(number, heading)]
    wide = [
        tuple(f"{word} {row}" for word in ("Tjeneste", "Mål", "Måling", "Trekk"))
        for row in range(40)
    ]
    area = streams.area("Særlige vilkår")
    area["value"]["blocks"] = [
        streams.clause("Tilleggsvilkår", SENTENCE),
        streams.listing("ett", "to"),
        streams.table("Priser", ("Vare", "Pris"), ("Drift", "5 300 NOK")),
    ]
    return [
        *made.BODY[:-2],
        *topics,
        nested(),
        streams.table("Tjenestemål", *wide),
        area,
        made.BODY[-1],
    ]


def content():
    """The content, filled in."""
    values = {**made.VALUES, "remarks": "Første linje\nAndre linje", "named": True}
    return made.content(body(), values=values, language="nb")
