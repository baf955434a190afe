"""Who the example's contracts are with, and what they fill in."""

from dataclasses import replace

from example_site.means import Way
from wagtail_contracts.contracts import flows as contracts

ANSWERS = {
    "support": "extended",
    "contact": "Kari Nordmann",
    "invoice": "faktura@kunde.example",
    "order": "PO-1042",
}
POST = {
    "position": "systemutvikler",
    "tasks": "utvikling, testing og drift av kundenes nettsteder, og veiledning av redaktører.",
    "first_day": "2027-02-01",
    "salary": "720000",
}
PRIVATE = {
    "account": "NO93 8601 1117 947",
    "address": {
        "street": "Eksempelveien 1",
        "postcode": "0123",
        "city": "Prøvebyen",
        "country": "NO",
    },
    "number": "01018510002",
}


def _director(name: str, email: str) -> contracts.PersonDraft:
    return contracts.PersonDraft(name, email, language="nb", capacity="daglig leder")


SHOP = contracts.PartyDraft(
    "customer",
    "Eksempel Kunde AS",
    "999 999 999",
    [_director("Kari Nordmann", "kari@kunde.example")],
)
LIBRARY = contracts.PartyDraft(
    "customer",
    "Prøvebyen bibliotek",
    "777 777 777",
    [_director("Per Prøve", "per@bibliotek.example")],
)


def signing(way: Way) -> contracts.PartyDraft:
    """The shop, whose person signs in a way that was chosen for her."""
    [kari] = SHOP.people
    return replace(SHOP, people=[replace(kari, signs_by=way.signs_by, phone=way.phone)])


def site(customer: contracts.PartyDraft) -> str:
    """Where their website is."""
    _name, _at, domain = customer.people[0].email.partition("@")
    return f"https://www.{domain}"
