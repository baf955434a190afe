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
        field("money", "price", "Pris per måned", "supplier", currency="NOK"),
        field("date", "start", "Oppstart", "supplier"),
        field("number", "notice", "Oppsigelsestid i måneder", "supplier", default="3"),
        field(
            "choice",
            "support",
            "Brukerstøttens åpningstid",
            "customer",
            options=[
                option("office", "Kontortid: hverdager kl. 08–16"),
                option("extended", "Utvidet: hverdager kl. 07–21"),
                option("always", f"Døgnåpent, med varsling til telefon {chip('phone')}"),
            ],
        ),
        field("text", "phone", "Telefonnummer for varsling", "customer"),
        field("text", "contact", "Kontaktperson hos Kunden", "customer"),
        field(
            "email",
            "invoice",
            "E-postadresse for faktura",
            "customer",
            help="Hit sender vi fakturaene.",
        ),
        field("text", "order", "Bestillingsnummer", "customer", required=False),
    ],
    "body": [
        heading("Partene"),
        text(
            f"Denne avtalen er inngått mellom {chip('supplier.name')} («Leverandøren») og "
            f"{chip('customer.name')} («Kunden»). {chip('supplier.people')} signerer for "
            f"Leverandøren, og {chip('customer.people')} for Kunden."
        ),
        clause(
            "Hva avtalen gjelder",
            f"Leverandøren drifter og vedlikeholder Kundens nettsted fra og med {chip('start')}. "
            "Tjenesten omfatter drift, sikkerhetskopiering, oppdateringer og retting av feil.",
        ),
        clause(
            "Tilgjengelighet",
            "Nettstedet skal være tilgjengelig minst 99,5 prosent av tiden, målt per "
            "kalendermåned. Vedlikehold som er varslet minst to virkedager i forveien, regnes "
            "ikke som nedetid.",
            level=2,
        ),
        clause(
            "Frister",
            "Leverandøren svarer på henvendelser og retter feil innen fristene i tabellen. "
            "Fristene løper i brukerstøttens åpningstid.",
            level=2,
        ),
        table(
            "Frister etter hvor alvorlig feilen er",
            ("Feil", "Første svar", "Rettet, eller plan for retting"),
            ("Kritisk: nettstedet er nede", "1 time", "4 timer"),
            ("Alvorlig: viktige deler virker ikke", "4 timer", "2 virkedager"),
            ("Mindre alvorlig: andre feil", "2 virkedager", "Neste planlagte utgivelse"),
        ),
        clause("Brukerstøtte", "Kunden velger når brukerstøtten er åpen.", level=2),
        place("support"),
        clause("Kundens plikter", "Kunden skal"),
        listing(
            f"ha en fast kontaktperson, som er {chip('contact')},",
            "gi Leverandøren de tilgangene og opplysningene som trengs, og",
            "melde fra om feil uten ugrunnet opphold.",
        ),
        clause(
            "Pris og betaling",
            f"Kunden betaler {chip('price')} per måned, uten merverdiavgift. Leverandøren "
            "fakturerer etterskuddsvis. Fakturaen forfaller 30 dager etter fakturadato og sendes "
            f"til {chip('invoice')}.",
        ),
        place("order", "optional"),
        clause(
            "Prisregulering",
            "Prisen kan justeres hvert år 1. januar i takt med endringen i Statistisk sentralbyrås "
            "konsumprisindeks, første gang ett år etter oppstart.",
            level=2,
            policy="editable",
        ),
        clause(
            "Personvern",
            "Hvis Leverandøren skal behandle personopplysninger på vegne av Kunden, inngår partene "
            "en databehandleravtale før behandlingen starter.",
        ),
        clause(
            "Taushetsplikt",
            "Partene skal bevare taushet om det de får vite om hverandres forretningsforhold. "
            "De skal",
        ),
        listing(
            "bare bruke opplysningene til å oppfylle avtalen,",
            "bare dele dem med medarbeidere og underleverandører som trenger dem og har samme "
            "taushetsplikt, og",
            "slette dem når avtalen er avsluttet, med mindre loven krever at de oppbevares.",
            ordered=True,
        ),
        clause(
            "Mislighold og ansvar",
            "Hvis en part ikke oppfyller avtalen, kan den andre parten kreve retting, prisavslag "
            "eller erstatning etter alminnelige regler.",
            "Samlet erstatning for tolv måneder er begrenset til det Kunden har betalt for "
            "tjenesten i samme periode. Begrensningen gjelder ikke ved forsett eller grov "
            "uaktsomhet.",
        ),
        clause(
            "Varighet og oppsigelse",
            "Avtalen gjelder fra begge parter har signert, og løper til den blir sagt opp. Begge "
            f"parter kan si den opp skriftlig med {chip('notice')} måneders varsel.",
            policy="editable",
        ),
        clause(
            "Referanse",
            "Leverandøren kan oppgi Kunden som referanse.",
            policy="optional",
        ),
        clause(
            "Lovvalg og verneting",
            "Norsk rett gjelder for avtalen. Partene skal forsøke å løse tvister i minnelighet. "
            "Fører det ikke fram, er Oslo tingrett verneting.",
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
        field(
            "long_text", "purpose", "Purpose", "discloser", default="talks about working together"
        ),
        field("number", "years", "Years of confidentiality", "discloser", default="3"),
        field("text", "contact", "Contact person", "recipient"),
        field("yes_no", "advisers", "Advisers take part", "recipient", required=False),
    ],
    "body": [
        heading("Parties and purpose"),
        text(
            f"This agreement is between {chip('discloser.name')} (the “Discloser”) and "
            f"{chip('recipient.name')} (the “Recipient”). The Discloser will share information "
            f"that is not public, for this purpose: {chip('purpose')}."
        ),
        clause(
            "Confidential information",
            "Confidential information is everything that the Discloser shares under this "
            "agreement, in any form and whether or not it is marked, except what",
        ),
        listing(
            "is public, or becomes so without a breach of this agreement,",
            "the Recipient knew before, or learns from somebody who may pass it on, or",
            "the Recipient develops without using it.",
        ),
        clause("Duties of the Recipient", "The Recipient"),
        listing(
            "uses confidential information for the purpose only,",
            "protects it with the care that it gives its own, and at least with reasonable care,",
            "shares it only with employees who need it and must keep it secret, and",
            "tells the Discloser without delay when some of it has been lost or disclosed.",
            ordered=True,
        ),
        clause(
            "Advisers",
            "The Recipient may share confidential information with advisers who need it for the "
            "purpose and are bound to secrecy, and answers for them as for itself.",
            level=2,
        ),
        place("advisers"),
        clause(
            "Disclosure required by law",
            "Where the law requires a disclosure, the Recipient discloses no more than it must "
            "and, where that is allowed, tells the Discloser first.",
            level=2,
        ),
        clause(
            "Duration",
            f"These duties last for {chip('years')} years from the last signature.",
            policy="editable",
        ),
        clause(
            "Return and deletion",
            "When the talks end, or when the Discloser asks for it, the Recipient returns or "
            "deletes what it has received. Copies in backups stay confidential until they are "
            "overwritten.",
        ),
        clause(
            "No licence, no obligation to go on",
            "This agreement transfers no rights in the information and obliges nobody to enter "
            "into another agreement.",
            policy="optional",
        ),
        clause(
            "Law and venue",
            "Norwegian law applies. Disputes that the parties cannot settle go to Oslo District "
            "Court.",
            policy="editable",
        ),
        text(f"The Recipient’s contact person is {chip('contact')}."),
        area("Additional terms"),
        signatures("Signatures"),
    ],
}
