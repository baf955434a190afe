"""What a browser posts to the steps of a new contract."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from tests.admin import posts
from wagtail_contracts.contracts.models import Contract

HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


def address(template: Any) -> str:
    """The first step with a template."""
    return f"{posts.address('add')}?template={template.pk}"


def begin(admin: Any, template: Any, **query: str) -> Contract:
    """Choose a template; the draft that comes of it."""
    answer = admin.post(address(template), query_params={"template": template.pk, **query})
    made: Contract = Contract.objects.first()  # type: ignore[assignment]
    assert answer.url == posts.address("parties", made.pk)
    return made


def person(party: str, place: int, **said: str) -> posts.Post:
    """The inputs of one person."""
    row = {"name": "", "email": "", "capacity": "", "role": "signatory"}
    row |= {"language": "en", "position": "1", **said}
    return {f"people-{party}-{place}-{name}": value for name, value in row.items()}


def parties(sender: Any, **changes: Any) -> posts.Post:
    """All of the second step; a change to None leaves an input out."""
    made: dict[str, Any] = {
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
        "order": "numbered",
        "do": "details",
        **changes,
    }
    return {name: value for name, value in made.items() if value is not None}


def details(**changes: Any) -> posts.Post:
    """All of the third."""
    made = {
        "title": "Hosting 2027",
        "deadline": "2099-01-31",
        "value-price": "5 300",
        "value-start": "2027-02-01",
        "do": "send",
        **changes,
    }
    return {name: value for name, value in made.items() if value is not None}


def post(admin: Any, step: str, contract: Contract, said: posts.Post) -> Any:
    """Post a step as the page of it would, with what it was shown."""
    url = posts.address(step, contract.pk)
    return admin.post(url, {**hidden(admin.get(url)), **said})


def filled(admin: Any, template: Any, sender: Any) -> Contract:
    """A contract after its first three steps."""
    made = begin(admin, template)
    assert post(admin, "parties", made, parties(sender)).url == posts.address("details", made.pk)
    assert post(admin, "details", made, details()).url == posts.address("send", made.pk)
    return Contract.objects.get(pk=made.pk)


def hidden(page: Any) -> posts.Post:
    """What the hidden inputs of a page would post."""
    found = HIDDEN.findall(page.content.decode())
    return {unescape(name): unescape(value) for name, value in found}
