"""What the teams sell: the catalogues of the workspaces, and rows of product tables from them."""

from typing import Any

from example_site.contents import Entry, product

HEADER = ("sku", "name", "description", "unit", "price", "currency", "vat", "period")
CATALOGUES = {
    "salg": [
        (
            "NETT-100",
            "Nettsted etter beskrivelsen",
            "Utforming, bygging og testing.",
            "",
            "84000",
            "once",
        ),
        (
            "NETT-110",
            "Oppstartskurs",
            "En halv dag for inntil åtte redaktører.",
            "",
            "6500",
            "once",
        ),
        (
            "NETT-120",
            "Flytting av sider fra dagens nettsted",
            "Tekst, bilder og lenker, med videresending fra de gamle adressene.",
            "side",
            "120",
            "once",
        ),
        (
            "DRIFT-10",
            "Drift, grunnpakke",
            "Sikkerhetskopi hver natt, oppdateringer og brukerstøtte i kontortiden.",
            "",
            "990",
            "month",
        ),
        (
            "DRIFT-20",
            "Drift med vakt hele døgnet",
            "Grunnpakken, og vakt som svarer innen én time.",
            "",
            "2490",
            "month",
        ),
        (
            "SIKK-10",
            "Sikkerhetsgjennomgang",
            "Gjennomgang og test en gang i året, med skriftlig rapport.",
            "",
            "9800",
            "year",
        ),
        ("TIME-10", "Utvikler", "Arbeid etter medgått tid.", "time", "1450", "once"),
        ("TIME-20", "Rådgiver", "Arbeid etter medgått tid.", "time", "1650", "once"),
    ],
    "eiendom": [
        (
            "TILL-10",
            "Renhold",
            "Gulv, flater og avfall én gang i uken.",
            "",
            "2400",
            "month",
        ),
        ("TILL-20", "Bod i kjelleren", "Åtte kvadratmeter, tørr og låst.", "", "850", "month"),
        ("TILL-30", "Adgangskort", "Utover de fem som følger med.", "kort", "250", "once"),
    ],
}


def lines(workspace: str) -> list[tuple[str, ...]]:
    """A workspace's catalogue as a file has it, header first."""
    items = CATALOGUES.get(workspace, [])
    return [HEADER, *((*item[:5], "NOK", "25", item[5]) for item in items)]


def listed(number: str, **more: Any) -> Entry:
    """A row of a product table, copied from the catalogue as the editor's picker does it."""
    [found] = [item for items in CATALOGUES.values() for item in items if item[0] == number]
    sku, name, description, unit, price, period = found
    parts = {"sku": sku, "description": description, "unit": unit, "period": period}
    return product(name, price, **parts, **more)
