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
        field("text", "workplace", "Arbeidssted", "employer", default="Oslo"),
        field("date", "first_day", "Første arbeidsdag", "employer"),
        field("number", "hours", "Timer per uke", "employer", default="37.5"),
        field("money", "salary", "Årslønn", "employer", currency="NOK"),
        field("text", "account", "Kontonummer for lønn", "employee", help="Elleve siffer."),
        field("long_text", "address", "Privatadresse", "employee"),
    ],
    "body": [
        heading("Partene"),
        text(
            f"{chip('employer.name')} («Arbeidsgiver») ansetter {chip('employee.name')} "
            f"(«Arbeidstaker»), {chip('address')}, på vilkårene i denne avtalen."
        ),
        clause(
            "Stilling og arbeidssted",
            f"Arbeidstaker ansettes fast som {chip('position')}. Arbeidsstedet er "
            f"{chip('workplace')}.",
        ),
        clause(
            "Hjemmekontor",
            "Arbeidstaker kan arbeide hjemmefra inntil to dager i uken.",
            level=2,
            policy="optional",
        ),
        clause("Tiltredelse", f"Første arbeidsdag er {chip('first_day')}."),
        clause(
            "Prøvetid",
            "De første seks månedene er prøvetid. I prøvetiden er den gjensidige "
            "oppsigelsesfristen 14 dager.",
            level=2,
            policy="optional",
        ),
        clause(
            "Arbeidstid",
            f"Den alminnelige arbeidstiden er {chip('hours')} timer per uke, fordelt på fem dager. "
            "Pausen er 30 minutter hver dag.",
        ),
        clause(
            "Lønn",
            f"Årslønnen er {chip('salary')}. Lønnen utbetales den 12. hver måned til konto "
            f"{chip('account')} og vurderes én gang i året.",
        ),
        clause(
            "Overtid",
            "Pålagt overtid kompenseres med et tillegg på 40 prosent av timelønnen.",
            level=2,
            policy="editable",
        ),
        clause(
            "Ferie og feriepenger",
            "Arbeidstaker har fem uker ferie i året. Feriepengene er 12 prosent av "
            "feriepengegrunnlaget og utbetales i juni.",
        ),
        clause(
            "Pensjon og forsikring",
            "Arbeidstaker er omfattet av Arbeidsgivers tjenestepensjon og yrkesskadeforsikring fra "
            "første arbeidsdag.",
        ),
        clause(
            "Oppsigelse",
            "Den gjensidige oppsigelsesfristen er tre måneder, regnet fra den første dagen i "
            "måneden etter at oppsigelsen kom fram.",
            policy="editable",
        ),
        clause(
            "Taushetsplikt",
            "Arbeidstaker skal bevare taushet om Arbeidsgivers forretningsforhold, også etter at "
            "arbeidsforholdet er avsluttet.",
        ),
        clause("Tariffavtale", "Arbeidsforholdet er ikke omfattet av noen tariffavtale."),
        area("Andre avtaler"),
        signatures("Signaturer"),
    ],
}
