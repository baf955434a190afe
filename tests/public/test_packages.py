"""A package: several contracts to one person, with one mail, one link and one identification."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from example_site import contents as made
from tests import builders, mails
from tests.public import visits
from wagtail_contracts import events
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import Contract, Participant, Workspace
from wagtail_contracts.signing.models import Identification, Signature

BODY = [made.clause("Duties", "They are kept."), made.signatures("Signatures")]
TITLES = ("Employment", "Confidentiality", "House rules")


def draft(page: Any, sender: Any, title: str) -> Contract:
    return builders.contract(page, sender, title=title, values={})


def offer(contract: Contract) -> contracts.Offer:
    return contracts.Offer(contract, builders.shown(contract), builders.recipients(contract))


def person(contract: Contract) -> Participant:
    people = Participant.objects.select_related("party__contract")
    return people.get(party__contract=contract, party__role="customer")


@pytest.fixture
def short(sales: Workspace) -> Any:
    """A text in which nothing is filled in."""
    return builders.template(sales, "Short", body=BODY, fields=[])


@pytest.fixture
def drafts(short: Any, sender: Any) -> list[Contract]:
    """Three for one person."""
    return [draft(short, sender, title) for title in TITLES]


@pytest.fixture
def package(drafts: list[Contract], sender: Any) -> SimpleNamespace:
    """Sent together, with the link of the one mail."""
    mails.forget()
    by = builders.actor(sender)
    sent = contracts.send_together([offer(one) for one in drafts], into="signing", by=by)
    letters = [mail for mail in mails.sent() if mail.to == ["kari@customer.example"]]
    return SimpleNamespace(
        sent=sent, people=[person(one) for one in drafts], letters=letters, sender=sender
    )


def enter(package: SimpleNamespace) -> Client:
    """A browser that followed the link of the mail."""
    (link,) = [link for link in mails.links(package.letters[0]) if "/c/" in link]
    client = Client()
    answer = client.post("/" + link.split("/", 3)[3])
    assert answer.url == visits.page("package", package.people[0])
    return client


def step(client: Client, here: Participant, there: Participant) -> Any:
    args = [here.public_id, there.public_id]
    return client.post(reverse("wagtail_contracts:package_step", args=args))


def sign_at_once(client: Client, there: Participant) -> Any:
    form = {**visits.shown(there), "name": there.name, "do": "sign"}
    return client.post(visits.page("sign", there), form)


def test_one_mail_one_link_one_code_and_a_signature_on_each(package):
    (letter,) = package.letters
    assert "3 contracts" in letter.subject
    assert all(title in letter.body for title in TITLES)
    first, second, third = package.people
    client = enter(package)
    assert "0 of 3 signed" in client.get(visits.page("package", first)).content.decode()
    step(client, first, first)
    visits.sign(client, first)
    page = client.get(visits.page("done", first)).content.decode()
    assert "1 of 3 signed" in page
    assert "Next: Confidentiality" in page
    for here, there in ((first, second), (second, third)):
        assert step(client, here, there).url == visits.page("contract", there)
        assert sign_at_once(client, there).url == visits.page("done", there)
    assert "3 of 3 signed" in client.get(visits.page("package", first)).content.decode()
    assert Signature.objects.count() == 3
    proofs = list(Identification.objects.order_by("pk"))
    assert [proof.version.contract.title for proof in proofs] == list(TITLES)
    assert len({proof.at for proof in proofs}) == 1
    told = Event.objects.of(proofs[2].version.contract.trail)
    told = told.named(events.IDENTIFICATION_COMPLETED)
    assert told.get().data["derived_from"] == proofs[0].pk
