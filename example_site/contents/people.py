"""Templates of the people team."""

from typing import Any

from example_site.contents import (
    alternatives,
    area,
    chip,
    clause,
    computed,
    field,
    group,
    heading,
    kept_clause,
    option,
    party_details,
    role,
    shown_if,
    signatures,
    text,
)
from example_site.contents.library import AT_WORK

HALF_A_YEAR = {"number": 6, "unit": "month"}
FIELDS = [
    field("text", "position", "Stilling", "employer"),
    field("long_text", "tasks", "Oppgaver", "employer"),
    field("text", "workplace", "Arbeidssted", "employer", default="Oslo"),
    field("date", "first_day", "Første arbeidsdag", "employer"),
    field("number", "hours", "Timer per uke", "employer", default="37.5", decimals=1, minimum="1"),
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
    field("text", "pension", "Pensjonsleverandør", "employer", default="Fjordheim Pensjon"),
    field("text", "insurer", "Forsikringsselskap", "employer", default="Fjordheim Forsikring"),
    field("iban", "account", "Konto for lønn (IBAN)", "employee", sensitive=True),
    field("address", "address", "Privatadresse", "employee", country="NO"),
    field("national_id", "number", "Fødselsnummer", "employee", country="NO"),
]
HOME = group(
    "Med hjemmekontor",
    clause(
        "Hjemmekontor",
        "Arbeidstaker kan arbeide hjemmefra inntil to dager i uken. Arbeidsgiver sørger for skjerm "
        "og stol. Partene avtaler dagene fra uke til uke.",
        level=2,
    ),
)
TRIAL = group(
    "Med prøvetid",
    clause(
        "Prøvetid",
        f"De første {chip('trial_time')} er prøvetid, som slutter {chip('trial_end')}. I "
        "prøvetiden er den gjensidige oppsigelsesfristen 14 dager. Arbeidsgiver kan forlenge "
        "prøvetiden tilsvarende fravær som Arbeidsgiver ikke selv har bestemt.",
        level=2,
    ),
)
BENEFITS = clause("Naturalytelser", f"Arbeidstaker får {chip('extras')}.", level=2)
NOTICE = alternatives(
    (
        "Tre måneder",
        "Oppsigelse",
        "Den gjensidige oppsigelsesfristen er tre måneder, regnet fra den første dagen i måneden "
        "etter at oppsigelsen kom fram.",
    ),
    (
        "Én måned",
        "Oppsigelse",
        "Den gjensidige oppsigelsesfristen er én måned, regnet fra den første dagen i måneden "
        "etter at oppsigelsen kom fram.",
    ),
)


WORK: list[Any] = [
    heading("Ansettelsen"),
    party_details("Partene"),
    text(
        f"{chip('employer.name')} («Arbeidsgiver») ansetter {chip('employee.name')} "
        f"(«Arbeidstaker»), {chip('address')}, fødselsnummer {chip('number')}, på vilkårene i "
        "denne avtalen."
    ),
    clause(
        "Stilling og arbeidssted",
        f"Arbeidstaker ansettes fast som {chip('position')}. Arbeidsstedet er "
        f"{chip('workplace')}. Oppgavene er: {chip('tasks')}",
    ),
    shown_if(HOME, "home", "is", "yes", "yes_no"),
    clause("Tiltredelse", f"Første arbeidsdag er {chip('first_day')}."),
    shown_if(TRIAL, "trial", "is", "yes", "yes_no"),
    clause(
        "Arbeidstid",
        f"Den alminnelige arbeidstiden er {chip('hours')} timer per uke, fordelt på fem dager "
        "mellom klokka 7 og 18. Pausen er 30 minutter hver dag og regnes ikke med.",
    ),
]


PAY: list[Any] = [
    clause(
        "Lønn",
        f"Årslønnen er {chip('salary')}. Lønnen utbetales den 12. hver måned til konto "
        f"{chip('account')} og vurderes én gang i året.",
    ),
    clause(
        "Overtid",
        "Overtid skal være pålagt eller avtalt på forhånd. Den betales med timelønnen og et "
        "tillegg på 40 prosent.",
        level=2,
        policy="editable",
    ),
    shown_if(BENEFITS, "benefits", "is", "yes", "yes_no"),
    clause(
        "Ferie og feriepenger",
        "Arbeidstaker har fem uker ferie i året. Feriepengene er 12 prosent av "
        "feriepengegrunnlaget og utbetales i juni. Ellers gjelder ferieloven.",
    ),
    clause(
        "Pensjon og forsikring",
        "Arbeidstaker er fra første arbeidsdag med i Arbeidsgivers tjenestepensjon hos "
        f"{chip('pension')} og dekket av yrkesskadeforsikring i {chip('insurer')}. "
        "Arbeidsgiver betaler arbeidsgiveravgift til folketrygden.",
    ),
    clause(
        "Annet fravær og sykdom",
        "Arbeidsgiver forskutterer sykepenger i inntil seks måneder. Arbeidstaker har rett til "
        "lønn ved korte velferdspermisjoner i inntil ti dager i året.",
        level=2,
        policy="optional",
    ),
    clause(
        "Kompetanseutvikling",
        "Arbeidsgiver betaler kurs og faglitteratur som stillingen krever, og setter av fem "
        "arbeidsdager i året til faglig utvikling.",
    ),
]


END: list[Any] = [
    NOTICE,
    clause(
        "Fremgangsmåte",
        "En oppsigelse skal være skriftlig. Før Arbeidsgiver bestemmer seg for å si opp, skal "
        "saken så langt det er mulig drøftes med Arbeidstaker. Reglene om oppsigelse og "
        "avskjed står i arbeidsmiljøloven kapittel 15 og 17.",
        level=2,
    ),
    kept_clause(AT_WORK, 1),
    clause(
        "Arbeidsresultater",
        "Arbeidsgiver får rettighetene til det Arbeidstaker skaper som ledd i stillingen, i "
        "den grad det er nødvendig for at ansettelsen skal nå sitt formål.",
    ),
    clause(
        "Tariffavtale",
        "Arbeidsforholdet er ikke omfattet av noen tariffavtale.",
        policy="editable",
    ),
    area("Andre avtaler", "Ingen."),
    signatures("Signaturer"),
]


EMPLOYMENT = {
    "title": "Arbeidsavtale",
    "roles": [
        role("employer", "Arbeidsgiver", own=True),
        role("employee", "Arbeidstaker", kind="person"),
    ],
    "fields": FIELDS,
    "body": WORK + PAY + END,
}
