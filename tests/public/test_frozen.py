"""Whatever a counterparty sees, signs or receives is made from the frozen version alone."""

import re
from types import SimpleNamespace
from typing import Any

from django.db import connection

from tests.flows.signing.test_signing import sign
from tests.public import visits
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.contracts.models import Contract, Participant, Party
from wagtail_contracts.contracts.models.guards import unguarded
from wagtail_contracts.contracts.template_pages.models import ContractTemplate
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.rendering import paper

# What differs at every request: the token of the form, the nonce of the policy; and what says that
# somebody has come, gone or spoken since.
PASSING = re.compile(r'((value|nonce)="[A-Za-z0-9+/=_-]{20,}"|data-now="[^"]*")')


def tamper(stage: SimpleNamespace) -> None:
    """Change everything around the version, as the owner of the database may."""
    contract = Contract.objects.get(pk=stage.contract.pk)
    with unguarded():
        contract.title = "Something else"
        contract.values = {**contract.values, "price": {"amount": "1.00", "currency": "NOK"}}
        contract.fields = [{**field, "label": "Other label"} for field in contract.fields]
        contract.roles = [{**role, "label": "Other role"} for role in contract.roles]
        contract.outline, contract.body = [], []
        contract.template_digest = "0" * 64
        contract.save()
        Party.objects.filter(contract=contract).update(name="Another party", rule="any")
        Participant.objects.filter(party__contract=contract).update(name="Somebody", capacity="?")
    ContractTemplate.objects.update(title="Other template")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE wagtail_contracts_template_pages_contracttemplate SET body = '[]'")


def pages(client: Any, participant: Participant, *names: str) -> list[str]:
    """The bodies of pages, without what passes."""
    answers = [client.get(visits.page(name, participant)) for name in names]
    assert [answer.status_code for answer in answers] == [200] * len(names)
    return [PASSING.sub("", answer.content.decode()) for answer in answers]


def test_the_page_and_the_review_stay_byte_for_byte_the_same(answered):
    client = visits.enter(answered.kari)
    before = pages(client, answered.kari, "contract", "sign", "changes")

    tamper(answered)

    assert pages(client, answered.kari, "contract", "sign", "changes") == before


def test_what_is_sealed_stays_byte_for_byte_the_same(answered):
    sign(answered)
    sign(answered, "ola")
    trail = audit.excerpt(answered.contract.trail)
    before = bundled(answered, trail)

    tamper(answered)

    assert bundled(answered, trail) == before


def bundled(stage: SimpleNamespace, trail: dict[str, Any]) -> Any:
    """All that the sealed file would be made of."""
    version = Contract.objects.get(pk=stage.contract.pk).current_version
    given = [
        (place.party, place.signature, "Code by e-mail")
        for place in signing.standing(version).given
    ]
    return paper.bundle(version, given, trail)
