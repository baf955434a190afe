"""A contract with a consumer, as far as the review: made from a template that says so."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from example_site import contents as made
from tests import builders, signatures
from tests.journeys import stage
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import Contract
from wagtail_contracts.signing import flows as signing

ROLES = [
    made.role("supplier", "Supplier", own=True),
    made.role("customer", "Customer", kind="either"),
]
RULES = {"consumer": True, "obliges_to_pay": True, "withdrawal_days": 14}


def template(space: Any, **rules: Any) -> Any:
    """A live template for consumers."""
    page = builders.template(space, "Subscription", roles=ROLES)
    for name, value in {**RULES, **rules}.items():
        setattr(page, name, value)
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def out(
    sender: Any, page: Any, *, kind: str = "person", email: str = "kari@customer.example"
) -> SimpleNamespace:
    """Sent for signature and filled in; `kind` is what the customer is."""
    ours = contracts.PersonDraft(sender.get_full_name(), sender.email, user=sender)
    theirs = contracts.PersonDraft("Kari Nordmann", email)
    parties = [
        contracts.PartyDraft("supplier", "Eksempel AS", "999999999", [ours]),
        contracts.PartyDraft("customer", "Kari Nordmann", "", [theirs], kind=kind),
    ]
    draft = builders.contract(page, sender, parties=parties)
    contracts.send(draft, builders.shown(draft), into="signing", by=builders.actor(sender))
    sent = stage(draft, sender)
    by = builders.guest(sent.kari)
    contracts.answer(sent.kari, sent.version.digest, builders.ANSWERS, by=by)
    return stage(Contract.objects.get(pk=draft.pk), sender)


def sign(person: Any) -> Any:
    """Sign what is there now, having been shown all that a consumer is told."""
    version = Contract.objects.get(pk=person.party.contract_id).current_version
    told = signing.digest_of_told(signing.told_before(person, version, "en"))
    words = signatures.affirmed(person, told=told)
    proof, by = signatures.identified(person), builders.guest(person)
    return signing.sign(person, version.digest, proof, words, by=by)


def sign_all(at: SimpleNamespace) -> None:
    """Both sides sign."""
    sign(at.ola)
    sign(at.kari)
