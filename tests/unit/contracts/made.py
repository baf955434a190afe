"""Contents and versions for tests, made from stored streams without a database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from example_site import contents as streams
from wagtail_contracts import canonical
from wagtail_contracts.contracts.core import content as tree
from wagtail_contracts.contracts.core import resolving

ROLES = [
    streams.role("supplier", "Leverandøren", own=True),
    streams.role("customer", "Kunden"),
]
FIELDS = [
    streams.field("money", "price", "Pris", "supplier", currency="NOK"),
    streams.field("date", "start", "Oppstart", "supplier"),
    streams.field("number", "notice", "Varsel", "supplier"),
    streams.field(
        "choice",
        "support",
        "Brukerstøtte",
        "customer",
        help="Velg én.",
        options=[
            streams.option("office", "Kontortid"),
            streams.option("extended", f"Til klokka {streams.chip('until')}"),
        ],
    ),
    streams.field("text", "until", "Stengetid", "customer", max_length=20),
    streams.field("email", "invoice", "Fakturaadresse", "customer"),
    streams.field("long_text", "remarks", "Merknader", "customer", required=False),
    streams.field("yes_no", "named", "Kan navngis", "customer", required=False),
]
VALUES = {
    "price": {"amount": "5300.00", "currency": "NOK"},
    "start": "2027-01-15",
    "notice": "3.0000",
    "support": "office",
    "invoice": "faktura@kunde.example",
}
BODY = [
    streams.heading("Partene og avtalen"),
    streams.text(
        f"{streams.chip('supplier.name')} leverer til {streams.chip('customer.name')} "
        f"etter <b>{streams.chip('contract.title')}</b>.",
        'Se <a href="https://example.com/vilkaar">vilkårene</a>.<br/>Ære være øl på åsen.',
    ),
    streams.clause("Tjenesten", f"Den starter {streams.chip('start')}."),
    streams.clause("", "Den er i drift <i>99 %</i> av tiden.", level=2),
    streams.clause("Brukerstøtte", "", level=2),
    streams.definition("«Feil»", "betyr at tjenesten ikke gjør det avtalen sier."),
    streams.place("support"),
    streams.clause("Vederlag", f"Kunden betaler {streams.chip('price')}.", policy="editable"),
    streams.table("Svartider", ("Feil", "Svar"), ("Nede", "1 time"), ("Andre", "")),
    streams.listing("holder det hemmelig,", "gir det ikke videre.", ordered=True),
    streams.text(f"Faktura til {streams.chip('invoice')}. {streams.chip('remarks')}"),
    streams.area("Særlige vilkår"),
    streams.signatures("Signaturer"),
]


@dataclass(frozen=True)
class Version:
    """What printing reads of a version, without a table."""

    record: str
    digest: str
    contract_json: dict[str, Any]


def content(
    body: Sequence[Mapping[str, Any]] = BODY,
    fields: Sequence[Mapping[str, Any]] = FIELDS,
    values: Mapping[str, Any] = VALUES,
    **more: Any,
) -> dict[str, Any]:
    """A content tree of the two parties; `more` replaces any of its arguments."""
    return resolving.published(whole(body, fields, values, **more))


def whole(
    body: Sequence[Mapping[str, Any]] = BODY,
    fields: Sequence[Mapping[str, Any]] = FIELDS,
    values: Mapping[str, Any] = VALUES,
    **more: Any,
) -> dict[str, Any]:
    """The same with all that it offers."""
    given = {
        "title": "Driftsavtale 2027",
        "language": "en",  # so that the words around the text are those of the source
        "template": "0" * 64,
        "roles": [entry["value"] for entry in ROLES],
        "parties": [party("supplier", "Eksempel AS"), party("customer", "Kunde AS")],
    }
    definitions = [definition(entry) for entry in fields]
    return tree.whole(**{**given, **more}, fields=definitions, values=values, body=body)


def party(role: str, name: str, **more: Any) -> dict[str, Any]:
    """A party with one signatory."""
    person = {
        "id": f"person-{role}",
        "role": "signatory",
        "name": "Kari Nordmann" if role == "customer" else "Ola Nordmann",
        "capacity": "daglig leder",
        "position": 1,
    }
    made = {
        "id": f"party-{role}",
        "role": role,
        "kind": "organisation",
        "name": name,
        "organisation_number": "999999999",
        "address": None,
        "rule": {"kind": "all", "count": None},
        "people": [person],
    }
    return {**made, **more}


def definition(entry: Mapping[str, Any]) -> dict[str, Any]:
    """A definition as plain data, from its stream entry."""
    plain = {
        name: [item.get("value", item) for item in part] if isinstance(part, list) else part
        for name, part in entry["value"].items()
    }
    return {"kind": entry["type"], **plain}


def version(content: Mapping[str, Any], number: int = 3) -> Version:
    """A frozen version of a content."""
    record = {
        "format": {"name": "wagtail-contracts/contract-version", "number": 1},
        "number": "SALG-2027-1",
        "version": number,
        "previous": "1" * 64 if number > 1 else None,
        "frozen_at": "2026-11-20T08:12:00.000000Z",
        "content_digest": canonical.digest(canonical.CONTRACT_CONTENT, content),
        "content": dict(content),
    }
    text = canonical.encode(record)
    digest = canonical.digest_bytes(canonical.CONTRACT_VERSION, text)
    return Version(text.decode(), digest, record)


def block(content: Mapping[str, Any], kind: str, at: int = 0) -> dict[str, Any]:
    """One block of that type."""
    return [block for block in content["body"] if block["type"] == kind][at]
