"""What all staff sign: the rules for equipment and accounts."""

from example_site.contents import chip, clause, heading, role, signatures, text

CONDUCT = {
    "language": "nb",
    "title": "Regler for utstyr og kontoer",
    "roles": [
        role("employer", "Arbeidsgiver", own=True),
        role("employee", "Arbeidstaker", kind="person"),
    ],
    "fields": [],
    "body": [
        heading("Regler for utstyr og kontoer"),
        text(
            f"Disse reglene gjelder mellom {chip('employer.name')} og {chip('employee.name')}. De "
            "er de samme for alle ansatte."
        ),
        clause(
            "Utstyr", "Utstyret tilhører arbeidsgiveren og leveres tilbake når arbeidet slutter."
        ),
        clause("Kontoer", "En konto er personlig. Passord og koder deles ikke med noen."),
        clause(
            "Opplysninger", "Opplysninger om kunder og kolleger blir på arbeidsplassens systemer."
        ),
        clause("Hvis noe skjer", "Tap av utstyr og mistanke om misbruk meldes samme dag."),
        signatures("Underskrift"),
    ],
}
