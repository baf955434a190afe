"""A marked contract in each state, made by the flows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from tests import approvals, builders, mails, services, signatures, uploads
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import Contract, Participant, Workspace
from wagtail_contracts.contracts.models.guards import unguarded

DOMAIN = "qzxmarkckunde.example"
VETTED = "QzxmarkcVetted AS"  # what is for this customer needs an approval
ANSWERS = {**builders.ANSWERS, "remarks": "QzxmarkcRemark", "invoice": f"pay@{DOMAIN}"}


def in_state(world: Any, state: str) -> Contract:
    """A marked contract, brought to this state by the flows."""
    owner = world.people["owner"]
    customer = VETTED if state in ("in_approval", "approved") else "QzxmarkcKunde AS"
    title, people = f"QzxmarkcTitle {state} winterdienst", parties(owner, customer)
    draft = builders.contract(world.template, owner, title=title, parties=people)
    if customer == VETTED:
        approvals.ask(draft, owner)
        if state == "approved":
            approvals.say_yes(draft, world.people["approve"])
    elif state != "draft":
        into = "negotiating" if state == "negotiating" else "signing"
        by = builders.actor(owner)
        contracts.send(draft, builders.shown(draft), into=into, by=by)
        BRING.get(state, lambda draft, owner: None)(Contract.objects.get(pk=draft.pk), owner)
    return Contract.objects.get(pk=draft.pk)


def parties(owner: Any, customer: str = "QzxmarkcKunde AS") -> list[contracts.PartyDraft]:
    """Our own side, and a customer with two signatories."""
    ours = contracts.PersonDraft(owner.get_full_name(), owner.email, user=owner)
    theirs = [
        contracts.PersonDraft(
            "QzxmarkcKari Kunde", "qzxmarkckari@qzxmarkckunde.example", capacity="QzxmarkcChief"
        ),
        contracts.PersonDraft(
            "QzxmarkcPer Kunde", "qzxmarkcper@qzxmarkckunde.example", role="reader"
        ),
    ]
    return [
        contracts.PartyDraft("supplier", "QzxmarkLegal AS", "999999999", [ours]),
        contracts.PartyDraft("customer", customer, "", theirs),
    ]


def offered(space: Workspace, owner: Any, title: str) -> dict[str, Any]:
    """A template that anybody begins a contract from, and the digest of what they are shown."""
    file = uploads.kept("exhibit", uploads.saying(title), "terms.pdf", builders.actor(owner))
    body = [*services.BODY, uploads.exhibit(file, title)]
    page = builders.template(space, title, body=body, roles=services.ROLES, fields=services.FIELDS)
    made = services.offer(page, owner, slug=title.lower())
    return {"open": made, "shown": file["digest"]}


def _answered(contract: Contract) -> list[Participant]:
    people = list(Participant.objects.filter(party__contract=contract).exclude(role="reader"))
    people.sort(key=lambda person: person.party.role)
    digest = contract.current_version.digest  # type: ignore[union-attr]
    contracts.answer(people[0], digest, ANSWERS, by=builders.guest(people[0]))
    return people


def _signed(contract: Contract, owner: Any) -> None:
    for person in _answered(contract):
        signatures.sign(person)
    mails.sent()


def _declined(contract: Contract, owner: Any) -> None:
    signatures.decline(_answered(contract)[0], kind="terms", reason="QzxmarkcReason.")


def _expired(contract: Contract, owner: Any) -> None:
    with unguarded():
        contract.deadline = timezone.now().date() - timedelta(days=3)
        contract.save()
    contracts.expire(contract, by=SYSTEM)


def _withdrawn(contract: Contract, owner: Any) -> None:
    contracts.withdraw(contract, "QzxmarkcWithdrawn", by=builders.actor(owner))


BRING: dict[str, Callable[[Contract, Any], None]] = {
    "signing": lambda contract, owner: _answered(contract) and None,
    "signed": _signed,
    "declined": _declined,
    "expired": _expired,
    "withdrawn": _withdrawn,
}
