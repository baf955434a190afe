"""The sales team's proposal: what is bought is chosen by the customer."""

from example_site.contents import (
    alternatives,
    area,
    chip,
    clause,
    columns,
    computed,
    definition,
    field,
    group,
    heading,
    page_break,
    party_details,
    place,
    product,
    products,
    reference,
    shown_if,
    signatures,
    text,
)
from example_site.contents import role as party

DELIVERY = clause(
    "Leveransen",
    "Leverandøren utformer, bygger og tester Nettstedet i samarbeid med Kunden. Arbeidet "
    f"starter {chip('start')}, tar {chip('building')} og er ferdig {chip('delivery')}.",
)
PAYMENT = alternatives(
    (
        "Etter levering",
        "Betaling",
        "Leverandøren fakturerer engangsbeløpene når nettstedet er levert, og de løpende beløpene "
        "forskuddsvis for hver periode. Fakturaen forfaller etter 30 dager.",
    ),
    (
        "Halvparten ved oppstart",
        "Betaling",
        "Leverandøren fakturerer halvparten av engangsbeløpene ved oppstart og resten når "
        "nettstedet er levert. De løpende beløpene faktureres forskuddsvis for hver periode. "
        "Fakturaen forfaller etter 14 dager.",
    ),
)
PRICES = products(
    "Hva Kunden kjøper",
    product("Nettsted etter beskrivelsen", "84000", description="Utforming, bygging og testing."),
    product(
        "Oppstartskurs",
        "6500",
        description="En halv dag for inntil åtte redaktører.",
        choice="optional",
        default=True,
    ),
    product(
        "Flytting av sider fra dagens nettsted",
        "120",
        unit="side",
        quantity="50",
        minimum="0",
        maximum="400",
        step="10",
    ),
    product("Drift, grunnpakke", "990", period="month", choice="one_of", group="1"),
    product(
        "Drift med vakt hele døgnet",
        "2490",
        period="month",
        choice="one_of",
        group="1",
        default=True,
    ),
    product("Sikkerhetsgjennomgang", "9800", period="year", choice="optional"),
    role="customer",
    months=12,
    columns=["price", "quantity"],
)

PROPOSAL = {
    "title": "Tilbud på nettsted",
    "roles": [party("supplier", "Leverandøren", own=True), party("customer", "Kunden")],
    "fields": [
        field("date", "start", "Oppstart", "supplier"),
        field("period", "building", "Byggetid", "supplier", default={"number": 4, "unit": "month"}),
        computed("delivery", "Levering", "date", "later", "start", "building"),
        field("url", "site", "Adressen til dagens nettsted", "customer", required=False),
        field(
            "yes_no", "personal_data", "Skal nettstedet samle inn personopplysninger?", "customer"
        ),
        field("email", "protection", "E-postadresse til personvernombudet", "customer"),
        field("text", "contact", "Kundens prosjektleder", "customer"),
        field("phone", "phone", "Prosjektlederens telefon", "customer", country="NO"),
        field("email", "invoice", "E-postadresse for faktura", "customer"),
    ],
    "body": [
        heading("Tilbudet"),
        party_details("Partene"),
        text(
            f"{chip('supplier.name')} tilbyr {chip('customer.name')} å bygge og drive et nytt "
            "nettsted. Tilbudet blir en avtale når begge har signert."
        ),
        definition(
            "«Nettstedet»", "er det nettstedet som beskrives her, med innhold og utforming."
        ),
        DELIVERY,
        columns(
            "<b>Dette gjør Leverandøren:</b> skisser innen tre uker, en prøveversjon hver annen "
            "uke, universell utforming etter WCAG 2.2 nivå AA, og opplæring av redaktørene.",
            "<b>Dette gjør Kunden:</b> gir tilbakemelding innen fem virkedager, leverer tekster og "
            "bilder, og sørger for rettighetene til dem.",
        ),
        clause("Dagens nettsted", "Sider som skal flyttes, hentes herfra:", level=2),
        place("site"),
        clause(
            "Priser",
            "Kunden velger selv i tabellen. Beløpene er i norske kroner.",
        ),
        PRICES,
        PAYMENT,
        clause("Faktura", f"Fakturaen sendes til {chip('invoice')}.", level=2),
        clause(
            "Kontakt",
            f"Kundens prosjektleder er {chip('contact')}, telefon {chip('phone')}.",
        ),
        clause("Personvern", "Kunden svarer på om Nettstedet skal samle inn personopplysninger."),
        place("personal_data"),
        shown_if(
            group(
                "Med personopplysninger",
                clause(
                    "Behandling av personopplysninger",
                    "Leverandøren behandler opplysningene bare etter Kundens instruks. Partene "
                    "inngår en databehandleravtale før Nettstedet åpnes. Kundens personvernombud "
                    f"nås på {chip('protection')}.",
                    level=2,
                ),
            ),
            "personal_data",
            "is",
            "yes",
            "yes_no",
        ),
        clause(
            "Rettigheter",
            f"Når Kunden har betalt for leveransen i punkt {reference(DELIVERY)}, har Kunden rett "
            "til å bruke, endre og flytte Nettstedet. Leverandøren kan bruke den samme teknikken i "
            "andre oppdrag.",
        ),
        clause(
            "Forsinkelse og mangler",
            "Blir Nettstedet forsinket av grunner som Leverandøren svarer for, reduseres "
            "engangsbeløpene med 1 prosent for hver hele uke, høyst 10 prosent. Mangler som meldes "
            "innen tolv måneder etter levering, rettes uten kostnad.",
            policy="editable",
        ),
        clause(
            "Referanse",
            "Leverandøren kan oppgi Kunden og vise Nettstedet som referanse.",
            policy="optional",
        ),
        clause(
            "Lovvalg",
            "Norsk rett gjelder. Blir partene ikke enige, er Oslo tingrett verneting.",
        ),
        page_break(),
        area("Særlige vilkår"),
        signatures("Signaturer"),
    ],
}
