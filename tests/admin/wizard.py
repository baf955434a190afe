"""What a browser posts to the form for a new contract."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from tests.admin import posts

HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


def address(template: Any) -> str:
    """The form for a template."""
    return f"{posts.address('add')}?template={template.pk}"


def person(party: str, place: int, **said: str) -> posts.Post:
    """The inputs of one person."""
    row = {"name": "", "email": "", "capacity": "", "role": "signatory"}
    row |= {"language": "en", "position": "1", **said}
    return {f"people-{party}-{place}-{name}": value for name, value in row.items()}


def filled(sender: Any, **changes: Any) -> posts.Post:
    """All of it; a change to None leaves an input out."""
    made: dict[str, Any] = {
        "title": "Hosting 2027",
        "party-supplier-name": "Eksempel AS",
        "party-supplier-organisation_number": "999999999",
        "people-supplier-TOTAL_FORMS": "1",
        "people-supplier-INITIAL_FORMS": "1",
        **person("supplier", 0, user=str(sender.pk), position="2"),
        "party-customer-name": "Customer AS",
        "party-customer-organisation_number": "",
        "people-customer-TOTAL_FORMS": "1",
        "people-customer-INITIAL_FORMS": "1",
        **person("customer", 0, name="Kari Nordmann", email="kari@customer.example"),
        "value-price": "5 300",
        "value-start": "2027-02-01",
        "do": "make",
        **changes,
    }
    return {name: value for name, value in made.items() if value is not None}


def hidden(page: Any) -> posts.Post:
    """What the hidden inputs of a page would post."""
    found = HIDDEN.findall(page.content.decode())
    return {unescape(name): unescape(value) for name, value in found}
