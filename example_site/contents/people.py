"""Templates of the people team."""

from example_site.contents import (
    alternatives,
    area,
    chip,
    clause,
    computed,
    field,
    group,
    heading,
    option,
    party_details,
    role,
    shown_if,
    signatures,
    text,
)

HALF_A_YEAR = {"number": 6, "unit": "month"}

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
        field("yes_no", "trial", "Prøvetid?", "employer", default="yes"),
        field("period", "trial_time", "Prøvetidens lengde", "employer", default=HALF_A_YEAR),
        computed("trial_end", "Prøvetiden slutter", "date", "later", "first_day", "trial_time"),
        field("yes_no", "home", "Hjemmekontor?", "employer", default="yes"),
        field("yes_no", "benefits", "Naturalytelser?", "employer", default="no"),
        field(
            "multiple",
            "extras",
            "Naturalytelser",
            "employer",
            options=[
                option("phone", "mobiltelefon"),
                option("broadband", "bredbånd hjemme"),
                option("gym", "trening i arbeidstiden én time i uken"),
            ],
        ),
        field("iban", "account", "Konto for lønn (IBAN)", "employee", sensitive=True),
        field("address", "address", "Privatadresse", "employee", country="NO"),
        field("national_id", "number", "Fødselsnummer", "employee", country="NO"),
    ],
    "body": [
        heading("Partene"),
        party_details("Partene"),
        text(
            f"{chip('employer.name')} («Arbeidsgiver») ansetter {chip('employee.name')} "
            f"(«Arbeidstaker»), {chip('address')}, fødselsnummer {chip('number')}, på vilkårene i "
            "denne avtalen."
        ),
        clause(
            "Stilling og arbeidssted",
            f"Arbeidstaker ansettes fast som {chip('position')}. Arbeidsstedet er "
            f"{chip('workplace')}.",
        ),
        shown_if(
            group(
                "Med hjemmekontor",
                clause(
                    "Hjemmekontor",
                    "Arbeidstaker kan arbeide hjemmefra inntil to dager i uken. Arbeidsgiver "
                    "sørger for skjerm og stol.",
                    level=2,
                ),
            ),
            "home",
            "is",
            "yes",
            "yes_no",
        ),
        clause("Tiltredelse", f"Første arbeidsdag er {chip('first_day')}."),
        shown_if(
            group(
                "Med prøvetid",
                clause(
                    "Prøvetid",
                    f"De første {chip('trial_time')} er prøvetid, som slutter {chip('trial_end')}. "
                    "I prøvetiden er den gjensidige oppsigelsesfristen 14 dager.",
                    level=2,
                ),
            ),
            "trial",
            "is",
            "yes",
            "yes_no",
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
        shown_if(
            clause("Naturalytelser", f"Arbeidstaker får {chip('extras')}.", level=2),
            "benefits",
            "is",
            "yes",
            "yes_no",
        ),
        alternatives(
            (
                "Tre måneder",
                "Oppsigelse",
                "Den gjensidige oppsigelsesfristen er tre måneder, regnet fra den første dagen i "
                "måneden etter at oppsigelsen kom fram.",
            ),
            (
                "Én måned",
                "Oppsigelse",
                "Den gjensidige oppsigelsesfristen er én måned, regnet fra den første dagen i "
                "måneden etter at oppsigelsen kom fram.",
            ),
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
