"""The sales team's agreement on running a website."""

from example_site.contents import (
    area,
    chip,
    clause,
    definition,
    field,
    heading,
    kept_clause,
    listing,
    option,
    party_details,
    place,
    role,
    shared,
    signatures,
    table,
    text,
)
from example_site.contents.field_sets import INVOICING
from example_site.contents.library import CHANGES, FORCE, LAW, SECRECY

SERVICE = {
    "title": "Tjenesteavtale",
    "roles": [role("supplier", "Leverandøren", own=True), role("customer", "Kunden")],
    "fields": [
        field("url", "site", "Nettstedets adresse", "supplier"),
        field("money", "price", "Pris per måned", "supplier", currency="NOK"),
        field("date", "start", "Oppstart", "supplier"),
        field(
            "number",
            "notice",
            "Oppsigelsestid i måneder",
            "supplier",
            default="3",
            decimals=0,
            minimum="1",
        ),
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
        field("phone", "phone", "Telefonnummer for varsling", "customer", country="NO"),
        shared(INVOICING),
    ],
    "body": [
        heading("Avtale om drift av nettsted"),
        party_details("Partene"),
        text(
            f"Denne avtalen er inngått mellom {chip('supplier.name')} («Leverandøren») og "
            f"{chip('customer.name')} («Kunden»). {chip('supplier.people')} signerer for "
            f"Leverandøren, og {chip('customer.people')} for Kunden."
        ),
        definition("«Nettstedet»", f"er Kundens nettsted på {chip('site')}."),
        clause(
            "Hva avtalen gjelder",
            "Leverandøren drifter og vedlikeholder Nettstedet fra og med "
            f"{chip('start')}. Tjenesten omfatter drift, sikkerhetskopiering hver natt, "
            "oppdateringer og retting av feil. Nytt innhold og nye funksjoner bestilles for seg.",
        ),
        clause(
            "Tilgjengelighet",
            "Nettstedet skal være tilgjengelig minst 99,5 prosent av tiden, målt per "
            "kalendermåned. Vedlikehold som er varslet minst to virkedager i forveien, regnes "
            "ikke som nedetid.",
            "For hvert hele prosentpoeng som tilgjengeligheten er lavere, får Kunden et avslag på "
            "fem prosent av månedsprisen.",
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
            ("Kritisk: Nettstedet er nede", "1 time", "4 timer"),
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
            "Ved forsinket betaling løper forsinkelsesrente etter forsinkelsesrenteloven.",
        ),
        place("order", "optional"),
        clause(
            "Prisregulering",
            "Prisen kan justeres hvert år 1. januar i takt med endringen i Statistisk sentralbyrås "
            "konsumprisindeks, første gang ett år etter oppstart. Leverandøren varsler minst én "
            "måned i forveien.",
            level=2,
            policy="editable",
        ),
        clause(
            "Personvern",
            "Hvis Leverandøren skal behandle personopplysninger på vegne av Kunden, inngår partene "
            "en databehandleravtale før behandlingen starter.",
        ),
        kept_clause(SECRECY, 1),
        clause(
            "Mislighold og ansvar",
            "Hvis en part ikke oppfyller avtalen, kan den andre parten kreve retting, prisavslag "
            "eller erstatning etter alminnelige regler. Ved vesentlig mislighold kan den andre "
            "parten heve avtalen når misligholdet ikke er rettet innen 30 dager etter skriftlig "
            "varsel.",
            "Samlet erstatning for tolv måneder er begrenset til det Kunden har betalt for "
            "tjenesten i samme periode. Begrensningen gjelder ikke ved forsett eller grov "
            "uaktsomhet.",
        ),
        kept_clause(FORCE, 1),
        clause(
            "Varighet og oppsigelse",
            "Avtalen gjelder fra begge parter har signert, og løper til den blir sagt opp. Begge "
            f"parter kan si den opp skriftlig med {chip('notice')} måneders varsel, regnet fra "
            "utgangen av måneden.",
            policy="editable",
        ),
        clause(
            "Ved opphør",
            "Når avtalen er avsluttet, gir Leverandøren Kunden en kopi av Nettstedet og innholdet "
            "i et vanlig format, og sletter sin egen kopi senest 30 dager etterpå.",
            level=2,
        ),
        clause(
            "Referanse",
            "Leverandøren kan oppgi Kunden som referanse.",
            policy="optional",
        ),
        kept_clause(CHANGES, 1),
        kept_clause(LAW, 1),
        area("Særlige vilkår", "Ingen."),
        signatures("Signaturer"),
    ],
}
