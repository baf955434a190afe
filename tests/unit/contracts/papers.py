"""Bundles of contracts as signing asks for them."""

from datetime import datetime
from zoneinfo import ZoneInfo

from tests.unit.contracts import made
from wagtail_contracts import canonical
from wagtail_contracts.contracts.rendering import print as printing
from wagtail_contracts.sealing.rendering import Bundle, evidence

AT = datetime(2026, 11, 20, 9, 12, 30, tzinfo=ZoneInfo("Europe/Oslo"))
TRAIL = {"key": "4b" * 16, "length": 0, "head": "ab" * 32, "records": []}


def signature(name="Kari Nordmann", **more):
    """A row of the signature page."""
    row = {
        "party": "Kunde AS",
        "label": "Kunden",
        "name": name,
        "capacity": "daglig leder",
        "consent": "Jeg har lest versjon 3 og godtar den for Kunde AS.",
        "language": "nb",
        "method": "email_code",
        "level": "simple",
        "at": AT,
        "digest": "7F3A 91C2 5B0E",
    }
    return {**row, **more}


def proof(version):
    """evidence.json of a version that nobody has signed."""
    files = [("contract.json", canonical.CONTRACT_VERSION, version.record.encode())]
    return evidence(version.digest, files=files, statements=[], trail=TRAIL)


def bundle(content, *signatures, **files) -> Bundle:
    """The bundle of version 3 of a content; `enclosed` are its files."""
    version = made.version(content)
    return printing.bundle(
        version,
        evidence=proof(version),
        signatures=signatures or [signature("Ola Nordmann", party="Eksempel AS"), signature()],
        trail=TRAIL,
        at=AT,
        **files,
    )
