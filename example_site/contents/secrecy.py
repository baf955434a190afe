"""Confidentiality agreements: for one side in English, for both in English and Norwegian."""

from example_site.contents import (
    area,
    bilingual,
    chip,
    clause,
    definition,
    field,
    heading,
    kept_clause,
    listing,
    party_details,
    place,
    reference,
    role,
    signatures,
    text,
)
from example_site.contents.library import LAW_ENGLISH

PURPOSE = "evaluating whether the parties will work together on a new website"
PURPOSE_NORWEGIAN = "å vurdere om partene skal samarbeide om et nytt nettsted"
DUTIES = clause("Duties of the Recipient", "The Recipient")
CONFIDENTIALITY = {
    "language": "en",
    "title": "Confidentiality agreement",
    "roles": [role("discloser", "Discloser", own=True), role("recipient", "Recipient")],
    "fields": [
        field("long_text", "purpose", "Purpose", "discloser", default=PURPOSE),
        field(
            "number",
            "years",
            "Years of confidentiality",
            "discloser",
            default="3",
            decimals=0,
            minimum="1",
        ),
        field("text", "contact", "Contact person", "recipient"),
        field("yes_no", "advisers", "Will advisers take part?", "recipient", required=False),
    ],
    "body": [
        heading("Confidentiality"),
        party_details("Parties"),
        text(
            f"This agreement is between {chip('discloser.name')} (the “Discloser”) and "
            f"{chip('recipient.name')} (the “Recipient”). The Discloser will share information "
            f"that is not public, for this purpose: {chip('purpose')} (the “Purpose”)."
        ),
        definition(
            "“Confidential Information”",
            "is everything that the Discloser shares under this agreement, in any form and "
            "whether or not it is marked.",
            numbered=True,
        ),
        clause(
            "Exceptions",
            "Information is not confidential where the Recipient can show that it",
            level=2,
        ),
        listing(
            "is public, or becomes so without a breach of this agreement,",
            "was known to the Recipient before, or was learned from somebody who may pass it on, "
            "or",
            "was developed by the Recipient without using what the Discloser shared.",
        ),
        DUTIES,
        listing(
            "uses Confidential Information for the Purpose only,",
            "protects it as carefully as its own, and at least with reasonable care,",
            "shares it only with employees who need it for the Purpose and are bound to keep it "
            "secret, and",
            "tells the Discloser without delay when some of it has been lost or disclosed.",
            ordered=True,
        ),
        clause(
            "Advisers",
            "The Recipient may share Confidential Information with professional advisers who need "
            "it for the Purpose and are bound to secrecy, and answers for them as for itself.",
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
            f"The duties in clause {reference(DUTIES)} last for {chip('years')} years from the "
            "last signature. What is a trade secret stays confidential for as long as it is one.",
            policy="editable",
        ),
        clause(
            "Return and deletion",
            "When the talks end, or when the Discloser asks for it, the Recipient returns or "
            "deletes what it has received within 14 days. Copies in backups stay confidential "
            "until they are overwritten.",
        ),
        clause(
            "Breach",
            "A breach gives the Discloser a right to damages under general rules of law, and to "
            "ask a court to stop it.",
        ),
        clause(
            "No licence, no obligation to go on",
            "This agreement transfers no rights in the information and obliges nobody to enter "
            "into another agreement.",
            policy="optional",
        ),
        clause("Contact", f"Messages to the Recipient go to {chip('contact')}."),
        kept_clause(LAW_ENGLISH, 1, policy="editable"),
        area("Additional terms"),
        signatures("Signatures"),
    ],
}
MUTUAL = {
    "language": "en",
    "second_language": "nb",
    "governing": "first",
    "title": "Mutual confidentiality agreement",
    "roles": [role("first", "First party", own=True), role("second", "Second party")],
    "fields": [
        field("long_text", "purpose", "Purpose", "first", default=PURPOSE),
        field("long_text", "formal", "Purpose, in Norwegian", "first", default=PURPOSE_NORWEGIAN),
        field(
            "period", "time", "How long it lasts", "first", default={"number": 3, "unit": "year"}
        ),
        field("text", "contact", "Contact person", "second"),
    ],
    "body": [
        heading("Confidentiality · Taushetsplikt"),
        party_details("Parties · Partene"),
        bilingual(
            "Purpose",
            f"{chip('first.name')} and {chip('second.name')} will share information that is not "
            f"public, for this purpose: {chip('purpose')}.",
            "Formål",
            f"{chip('first.name')} og {chip('second.name')} skal dele opplysninger som ikke er "
            f"offentlige, til dette formålet: {chip('formal')}.",
        ),
        bilingual(
            "Confidential information",
            "Confidential information is all that one party shares with the other under this "
            "agreement, marked or not, except what is public, what the other party knew before or "
            "learns from somebody who may pass it on, and what it develops by itself.",
            "Fortrolige opplysninger",
            "Fortrolige opplysninger er alt en part deler med den andre etter denne avtalen, "
            "merket eller ikke, unntatt det som er offentlig, det den andre parten visste fra før "
            "eller får vite av noen som har rett til å dele det, og det den utvikler selv.",
        ),
        bilingual(
            "Duties",
            "Each party uses the information for the purpose only, protects it as it protects its "
            "own, and shares it only with employees and advisers who need it and are bound to "
            "secrecy. It answers for them as for itself.",
            "Plikter",
            "Hver part bruker opplysningene bare til formålet, verner dem som sine egne, og deler "
            "dem bare med ansatte og rådgivere som trenger dem og har taushetsplikt. Parten svarer "
            "for dem som for seg selv.",
        ),
        bilingual(
            "Disclosure required by law",
            "Where the law requires a disclosure, a party discloses no more than it must and, "
            "where that is allowed, tells the other party first.",
            "Opplysningsplikt etter loven",
            "Krever loven at noe gis ut, gir parten ikke ut mer enn den må, og varsler den andre "
            "parten først der det er lov.",
        ),
        bilingual(
            "Return",
            "When a party asks for it, the other party returns or deletes the information within "
            "14 days, except copies that the law requires it to keep.",
            "Tilbakelevering",
            "Når en part ber om det, leverer den andre parten opplysningene tilbake eller sletter "
            "dem innen 14 dager, unntatt kopier som loven krever at den beholder.",
        ),
        bilingual(
            "Duration",
            f"The duties last for {chip('time')} from the last signature. What is a trade secret "
            "stays confidential for as long as it is one.",
            "Varighet",
            f"Pliktene gjelder i {chip('time')} fra siste signatur. Det som er en "
            "forretningshemmelighet, er fortrolig så lenge det er det.",
            policy="editable",
        ),
        bilingual(
            "No licence",
            "This agreement transfers no rights in the information and obliges nobody to enter "
            "into another agreement.",
            "Ingen overføring av rettigheter",
            "Avtalen overfører ingen rettigheter til opplysningene og forplikter ingen til å inngå "
            "en annen avtale.",
        ),
        bilingual(
            "Contact",
            f"{chip('contact')} receives messages for {chip('second.name')}.",
            "Kontakt",
            f"{chip('contact')} tar imot meldinger for {chip('second.name')}.",
        ),
        bilingual(
            "Governing law",
            "Norwegian law applies. Oslo District Court is the venue.",
            "Lovvalg",
            "Norsk rett gjelder. Oslo tingrett er verneting.",
        ),
        area("More terms · Flere vilkår", "None. · Ingen."),
        signatures("Signatures · Signaturer"),
    ],
}
