"""Templates of the people team."""

from example_site.contents import area, chip, clause, field, heading, role, signatures, text

EMPLOYMENT = {
    "title": "Arbeidsavtale",
    "roles": [
        role("employer", "Arbeidsgiver", own=True),
        role("employee", "Arbeidstaker", kind="person"),
    ],
    "fields": [
        field("text", "position", "Stilling", "employer"),
        field("date", "first_day", "Første arbeidsdag", "employer"),
        field("money", "salary", "Årslønn", "employer", currency="NOK"),
        field("text", "account", "Kontonummer for lønn", "employee"),
    ],
    "body": [
        heading("Partene"),
        text(f"{chip('employer.name')} ansetter {chip('employee.name')}."),
        clause("Stilling", f"Arbeidstakeren ansettes som {chip('position')}."),
        clause("Tiltredelse", f"Første arbeidsdag er {chip('first_day')}."),
        clause(
            "Lønn",
            f"Årslønnen er {chip('salary')} og betales den 12. hver måned til konto "
            f"{chip('account')}.",
        ),
        clause("Prøvetid", "Prøvetiden er seks måneder.", policy="optional"),
        area("Andre avtaler"),
        signatures("Signaturer"),
    ],
}
