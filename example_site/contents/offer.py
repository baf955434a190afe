"""The sales team's proposal: what is bought is chosen by the customer."""

from typing import Any

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
    kept_clause,
    listing,
    page_break,
    party_details,
    place,
    products,
    reference,
    shared,
    shown_if,
    signatures,
    text,
)
from example_site.contents import role as party
from example_site.contents.catalogue import listed
from example_site.contents.field_sets import INVOICING
from example_site.contents.library import CHANGES, FORCE, LAW, SECRECY

FIELDS = [
    field("date", "valid", "Tilbudet gjelder til og med", "supplier"),
    field("date", "start", "Oppstart", "supplier"),
    field("period", "building", "Byggetid", "supplier", default={"number": 4, "unit": "month"}),
    computed("delivery", "Levering", "date", "later", "start", "building"),
    field("url", "site", "Adressen til dagens nettsted", "customer", required=False),
    field("yes_no", "personal_data", "Skal Nettstedet samle inn personopplysninger?", "customer"),
    field("email", "protection", "E-postadresse til personvernombudet", "customer"),
    field("phone", "phone", "Kontaktpersonens telefon", "customer", country="NO"),
    shared(INVOICING),
]
SCOPE = clause("Hva vi leverer", "Leverandøren utformer, bygger og tester Nettstedet. Det får")
DELIVERY = clause(
    "Leveransen",
    f"Arbeidet starter {chip('start')}, tar {chip('building')} og er ferdig {chip('delivery')}.",
)
PAYMENT = alternatives(
    (
        "Etter levering",
        "Betaling",
        "Leverandøren fakturerer engangsbeløpene når Nettstedet er godkjent, og de løpende "
        "beløpene forskuddsvis for hver periode. Fakturaen forfaller etter 30 dager.",
    ),
    (
        "Halvparten ved oppstart",
        "Betaling",
        "Leverandøren fakturerer halvparten av engangsbeløpene ved oppstart og resten når "
        "Nettstedet er godkjent. De løpende beløpene faktureres forskuddsvis for hver periode. "
        "Fakturaen forfaller etter 14 dager.",
    ),
)
PRICES = products(
    "Hva Kunden kjøper",
    listed("NETT-100"),
    listed("NETT-110", choice="optional", default=True),
    listed("NETT-120", quantity="50", minimum="0", maximum="400", step="10"),
    listed("DRIFT-10", choice="one_of", group="1"),
    listed("DRIFT-20", choice="one_of", group="1", default=True),
    listed("SIKK-10", choice="optional"),
    role="customer",
    months=12,
    columns=["price", "quantity"],
)
PERSONAL_DATA = group(
    "Med personopplysninger",
    clause(
        "Behandling av personopplysninger",
        "Leverandøren behandler opplysningene bare etter Kundens instruks. Partene inngår en "
        "databehandleravtale før Nettstedet åpnes. Kundens personvernombud nås på "
        f"{chip('protection')}.",
        level=2,
    ),
)


OFFER: list[Any] = [
    heading("Tilbudet"),
    party_details("Partene"),
    text(
        f"{chip('supplier.name')} («Leverandøren») tilbyr {chip('customer.name')} («Kunden») å "
        f"bygge og drive et nytt nettsted. Tilbudet gjelder til og med {chip('valid')} og blir "
        "en avtale når begge har signert."
    ),
    definition(
        "«Nettstedet»", f"er det nye nettstedet, slik punkt {reference(SCOPE)} beskriver det."
    ),
]


WORK: list[Any] = [
    SCOPE,
    listing(
        "forside, artikler, nyheter, arrangementer og inntil fire andre typer sider,",
        "søk i alt innhold, og skjemaer for henvendelser og påmelding,",
        "innhold på bokmål og engelsk, og",
        "en publiseringsløsning med egne tilganger for inntil 20 redaktører.",
    ),
    DELIVERY,
    columns(
        "<b>Dette gjør Leverandøren:</b> skisser innen tre uker, en prøveversjon hver annen "
        "uke, universell utforming etter WCAG 2.2 nivå AA, og feilretting fram til åpning.",
        "<b>Dette gjør Kunden:</b> gir tilbakemelding innen fem virkedager, leverer tekster og "
        "bilder, og sørger for rettighetene til dem.",
    ),
    clause(
        "Godkjenning",
        "Kunden prøver Nettstedet i ti virkedager etter levering. Det er godkjent når Kunden "
        "sier det eller tar det i bruk, og senest når fristen er ute uten at Kunden har meldt "
        "vesentlige feil.",
        level=2,
    ),
    clause("Dagens nettsted", "Sider som skal flyttes, hentes herfra:", level=2),
    place("site"),
]


MONEY: list[Any] = [
    clause(
        "Priser",
        "Kunden velger selv i tabellen. Beløpene er i norske kroner. Driften løper fra "
        "Nettstedet er godkjent, bindes i tolv måneder og kan deretter sies opp med tre "
        "måneders varsel.",
    ),
    PRICES,
    PAYMENT,
    clause("Faktura", f"Fakturaen sendes til {chip('invoice')}.", level=2),
    place("order", "optional"),
    clause(
        "Kontakt",
        f"Kundens kontaktperson er {chip('contact')}, telefon {chip('phone')}.",
    ),
]


TERMS: list[Any] = [
    clause(
        "Personvern",
        "Kunden svarer på om Nettstedet skal samle inn personopplysninger, for eksempel i "
        "skjemaer eller ved innlogging.",
    ),
    place("personal_data"),
    shown_if(PERSONAL_DATA, "personal_data", "is", "yes", "yes_no"),
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
        "Ansvar",
        "Partenes samlede erstatningsansvar er begrenset til det Kunden skal betale i det "
        "første året. Begrensningen gjelder ikke ved forsett eller grov uaktsomhet.",
        level=2,
    ),
    kept_clause(SECRECY, 1),
    kept_clause(FORCE, 2),
    clause(
        "Referanse",
        "Leverandøren kan oppgi Kunden og vise Nettstedet som referanse.",
        policy="optional",
    ),
    kept_clause(CHANGES, 1),
    kept_clause(LAW, 1),
    page_break(),
    area("Særlige vilkår", "Ingen."),
    signatures("Signaturer"),
]


PROPOSAL = {
    "title": "Tilbud på nettsted",
    "roles": [party("supplier", "Leverandøren", own=True), party("customer", "Kunden")],
    "fields": FIELDS,
    "body": OFFER + WORK + MONEY + TERMS,
}
