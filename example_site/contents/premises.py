"""The lease of the people who look after the buildings."""

from typing import Any

from example_site.contents import (
    alternatives,
    area,
    chip,
    clause,
    computed,
    definition,
    exhibit,
    field,
    group,
    heading,
    image,
    listing,
    page_break,
    party_details,
    place,
    reference,
    role,
    shown_if,
    signatures,
    text,
)

FIELDS = [
    field("address", "premises", "Lokalets adresse", "landlord", country="NO"),
    field("number", "area", "Areal i kvadratmeter", "landlord", decimals=1, minimum="1"),
    field("money", "rate", "Leie per kvadratmeter og år", "landlord", currency="NOK"),
    computed("yearly", "Leie per år", "money", "product", "area", "rate", currency="NOK"),
    computed("monthly", "Leie per måned", "money", currency="NOK", expression="yearly / 12"),
    computed("deposit", "Depositum", "money", currency="NOK", expression="round(yearly / 4, 0)"),
    field("date", "start", "Leien begynner", "landlord"),
    field("period", "time", "Leietid", "landlord", default={"number": 36, "unit": "month"}),
    computed("end", "Leien slutter", "date", "later", "start", "time"),
    field("yes_no", "parking", "Parkeringsplasser?", "landlord", default="no"),
    field("number", "spaces", "Antall parkeringsplasser", "landlord", default="1", decimals=0),
    field("money", "space", "Pris per plass og måned", "landlord", currency="NOK", default="950"),
    field("text", "use", "Hva lokalet skal brukes til", "tenant"),
    field("yes_no", "sign", "Ønsker Leietaker skilt på fasaden?", "tenant"),
    field("long_text", "design", "Beskrivelse av skiltet", "tenant"),
    field("text", "contact", "Kontaktperson", "tenant"),
    field("phone", "phone", "Kontaktpersonens telefon", "tenant", country="NO"),
    field("iban", "account", "Konto for tilbakebetaling av depositum", "tenant", sensitive=True),
]
RENT = clause(
    "Leie",
    f"Leien er {chip('rate')} per kvadratmeter og år. For {chip('area')} kvadratmeter blir det "
    f"{chip('yearly')} per år, uten merverdiavgift.",
    f"Leietaker betaler {chip('monthly')} forskuddsvis den første i hver måned.",
)
ENDING = alternatives(
    (
        "Ingen oppsigelse i leietiden",
        "Oppsigelse",
        "Avtalen kan ikke sies opp i leietiden.",
    ),
    (
        "Leietaker kan si opp med seks måneders frist",
        "Oppsigelse",
        "Leietaker kan si opp avtalen med seks måneders skriftlig varsel, første gang når ett år "
        "er gått. Utleier kan ikke si den opp i leietiden.",
    ),
    (
        "Begge kan si opp med tolv måneders frist",
        "Oppsigelse",
        "Begge parter kan si opp avtalen med tolv måneders skriftlig varsel.",
    ),
)
PARKING = group(
    "Med parkering",
    clause(
        "Parkering",
        f"Leietaker leier {chip('spaces')} parkeringsplasser for {chip('space')} per plass og "
        "måned, som betales sammen med leien.",
        level=2,
    ),
)
SIGN = group(
    "Med skilt",
    clause(
        "Skilt",
        "Utleier samtykker i dette skiltet. Leietaker søker selv om tillatelse fra kommunen og "
        "fjerner skiltet ved fraflytting.",
        level=2,
    ),
    place("design"),
)


def lease(plan: Any, rules: Any) -> dict[str, Any]:
    """The template, with a drawing of the floor and the rules of the house."""
    return {
        "title": "Leieavtale for næringslokale",
        "roles": [
            role("landlord", "Utleier", own=True),
            role("tenant", "Leietaker", kind="either"),
        ],
        "fields": FIELDS,
        "body": _premises(plan, rules) + _money() + _use() + _end(),
    }


def _premises(plan: Any, rules: Any) -> list[Any]:
    return [
        heading("Partene og lokalet"),
        party_details("Partene"),
        text(
            f"{chip('landlord.name')} («Utleier») leier ut et lokale til {chip('tenant.name')} "
            "(«Leietaker») på vilkårene i denne avtalen."
        ),
        definition(
            "«Lokalet»",
            f"er kontorlokalet på {chip('area')} kvadratmeter i {chip('premises')}, som er merket "
            "på plantegningen.",
        ),
        image(
            plan,
            "Plantegning: Lokalet ligger mot gaten, til høyre for trappen, og har to rom.",
            "Lokalet er det fargede feltet.",
        ),
        exhibit(rules, "Husregler"),
        clause(
            "Overtakelse",
            "Utleier overleverer Lokalet ryddet og rengjort den dagen leien begynner. Leietaker "
            "melder fra om synlige mangler innen 14 dager.",
        ),
    ]


def _money() -> list[Any]:
    return [
        clause(
            "Leietid",
            f"Leien begynner {chip('start')}, varer {chip('time')} og slutter {chip('end')} uten "
            "oppsigelse.",
        ),
        RENT,
        shown_if(PARKING, "parking", "is", "yes", "yes_no"),
        clause(
            "Regulering",
            "Leien reguleres hvert år på dagen for leiens begynnelse etter endringen i Statistisk "
            "sentralbyrås konsumprisindeks.",
            level=2,
            policy="editable",
        ),
        clause(
            "Depositum",
            f"Leietaker stiller et depositum på {chip('deposit')}, tre måneders leie, på en "
            f"sperret konto. Det som er til gode ved fraflytting, utbetales til {chip('account')}.",
            policy="editable",
        ),
    ]


def _use() -> list[Any]:
    return [
        clause(
            "Bruk",
            f"Lokalet skal brukes til {chip('use')}. Annen bruk og framleie krever Utleiers "
            "skriftlige samtykke, som ikke kan nektes uten saklig grunn.",
        ),
        place("sign"),
        shown_if(SIGN, "sign", "is", "yes", "yes_no"),
        clause("Leietakers plikter", "Leietaker skal"),
        listing(
            "følge husreglene,",
            "holde Lokalet ved like innvendig, også gulv, vegger og låser,",
            "melde skader uten ugrunnet opphold, og",
            f"ha en kontaktperson, som er {chip('contact')}, telefon {chip('phone')}.",
            ordered=True,
        ),
        clause(
            "Utleiers plikter",
            "Utleier holder bygningen, felles anlegg, tak og fasade ved like og sørger for varme, "
            "vann og renovasjon. Arbeid som er til ulempe, varsles to uker i forveien.",
        ),
    ]


def _end() -> list[Any]:
    return [
        ENDING,
        clause(
            "Mislighold",
            f"Betales ikke leien etter punkt {reference(RENT)} innen 14 dager etter skriftlig "
            "varsel, kan Utleier kreve utkastelse etter tvangsfullbyrdelsesloven § 13-2.",
        ),
        clause(
            "Fraflytting",
            "Leietaker leverer Lokalet tilbake ryddet, rengjort og med alle nøkler.",
        ),
        clause(
            "Fortrinnsrett",
            "Leier Utleier ut Lokalet på nytt, har Leietaker rett til å bli spurt først.",
            policy="optional",
        ),
        page_break(),
        area("Særlige vilkår"),
        signatures("Signaturer"),
    ]
