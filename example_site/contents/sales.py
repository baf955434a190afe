"""Templates of the sales team."""

from example_site.contents import (
    area,
    chip,
    clause,
    field,
    heading,
    listing,
    option,
    place,
    role,
    signatures,
    table,
    text,
)

SERVICE = {
    "title": "Tjenesteavtale",
    "roles": [role("supplier", "Leverandøren", own=True), role("customer", "Kunden")],
    "fields": [
        field("money", "price", "Månedspris", "supplier", currency="NOK"),
        field("date", "start", "Oppstart", "supplier"),
        field("number", "notice", "Oppsigelsestid i måneder", "supplier", default="3"),
        field(
            "choice",
            "support",
            "Brukerstøtte",
            "customer",
            options=[
                option("office", "Kontortid, hverdager 08–16"),
                option("extended", "Utvidet, hverdager 07–21"),
            ],
        ),
        field("text", "order", "Bestillingsnummer", "customer", required=False),
        field(
            "email",
            "invoice",
            "Fakturaadresse",
            "customer",
            help="Dit sender vi fakturaene.",
        ),
    ],
    "body": [
        heading("Partene og avtalen"),
        text(
            f"Denne avtalen gjelder mellom {chip('supplier.name')} og {chip('customer.name')}. "
            "Den trer i kraft når begge parter har signert."
        ),
        clause(
            "Tjenesten",
            f"Leverandøren drifter Kundens nettsted fra {chip('start')} og retter feil uten "
            "ugrunnet opphold.",
        ),
        clause("Tilgjengelighet", "Nettstedet skal være i drift 99,5 % av tiden.", level=2),
        table(
            "Svartider",
            ("Alvorlighet", "Første svar", "Løsning eller plan"),
            ("Nettstedet er nede", "1 time", "4 timer"),
            ("Feil som hindrer bruk", "4 timer", "2 virkedager"),
            ("Andre feil", "2 virkedager", "Neste utgivelse"),
        ),
        clause("Brukerstøtte", "Kunden velger når brukerstøtten er åpen.", level=2),
        place("support"),
        clause(
            "Vederlag",
            f"Kunden betaler {chip('price')} hver måned, uten merverdiavgift. Fakturaene sendes "
            f"til {chip('invoice')}.",
        ),
        place("order", "optional"),
        clause(
            "Varighet",
            f"Avtalen løper til den sies opp med {chip('notice')} måneders skriftlig varsel.",
            policy="editable",
        ),
        clause(
            "Referanse",
            "Leverandøren kan nevne Kunden som referanse.",
            policy="optional",
        ),
        clause("Taushetsplikt", "Partene holder hemmelig det de får vite om hverandre, og"),
        listing(
            "bruker det bare til å oppfylle avtalen,",
            "gir det ikke videre til andre, og",
            "sletter det når avtalen er slutt.",
        ),
        area("Særlige vilkår"),
        signatures("Signaturer"),
    ],
}

CONFIDENTIALITY = {
    "language": "en",
    "title": "Confidentiality agreement",
    "roles": [role("discloser", "Discloser", own=True), role("recipient", "Recipient")],
    "fields": [
        field("long_text", "purpose", "Purpose", "discloser", default="Talks about a project"),
        field("number", "years", "Years of confidentiality", "discloser", default="3"),
        field("text", "contact", "Contact person", "recipient"),
        field("yes_no", "advisers", "Advisers take part", "recipient", required=False),
    ],
    "body": [
        heading("Why we sign this"),
        text(
            f"{chip('discloser.name')} will tell {chip('recipient.name')} things that are not "
            f"public, for one purpose: {chip('purpose')}."
        ),
        clause("What is confidential", "Everything told under this agreement, in any form."),
        clause(
            "What the recipient does",
            "The recipient uses it for the purpose alone and keeps it safe.",
        ),
        clause("Advisers", "Advisers may be told if they keep it secret as well.", level=2),
        place("advisers"),
        clause(
            "How long",
            f"The duty lasts {chip('years')} years from the last signature.",
            policy="editable",
        ),
        text(f"Questions go to {chip('contact')}."),
        signatures("Signatures"),
    ],
}
