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
    kept_clause,
    listing,
    party_details,
    place,
    products,
    reference,
    role,
    shown_if,
    signatures,
    text,
    video,
)
from example_site.contents.catalogue import listed
from example_site.contents.library import LAW

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
WAYS_OUT = (
    "Filmen viser plantegningen. Et merke går fra rom 1 i Lokalet gjennom gangen til hovedtrappen. "
    "Er det røyk der, går det fra rom 2 gjennom gangen den andre veien, til baktrappen. "
    "Møteplassen er på fortauet over gaten."
)
RENT = clause(
    "Leie",
    f"Leien er {chip('rate')} per kvadratmeter og år. For {chip('area')} kvadratmeter blir det "
    f"{chip('yearly')} per år, uten merverdiavgift.",
    f"Leietaker betaler {chip('monthly')} forskuddsvis den første i hver måned.",
)
EXTRAS = products(
    "Tillegg til leien",
    listed("TILL-10", choice="optional"),
    listed("TILL-20", choice="optional"),
    listed("TILL-30", quantity="0", minimum="0", maximum="30"),
    role="tenant",
    columns=["price"],
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


def lease(plan: Any, rules: Any, escape: Any, captions: Any) -> dict[str, Any]:
    """The template, with a drawing of the floor, the rules of the house, and the ways out of it."""
    house = exhibit(rules, "Husregler")
    parts = _premises(plan, house), MONEY, _use(house, escape, captions), END
    return {
        "title": "Leieavtale for næringslokale",
        "roles": [
            role("landlord", "Utleier", own=True),
            role("tenant", "Leietaker", kind="either"),
        ],
        "fields": FIELDS,
        "body": [block for part in parts for block in part],
    }


PLACE: list[Any] = [
    heading("Leieforholdet"),
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
]
HANDOVER = clause(
    "Overtakelse",
    "Utleier overleverer Lokalet ryddet og rengjort den dagen leien begynner, med fem "
    "adgangskort. Leietaker melder fra om synlige mangler innen 14 dager.",
)


def _premises(plan: Any, house: Any) -> list[Any]:
    return [
        *PLACE,
        image(
            plan,
            "Plantegning: Lokalet ligger til høyre for gangen og har to rom med dør til gangen. "
            "Hovedtrappen er i den ene enden av gangen, baktrappen i den andre.",
            "Lokalet er det grønne feltet.",
            width="half",
        ),
        house,
        HANDOVER,
    ]


MONEY: list[Any] = [
    clause(
        "Leietid",
        f"Leien begynner {chip('start')}, varer {chip('time')} og slutter {chip('end')} uten "
        "oppsigelse.",
    ),
    RENT,
    shown_if(PARKING, "parking", "is", "yes", "yes_no"),
    clause(
        "Tillegg",
        "Leietaker velger i tabellen. Det som betales hver måned, kan begge parter si opp med "
        "én måneds varsel uten at leien ellers endres.",
        level=2,
    ),
    EXTRAS,
    clause(
        "Regulering",
        "Leien reguleres hvert år på dagen for leiens begynnelse etter endringen i Statistisk "
        "sentralbyrås konsumprisindeks. Utleier varsler minst én måned i forveien.",
        level=2,
        policy="editable",
    ),
    clause(
        "Depositum",
        f"Leietaker stiller et depositum på {chip('deposit')}, tre måneders leie, på en "
        "sperret konto i Leietakers navn før Lokalet overtas. Det som er til gode ved "
        f"fraflytting, utbetales til {chip('account')}.",
        policy="editable",
    ),
]


USE: list[Any] = [
    clause(
        "Bruk",
        f"Lokalet skal brukes til {chip('use')}. Annen bruk og framleie krever Utleiers "
        "skriftlige samtykke, som ikke kan nektes uten saklig grunn.",
    ),
    place("sign"),
    shown_if(SIGN, "sign", "is", "yes", "yes_no"),
]
CARE: list[Any] = [
    clause(
        "Utleiers plikter",
        "Utleier holder bygningen, felles anlegg, tak og fasade ved like og sørger for varme, "
        "vann og renovasjon. Arbeid som er til ulempe, varsles to uker i forveien.",
    ),
    clause(
        "Brann og sikkerhet",
        "Utleier er ansvarlig for brannvernet i fellesarealene og holder rømningsveiene frie. "
        "Leietaker er ansvarlig for brannvernet i Lokalet og viser filmen til alle som skal "
        "arbeide der.",
    ),
]
INSURANCE = clause(
    "Forsikring",
    "Utleier forsikrer bygningen. Leietaker forsikrer innbo, varer og driftstap, og dekker "
    "egenandelen når skaden skyldes Leietaker eller noen som Leietaker svarer for.",
)


def _use(house: Any, escape: Any, captions: Any) -> list[Any]:
    return [
        *USE,
        clause("Leietakers plikter", "Leietaker skal"),
        listing(
            f"følge husreglene i vedlegg {reference(house)},",
            "holde Lokalet ved like innvendig, også gulv, vegger og låser,",
            "melde skader uten ugrunnet opphold, og",
            f"ha en kontaktperson, som er {chip('contact')}, telefon {chip('phone')}.",
            ordered=True,
        ),
        *CARE,
        video("Slik kommer du ut ved brann", escape, captions, WAYS_OUT),
        INSURANCE,
    ]


END: list[Any] = [
    ENDING,
    clause(
        "Mislighold",
        f"Leietaker vedtar at utkastelse kan kreves når leien etter punkt {reference(RENT)} "
        "ikke er betalt innen 14 dager etter skriftlig varsel, jf. tvangsfullbyrdelsesloven "
        "§\u00a013-2 tredje ledd bokstav a, og når leietiden er ute, jf. bokstav b.",
        "Ved vesentlig mislighold kan den andre parten heve avtalen etter husleieloven "
        "§\u00a09-9 eller §\u00a02-12.",
    ),
    clause(
        "Fraflytting",
        "Leietaker leverer Lokalet tilbake ryddet, rengjort og med alle adgangskort, i samme "
        "stand som ved overtakelsen med unntak av vanlig slit.",
    ),
    clause(
        "Fortrinnsrett",
        "Skal Utleier leie ut Lokalet på nytt, får Leietaker tilbud om det først, med 14 "
        "dagers frist til å svare.",
        policy="optional",
    ),
    kept_clause(LAW, 1),
    area("Særlige vilkår", "Ingen."),
    signatures("Signaturer"),
]
