"""One fixture for each stage of the journey, made by the flows themselves."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from wagtail.models import Locale, Page

from tests import again, builders
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.core import states
from wagtail_contracts.contracts.models import Contract, Participant, Workspace


@pytest.fixture
def sales(db: None) -> Workspace:
    """A workspace."""
    return again.made(builders.workspace, "sales")


@pytest.fixture
def sender(sales: Workspace) -> Any:
    """Somebody who may view, create, edit and send there."""
    return again.upon(lambda: builders.staff("ola", sales), "sender")


@pytest.fixture
def template(sales: Workspace) -> Any:
    """A live template there."""
    pages = Page.objects.order_by("path").values_list("pk", "path", "numchild")
    ground = (sales.pk, *Locale.objects.values_list("pk"), *pages)
    return again.made(lambda: builders.template(sales), "template", *ground)


@pytest.fixture
def draft(template: Any, sender: Any) -> Contract:
    """A draft that could be sent."""
    return again.upon(lambda: builders.contract(template, sender), "draft")


def stage(contract: Contract, sender: Any) -> SimpleNamespace:
    """The contract as it is now, and who takes part."""
    people = Participant.objects.filter(party__contract=contract).select_related("party")
    return SimpleNamespace(
        contract=Contract.objects.get(pk=contract.pk),
        version=Contract.objects.get(pk=contract.pk).current_version,
        sender=sender,
        owner=builders.actor(sender),
        ola=people.get(party__role="supplier"),
        kari=people.get(party__role="customer"),
    )


def everybody(contract: Contract, sender: Any) -> SimpleNamespace:
    """The contract as it is now, and all who take part by their first names."""
    people = Participant.objects.filter(party__contract=contract).select_related("party")
    found = Contract.objects.get(pk=contract.pk)
    return SimpleNamespace(
        contract=found,
        version=found.current_version,
        sender=sender,
        owner=builders.actor(sender),
        **{person.name.split()[0].lower(): person for person in people},
    )


@pytest.fixture
def sent(draft: Contract, sender: Any) -> SimpleNamespace:
    """Sent for signature: version 1."""
    return stage(_sent(draft, sender, states.SIGNING), sender)


@pytest.fixture
def in_review(draft: Contract, sender: Any) -> SimpleNamespace:
    """Sent for review: version 1."""
    return stage(_sent(draft, sender, states.NEGOTIATING), sender)


def _sent(draft: Contract, sender: Any, into: str) -> Contract:
    def send() -> Contract:
        contracts.send(draft, builders.shown(draft), into=into, by=builders.actor(sender))
        return draft

    return again.upon(send, into)


@pytest.fixture
def answered(sent: SimpleNamespace) -> SimpleNamespace:
    """The counterparty has filled in its fields: version 2."""

    def answer() -> Contract:
        by = builders.guest(sent.kari)
        contracts.answer(sent.kari, sent.version.digest, builders.ANSWERS, by=by)
        return sent.contract

    return stage(again.upon(answer, "answered"), sent.sender)
