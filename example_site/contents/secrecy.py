"""A mutual confidentiality agreement in English and Norwegian."""

from example_site.contents import (
    area,
    bilingual,
    chip,
    field,
    heading,
    party_details,
    role,
    signatures,
)

MUTUAL = {
    "language": "en",
    "second_language": "nb",
    "governing": "first",
    "title": "Mutual confidentiality agreement",
    "roles": [role("first", "First party", own=True), role("second", "Second party")],
    "fields": [
        field("long_text", "purpose", "Purpose", "first", default="talks about working together"),
        field(
            "period", "time", "How long it lasts", "first", default={"number": 3, "unit": "year"}
        ),
        field("text", "contact", "Contact person", "second"),
    ],
    "body": [
        heading("Confidentiality · Taushetsplikt"),
        party_details("Parties"),
        bilingual(
            "Purpose",
            f"{chip('first.name')} and {chip('second.name')} will share information that is not "
            f"public, for this purpose: {chip('purpose')}.",
            "Formål",
            f"{chip('first.name')} og {chip('second.name')} skal dele opplysninger som ikke er "
            f"offentlige, til dette formålet: {chip('purpose')}.",
        ),
        bilingual(
            "Confidential information",
            "Confidential information is all that one party shares with the other under this "
            "agreement, marked or not, except what is public, what the other party knew before, "
            "and what it develops by itself.",
            "Fortrolige opplysninger",
            "Fortrolige opplysninger er alt en part deler med den andre etter denne avtalen, "
            "merket eller ikke, unntatt det som er offentlig, det den andre parten visste fra før, "
            "og det den utvikler selv.",
        ),
        bilingual(
            "Duties",
            "Each party uses the information for the purpose only, protects it as it protects its "
            "own, and shares it only with employees and advisers who need it and are bound to "
            "secrecy.",
            "Plikter",
            "Hver part bruker opplysningene bare til formålet, verner dem som sine egne, og deler "
            "dem bare med ansatte og rådgivere som trenger dem og har taushetsplikt.",
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
            "When a party asks for it, the other party returns or deletes the information, except "
            "copies that the law requires it to keep.",
            "Tilbakelevering",
            "Når en part ber om det, leverer den andre parten opplysningene tilbake eller sletter "
            "dem, unntatt kopier som loven krever at den beholder.",
        ),
        bilingual(
            "Duration",
            f"The duties last for {chip('time')} from the last signature.",
            "Varighet",
            f"Pliktene gjelder i {chip('time')} fra siste signatur.",
            policy="editable",
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
        area("More terms · Flere vilkår"),
        signatures("Signatures · Signaturer"),
    ],
}
