"""What the sales team sells to private persons."""

from example_site.contents import (
    chip,
    clause,
    field,
    party_details,
    role,
    signatures,
    text,
)

SUBSCRIPTION = {
    "title": "Privat nettside",
    "consumer": True,
    "obliges_to_pay": True,
    "withdrawal_days": 14,
    "roles": [
        role("supplier", "Leverandøren", own=True),
        role("customer", "Kunden", kind="person"),
    ],
    "fields": [
        field("text", "domain", "Navnet på nettsiden", "customer"),
        field("money", "price", "Pris per måned", "supplier", currency="NOK", default="79"),
        field("date", "start", "Oppstart", "supplier"),
        field(
            "period",
            "notice",
            "Oppsigelsestid",
            "supplier",
            default={"number": 1, "unit": "month"},
        ),
    ],
    "body": [
        party_details("Partene"),
        clause(
            "Ytelsen",
            f"Leverandøren lager en nettside med navnet {chip('domain')} og holder den i drift "
            f"fra og med {chip('start')}.",
        ),
        clause("Pris", f"Kunden betaler {chip('price')} i måneden, med merverdiavgift."),
        clause(
            "Oppsigelse",
            f"Etter det første året kan partene si opp med {chip('notice')}s varsel.",
        ),
        text("Avtalen er inngått elektronisk."),
        signatures("Underskrifter"),
    ],
}
