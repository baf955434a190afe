"""What two sides say to each template of the demo, and what must follow from it."""

from __future__ import annotations

from typing import Any, NamedTuple

ACCOUNT = "NO93 8601 1117 947"
STREET = {"Street and number": "Storgata 1", "Postcode": "0155", "City": "Oslo"}
INVOICING = {"Kundens kontaktperson": "Kari Nordmann", "E-postadresse for faktura": "f@k.example"}


class Row(NamedTuple):
    """Who makes it; all is said by the labels that people read.

    `said` and `unsaid` are words of the sealed text, `bought` its chosen rows with their
    quantities, `kept` the values in contract.json, and `blanks` the answers that nobody has to
    give. Where a party may be `either`, it is a person here. Where the
    text holds what is sensitive, the sealed copy stands `behind` a code and is in no mail.
    """

    who: str
    party: str
    ours: dict[str, Any]
    theirs: dict[str, Any]
    said: tuple[str, ...]
    kept: dict[str, Any]
    unsaid: tuple[str, ...] = ()
    bought: dict[str, int] = {}
    person: bool = False
    either: bool = False
    blanks: int = 0
    behind: bool = False


ROWS = {
    "Tjenesteavtale": Row(
        "hanna",
        "Kunden",
        {
            "Nettstedets adresse": "https://www.nordlys.example",
            "Pris per måned": "5300",
            "Oppstart": "2027-01-15",
        },
        {
            **INVOICING,
            "Brukerstøttens åpningstid": "Døgnåpent",
            "Telefonnummer for varsling": "22 22 22 22",
        },
        (
            "5 300 NOK per måned",
            "fra og med 15. januar 2027",
            "telefon +47 22 22 22 22",
            "ikke kunne ha forutsett eller unngått. Parten skal varsle",
        ),
        {"support": "always", "contact": "Kari Nordmann"},
        ("60 dager",),
        blanks=1,
    ),
    "Tilbud på nettsted": Row(
        "hanna",
        "Kunden",
        {"Tilbudet gjelder til og med": "2027-01-15", "Oppstart": "2027-01-31"},
        {
            **INVOICING,
            "Skal Nettstedet samle inn personopplysninger?": "Nei",
            "Kontaktpersonens telefon": "22 22 22 22",
            "Oppstartskurs": False,
            "Quantity Flytting av sider fra dagens nettsted": "120",
            "Drift, grunnpakke": True,
            "Sikkerhetsgjennomgang": True,
        },
        # 84 000 and 120 × 120 once, 990 each month for a year, 9 800 a year
        ("tar 4 måneder og er ferdig 31. mai 2027", "120 080,00 NOK", "mer enn 60 dager"),
        {"personal_data": False},
        ("databehandleravtale", "Oppstartskurs", "vakt hele døgnet"),
        {
            "Nettsted etter beskrivelsen": 1,
            "Flytting av sider fra dagens nettsted": 120,
            "Drift, grunnpakke": 1,
            "Sikkerhetsgjennomgang": 1,
        },
        blanks=2,
    ),
    "Confidentiality agreement": Row(
        "hanna",
        "Recipient",
        {"Years of confidentiality": "5"},
        {"Contact person": "Kari Nordmann", "Will advisers take part?": "Yes"},
        ("in clause 2 last for 5 years from the last signature", "governed by Norwegian law"),
        {"advisers": True},
    ),
    "Mutual confidentiality agreement": Row(
        "hanna",
        "Second party",
        {},
        {"Contact person": "Kari Nordmann"},
        ("last for 3 years from", "gjelder i 3 år fra", "the text in English governs"),
        {"contact": "Kari Nordmann"},
    ),
    "Arbeidsavtale": Row(
        "admin",
        "Arbeidstaker",
        {
            "Stilling": "utvikler",
            "Oppgaver": "utvikling og testing.",
            "Første arbeidsdag": "2027-08-31",
            "Årslønn": "700000",
            "Hjemmekontor?": "No",
        },
        {"Konto for lønn": ACCOUNT, "Privatadresse": STREET, "Fødselsnummer": "01018510002"},
        ("som slutter 29. februar 2028", "Storgata 1", "700 000 NOK"),
        {"position": "utvikler", "trial": True},
        ("hjemmefra", "Arbeidstaker får"),
        person=True,
        behind=True,
    ),
    "Regler for utstyr og kontoer": Row(
        "admin",
        "Arbeidstaker",
        {},
        {},
        ("Passord og koder deles ikke med noen", "meldes samme dag"),
        {},
        person=True,
    ),
    "Leieavtale for næringslokale": Row(
        "mona",
        "Leietaker",
        {
            "Lokalets adresse": STREET,
            "Areal i kvadratmeter": "82,5",
            "Leie per kvadratmeter og år": "2400",
            "Leien begynner": "2027-02-01",
            "Parkeringsplasser?": "Yes",
            "Antall parkeringsplasser": "2",
        },
        {
            "Hva lokalet skal brukes til": "kontor",
            "Ønsker Leietaker skilt på fasaden?": "Nei",
            "Kontaktperson": "Kari Nordmann",
            "Kontaktpersonens telefon": "22 22 22 22",
            "Konto for tilbakebetaling": ACCOUNT,
            "Renhold": True,
            "Quantity Adgangskort": "4",
        },
        (
            "198 000 NOK per år",
            "16 500 NOK forskuddsvis",
            "49 500 NOK",
            "slutter 1. februar 2030",
            "leier 2 parkeringsplasser for 950 NOK",
            "husreglene i vedlegg A",
        ),
        {"use": "kontor"},
        ("samtykker i dette skiltet", "Bod i kjelleren"),
        {"Renhold": 1, "Adgangskort": 4},
        person=True,
        either=True,
        behind=True,
    ),
    "Privat nettside": Row(
        "hanna",
        "Kunden",
        {"Oppstart": "2027-01-15"},
        {"Navnet på nettsiden": "nordlys.example"},
        ("79 NOK i måneden", "fra og med 15. januar 2027"),
        {"domain": "nordlys.example"},
        person=True,
    ),
}
