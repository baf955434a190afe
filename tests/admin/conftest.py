"""What the tests of the admin share."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from tests import builders
from tests.admin import many
from wagtail_contracts.contracts.models import Contract


def kept(contract: Contract) -> dict[str, Any]:
    """Everything that a refused post must leave as it was."""
    fresh = Contract.objects.get(pk=contract.pk)
    columns = {
        field.attname: getattr(fresh, field.attname) for field in fresh._meta.concrete_fields
    }
    columns["body"] = fresh.body.get_prep_value()
    people = [
        (party.pk, party.name, party.role, list(party.people.order_by("pk").values()))
        for party in fresh.parties.order_by("pk")
    ]
    revisions = list(fresh.revisions.order_by("pk").values_list("pk", "content"))
    return {"columns": columns, "people": people, "revisions": revisions}


@pytest.fixture
def admin(client: Client, sender: Any) -> Client:
    """The browser of somebody who may do everything in the workspace."""
    client.force_login(sender)
    return client


@pytest.fixture
def out(sent: SimpleNamespace) -> Contract:
    """A contract that is out for signing."""
    return sent.contract


@pytest.fixture
def keeper(sales: Any) -> Any:
    """Somebody who may do everything with all contracts of the workspace."""
    return builders.staff("eva", sales, (*builders.SENDER, "export", "administer"))


@pytest.fixture
def two(template: Any, sender: Any) -> list[Contract]:
    """Two contracts that are out."""
    return [many.out(template, sender, title) for title in ("Hosting", "Cleaning")]
